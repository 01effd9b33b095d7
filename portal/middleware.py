"""What every request and every answer passes through, whatever the page."""

from collections.abc import Callable
from contextlib import ExitStack
from functools import partial
from pathlib import Path
from time import perf_counter
from typing import Any

from django.conf import settings
from django.core.exceptions import MiddlewareNotUsed
from django.db import connections
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.cache import add_never_cache_headers

from portal import metrics
from portal.frame import holds_many_sites, scope_for
from portal.views.errors import bad_request
from portal.views.probes import PROBES

Handler = Callable[[HttpRequest], HttpResponse]


class ProbeMiddleware:
    """Answers machines before the host, HTTPS or a session is looked at; not whom it refuses."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if probe := PROBES.get(request.path_info):
            try:
                return probe(request)
            except Http404:
                pass
        return self.get_response(request)


class MetricsMiddleware:
    """Counts and times each request, where somebody may ask for it."""

    def __init__(self, get_response: Handler) -> None:
        if not settings.METRICS_TOKEN:
            raise MiddlewareNotUsed
        if settings.METRICS_FOLDER:
            Path(settings.METRICS_FOLDER).mkdir(parents=True, exist_ok=True)
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        meter, start = metrics.Meter(), perf_counter()
        with ExitStack() as stack:
            for connection in connections.all():
                stack.enter_context(connection.execute_wrapper(meter))
            response = self.get_response(request)
        metrics.count(request, response.status_code, perf_counter() - start, meter)
        return response


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
            request.holds_many_sites = partial(holds_many_sites, request)


class NoStoreMiddleware:
    """Every page is `no-store`, so that the back button shows nothing after signing out."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        add_never_cache_headers(response)
        return response
