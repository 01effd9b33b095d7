"""What is said to somebody who has to choose a site first, and how they give up."""

from typing import Any

from django.http import HttpRequest
from django.urls import Resolver404, resolve, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from permissions.features import FeatureCode
from portal.frame import holds_many_sites
from portal.pages import BY_NAME
from portal.views.dashboard import QUICK_STARTS

# What is done at one site: always, or where the sites held are too many for a list.
QUICK = {one.url: one.label for one in QUICK_STARTS}
AMONG_MANY: dict[str, tuple[Promise, str]] = {
    "note_add": (_("Add a note"), "notes"),
    "device_add": (_("Add a device"), "devices"),
    "subscriber_add": (_("Add a user"), "users"),
    "service_add": (_("Add a service"), "services"),
}


def purpose(request: HttpRequest, target: str) -> dict[str, Any]:
    """For what one site must be chosen, if `target` sends whoever chose none back here."""
    name = _named(target)
    if name in QUICK:
        dashboard = FeatureCode.DASHBOARD in request.features
        return {"purpose": QUICK[name]} | (_up("dashboard") if dashboard else {})
    if name in AMONG_MANY and holds_many_sites(request):
        label, page = AMONG_MANY[name]
        return {"purpose": label} | _up(page)
    return {}


def _up(page: str) -> dict[str, Any]:
    return {"up_label": BY_NAME[page].label, "up_url": reverse(page)}


def _named(target: str) -> str:
    try:
        return resolve(target.partition("?")[0]).url_name or ""
    except Resolver404:
        return ""
