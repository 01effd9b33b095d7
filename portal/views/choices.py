"""Language, theme and site: the person's choice, remembered."""

from urllib.parse import urlencode

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from administrators import own
from portal.context_processors import THEMES
from portal.frame import CHOSEN
from sites.models import Site
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
        site = get_object_or_404(held, pk=number(chosen))
        if request.POST.get("from") == "site" and request.session.get(CHOSEN) != site.pk:
            messages.info(request, narrowed_to(site))
        request.session[CHOSEN] = site.pk
    else:
        request.session.pop(CHOSEN, None)
    return back(request)


def narrowed_to(site: Site) -> str:
    """What a shortcut of the page of a site says, for it chooses that site: the header alone did.

    With the way back to that page, and to all the sites.
    """
    page, words = reverse("site", args=[site.pk]), _("The portal now shows the site {site} only.")
    said = format_html(words, site=format_html('<a href="{}">{}</a>', page, site))
    choose = f"{reverse('site_choose')}?{urlencode({'next': page}, safe='/')}"
    return format_html(
        '{} <a href="{}">{}</a>', said, choose, _("Choose another site or all sites")
    )


def _remember(response: HttpResponse, name: str, value: str) -> None:
    response.set_cookie(
        name, value, max_age=YEAR, secure=settings.HTTPS, httponly=True, samesite="Lax"
    )
