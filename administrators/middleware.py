"""How long a session lasts, and in which language it speaks."""

import time
from collections.abc import Callable

from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.utils import translation

Handler = Callable[[HttpRequest], HttpResponse]
STARTED, SEEN = "started_at", "seen_at"
RESOLUTION = 60  # seconds between two writes of "seen"


def session_limits(request: HttpRequest) -> dict[str, int]:
    """In how many seconds the session ends: without a request, and in any case."""
    lasted = int(time.time()) - request.session.get(STARTED, int(time.time()))
    idle, whole = settings.PORTAL_SESSION_IDLE, settings.PORTAL_SESSION_LIFETIME
    return {"idle": int(idle.total_seconds()), "left": int(whole.total_seconds()) - lasted}


class SessionLimitsMiddleware:
    """Ends a session that was idle, or has lasted, too long."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.user.is_authenticated:
            self._limit(request, int(time.time()))
        return self.get_response(request)

    def _limit(self, request: HttpRequest, now: int) -> None:
        session = request.session
        started = session.setdefault(STARTED, now)
        seen = session.setdefault(SEEN, now)
        idle = now - seen > settings.PORTAL_SESSION_IDLE.total_seconds()
        if idle or now - started > settings.PORTAL_SESSION_LIFETIME.total_seconds():
            logout(request)
        elif now - seen > RESOLUTION:
            session[SEEN] = now


class LanguageMiddleware:
    """French until the person chooses otherwise; the browser is not asked."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        with translation.override(chosen_language(request)):
            request.LANGUAGE_CODE = translation.get_language()
            response = self.get_response(request)
        response.headers.setdefault("Content-Language", request.LANGUAGE_CODE)
        return response


def chosen_language(request: HttpRequest) -> str:
    """The account's language, else the cookie's, else French."""
    if request.user.is_authenticated:
        return request.user.language
    cookie = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
    return cookie if cookie in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE
