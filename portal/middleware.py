"""What every request and every answer passes through, whatever the page."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.cache import add_never_cache_headers

from portal.frame import scope_for
from portal.views.errors import bad_request

Handler = Callable[[HttpRequest], HttpResponse]


class ReadableRequestMiddleware:
    """Refuses a body in another encoding, forgets a session key that cannot be one."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        charset = (request.content_params or {}).get("charset", "utf-8")
        if charset.lower().replace("-", "") != "utf8":
            return bad_request(request)
        if not request.COOKIES.get(settings.SESSION_COOKIE_NAME, "x").isalnum():
            del request.COOKIES[settings.SESSION_COOKIE_NAME]
        return self.get_response(request)


class ScopeMiddleware:
    """Sets `request.scope`, narrowed to the site that was chosen as long as it is held."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> None:
        if request.user.is_authenticated and not request.user.must_change_password:
            request.scope = scope_for(request)


class NoStoreMiddleware:
    """Every page is `no-store`, so that the back button shows nothing after signing out."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        add_never_cache_headers(response)
        return response
