"""The portal's settings, for a test that cannot wait until a mail server is given up."""

from portal.settings import *  # noqa: F403

EMAIL_TIMEOUT = 2
