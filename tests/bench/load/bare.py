"""The bare view of tests/bench/bare.py, as gunicorn serves it."""

import django

django.setup()

from tests.bench.asking import bare_handler

application = bare_handler()
