"""The bare view of tests/bench/bare.py, as gunicorn serves it."""

import django

django.setup()

from portal.interpreter import settle, with_room
from tests.bench.asking import bare_handler

application = with_room(bare_handler())
settle()
