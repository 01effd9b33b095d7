"""pytest as `run.py test` starts it: on a frame with room, like the portal in production."""

import sys

import pytest

from portal.interpreter import with_room

if __name__ == "__main__":
    sys.exit(with_room(pytest.console_main)())
