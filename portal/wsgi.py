"""What gunicorn serves."""

import os

from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver

from portal.interpreter import settle, with_room

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")
application = with_room(get_wsgi_application())
get_resolver().check()  # loads all views, which else the first request would do
settle()
