"""Language, theme and site: the person's choice, remembered."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_POST

from administrators import own
from portal.context_processors import THEMES
from portal.frame import CHOSEN
from sites.redirects import back
from sites.text import number

YEAR = 365 * 24 * 60 * 60


@require_POST
def set_language(request: HttpRequest) -> HttpResponse:
    """Remembered on the account, and in a cookie for the sign-in page."""
    code = request.POST.get("language", "")
    response = back(request)
    if code in dict(settings.LANGUAGES):
        if request.user.is_authenticated:
            own.choose_language(request.user, code)
        _remember(response, settings.LANGUAGE_COOKIE_NAME, code)
    return response


@require_POST
def theme(request: HttpRequest) -> HttpResponse:
    """Light, dark, or what the system says."""
    chosen = request.POST.get("theme", "")
    response = back(request)
    _remember(response, settings.THEME_COOKIE_NAME, chosen if chosen in THEMES else "")
    return response


@require_POST
def choose_site(request: HttpRequest) -> HttpResponse:
    """One of the sites held, for the rest of the visit; all of them without one."""
    chosen = request.POST.get("site", "")
    if chosen:
        held = request.scope.everywhere().sites()
        request.session[CHOSEN] = get_object_or_404(held, pk=number(chosen)).pk
    else:
        request.session.pop(CHOSEN, None)
    return back(request)


def _remember(response: HttpResponse, name: str, value: str) -> None:
    response.set_cookie(
        name, value, max_age=YEAR, secure=settings.HTTPS, httponly=True, samesite="Lax"
    )
