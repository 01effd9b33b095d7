"""What gunicorn serves."""

import os
from typing import Any

import django
from django.core.handlers.wsgi import WSGIHandler, WSGIRequest
from django.urls import get_resolver

from portal.interpreter import settle, with_room


class Request(WSGIRequest):
    """Of a body whose kind nobody can read, the kind is unknown.

    Django reads it before anything that answers for an error.
    """

    def _set_content_type_params(self, meta: dict[str, Any]) -> None:
        try:
            super()._set_content_type_params(meta)
        except ValueError:
            self.content_type, self.content_params = "", {}


class Handler(WSGIHandler):
    request_class = Request


os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")
django.setup(set_prefix=False)
application = with_room(Handler())
get_resolver().check()  # loads all views, which else the first request would do
settle()
