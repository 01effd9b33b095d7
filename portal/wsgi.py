"""What gunicorn serves."""

import os

from django.core.wsgi import get_wsgi_application

from portal.interpreter import settle, with_room

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")
application = with_room(get_wsgi_application())
settle()
