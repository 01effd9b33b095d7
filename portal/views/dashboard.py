"""The dashboard: quick starts, orders and inventory, call activity."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from permissions.features import FeatureCode as F
from permissions.scopes import Scope
from portal import calls
from portal.filters.orders import CURRENT
from portal.frame import frame_for
from portal.pages import BY_NAME
from portal.tallies import figures
from sites.models import CallRecord, Order

BY = F.DASHBOARD
DAYS = 30
ORDERS_SHOWN = 5


@dataclass(frozen=True)
class QuickStart:
    """A working flow, for those who hold the feature in which it ends."""

    url: str
    label: Promise
    purpose: Promise
    icon: str
    feature: F


QUICK_STARTS = (
    QuickStart(
        "quick_user", _("Set up a user"),
        _("A person with a number, a device and services."), "user-plus", F.USER_ASSIGNMENTS,
    ),
    QuickStart(
        "quick_calls", _("Handling of incoming calls"),
        _("What happens when the main number is called."), "phone-incoming", F.SERVICES,
    ),
    QuickStart(
        "quick_phone", _("Add a phone"),
        _("A number, a device and a name, for a lobby or a meeting room."), "phone",
        F.USER_ASSIGNMENTS,
    ),
    QuickStart(
        "quick_hours", _("Set the opening hours"),
        _("Working hours and holidays."), "clock", F.PROFILE,
    ),
)  # fmt: skip


def dashboard(request: HttpRequest) -> HttpResponse:
    """Everything inside the sites in scope; quick starts only where they lead somewhere."""
    scope: Scope = request.scope
    found = calls.since(scope.of(CallRecord, BY), DAYS)
    orders = scope.of(Order, BY).filter(status__in=Order.CURRENT).select_related("site")
    tally = frame_for(request).tally
    context = {
        "page": BY_NAME["dashboard"],
        "quick_starts": [one for one in QUICK_STARTS if one.feature in scope.features],
        "orders": orders[:ORDERS_SHOWN],
        "may_open_orders": F.ORDERS in scope.features,
        "current": CURRENT,
        "current_count": tally["orders_current"],
        "order_count": tally["orders"],
        "stock": stock(tally),
        "chart": calls.by_day(found, DAYS),
    }
    return render(request, "portal/dashboard.html", context)


def stock(tally: dict[str, int]) -> list[dict[str, Any]]:
    """How many are free, how many in use: numbers and stations, and services in their own words."""
    return [
        {
            "label": _("Inventory of numbers and stations"),
            "free_label": _("Available"),
            "used_label": _("In use"),
            "kinds": [
                {"label": _("Numbers")} | figures("numbers", tally),
                {"label": _("Stations")} | figures("stations", tally),
            ],
        },
        {
            "label": _("Inventory of services"),
            "free_label": _("Unallocated"),
            "used_label": _("Allocated"),
            "kinds": [{"label": _("Services")} | figures("services", tally)],
        },
    ]
