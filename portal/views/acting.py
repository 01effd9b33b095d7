"""Pages by which one act is done, and what they say of it."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from administrators.templatetags.administrators import keeping_list, list_again
from permissions.errors import Refused
from portal.frame import holds_many_sites
from portal.views.reaching import reached


def carry_out(request: HttpRequest, work: Callable[[], Any], done: str) -> bool:
    """Whether the act was done; the next page says so, or why it was refused."""
    try:
        with reached():
            work()
    except Refused as refused:
        messages.error(request, refused.message)
        return False
    messages.success(request, done)
    return True


def say_saved(request: HttpRequest, changed: Any) -> None:
    """On the next page, that a form was saved, or that nothing in it was new."""
    said = _("Your changes were saved.") if changed else _("Nothing was changed.")
    messages.success(request, said)


def taken_from(request: HttpRequest) -> dict[str, Any]:
    """Who takes something back, and from whom, as the page that they had open said."""
    return {"by": request.user, "holder": request.POST.get("holder", "")}


def site_first(request: HttpRequest) -> HttpResponse | None:
    """Whoever holds more sites than a form can list is sent to choose one, and comes back."""
    if request.scope.site is not None or not holds_many_sites(request):
        return None
    messages.info(request, _("You hold many sites: choose one first."))
    return to_site_choice(request)


def to_site_choice(request: HttpRequest) -> HttpResponse:
    """To the choice of a site, which leads back here."""
    return redirect(reverse("site_choose", query={"next": request.get_full_path()}))


def way(request: HttpRequest, name: str, *args: Any) -> str:
    """The address of a list as one left it, or of a row's page, which still knows the list."""
    follow = keeping_list if args else list_again
    return follow(reverse(name, args=args), request)


def upwards(request: HttpRequest, label: Any, name: str, *args: Any) -> dict[str, Any]:
    """Where a page leads back to, for its crumb and for its «Cancel»."""
    return {"up_label": label, "up_url": way(request, name, *args)}
