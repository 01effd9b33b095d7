"""What every page shows around its content."""

from datetime import datetime
from functools import partial
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from administrators.middleware import session_limits
from administrators.sign_ins import NOTICE
from portal.navigation import Menu, menu_for

THEMES = ("light", "dark")


def frame(request: HttpRequest) -> dict[str, Any]:
    """Menus, theme, languages, the message about the last sign-in, and when the session ends."""
    theme = request.COOKIES.get(settings.THEME_COOKIE_NAME, "")
    return {
        "menu": SimpleLazyObject(partial(_menu, request)),
        "theme": theme if theme in THEMES else "",
        "languages": settings.LANGUAGES,
        "sign_in_notice": _notice(request),
        "session_limits": _limits(request),
    }


def _menu(request: HttpRequest) -> Menu | None:
    """Made once a page, and not at all for what is shown inside one."""
    return menu_for(request) if hasattr(request, "user") else None


def _limits(request: HttpRequest) -> dict[str, int] | None:
    """When the session ends, for a page of its own of somebody who is signed in."""
    person = getattr(request, "user", None)
    return session_limits(request) if person is not None and person.is_authenticated else None


def _notice(request: HttpRequest) -> dict[str, Any] | None:
    """The message about the last sign-in, until it is closed."""
    session = getattr(request, "session", {})
    notice = session.get(NOTICE)
    if not notice:
        return None
    times = {name: _time(notice[name]) for name in ("last", "last_failure")}
    return {"failures": notice["failures"], **times}


def _time(text: str) -> datetime | None:
    return datetime.fromisoformat(text) if text else None
