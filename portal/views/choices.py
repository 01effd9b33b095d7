"""Language and theme: the person's choice, remembered."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from administrators import services
from portal.context_processors import THEMES

YEAR = 365 * 24 * 60 * 60


@require_POST
def set_language(request: HttpRequest) -> HttpResponse:
    """Remembered on the account, and in a cookie for the sign-in page."""
    code = request.POST.get("language", "")
    response = _back(request)
    if code in dict(settings.LANGUAGES):
        if request.user.is_authenticated:
            services.choose_language(request.user, code)
        _remember(response, settings.LANGUAGE_COOKIE_NAME, code)
    return response


@require_POST
def theme(request: HttpRequest) -> HttpResponse:
    """Light, dark, or what the system says."""
    chosen = request.POST.get("theme", "")
    response = _back(request)
    _remember(response, settings.THEME_COOKIE_NAME, chosen if chosen in THEMES else "")
    return response


def _remember(response: HttpResponse, name: str, value: str) -> None:
    response.set_cookie(
        name, value, max_age=YEAR, secure=settings.HTTPS, httponly=True, samesite="Lax"
    )


def _back(request: HttpRequest) -> HttpResponse:
    """To the page that was left, if it is one of ours."""
    target = request.POST.get("next", "")
    secure = request.is_secure()
    ours = url_has_allowed_host_and_scheme(target, {request.get_host()}, require_https=secure)
    return redirect(target if ours else "home")
