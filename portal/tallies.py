"""What single pages count above their content; read with the frame, in the same query."""

from collections.abc import Callable, Mapping
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from administrators.models import Administrator
from permissions.features import FeatureCode as F
from permissions.scopes import OPENED_BY, Scope
from sites.models import (
    FREE_NUMBER,
    Device,
    Note,
    Order,
    PhoneNumber,
    Placed,
    Recording,
    Service,
    ServiceMember,
    SipTrunk,
    Station,
    Subscriber,
)

Counted = dict[str, QuerySet]
TAKEN_STATION = Q(subscriber__isnull=False) | Q(device__isnull=False)
HOLDERS = "holders"
# The page of the menu that lists them, and what it lists.
INVENTORY: Mapping[str, type[Placed]] = {
    "numbers": PhoneNumber,
    "devices": Device,
    "users": Subscriber,
    "services": Service,
    "sip_trunks": SipTrunk,
    "recordings": Recording,
    "notes": Note,
    "orders": Order,
}
USED_SERVICE = Q(
    Exists(ServiceMember.objects.filter(service=OuterRef("pk")))
    | Exists(PhoneNumber.objects.filter(service=OuterRef("pk")))
)


def stations(scope: Scope) -> Counted:
    """The inventory of stations, for the list of numbers."""
    return _stock("stations", scope.of(Station, F.USER_ASSIGNMENTS), ~TAKEN_STATION)


def stock(scope: Scope) -> Counted:
    """What is free and what is in use, and the orders, for the dashboard."""
    orders = scope.of(Order, F.DASHBOARD)
    numbers, places, services = (
        scope.of(model, F.DASHBOARD) for model in (PhoneNumber, Station, Service)
    )
    return {
        **_stock("numbers", numbers, FREE_NUMBER),
        **_stock("stations", places, ~TAKEN_STATION),
        **_stock("services", services, ~USED_SERVICE),
        "orders": orders,
        "orders_current": orders.filter(status__in=Order.CURRENT),
    }


def _stock(kind: str, rows: QuerySet, free: Q) -> Counted:
    """Both are counted, for no difference is true of counts that stop somewhere."""
    return {f"{kind}_free": rows.filter(free), f"{kind}_used": rows.filter(~free)}


def figures(kind: str, tally: Mapping[str, int]) -> dict[str, int]:
    """What was counted of a kind: free, in use, and both."""
    free, used = tally[f"{kind}_free"], tally[f"{kind}_used"]
    return {"free": free, "used": used, "total": free + used}


def at_site(scope: Scope, pk: int) -> Counted:
    """What stands at one site, each kind with a feature that opens it, and who else holds it."""
    alone = scope.only(pk)
    rows = {name: rows_at(pk, model, alone) for name, model in INVENTORY.items()}
    counted = {name: found for name, found in rows.items() if found is not None}
    if F.MANAGE_ADMINISTRATORS in scope.features:
        counted[HOLDERS] = Administrator.objects.below(scope.actor).holding_site(pk)
    return counted


def rows_at(site: Any, model: type[Placed], scope: Scope) -> QuerySet | None:
    """The rows at a site, read by one of the features held; None if none of these opens them."""
    held = sorted(OPENED_BY[model] & scope.features)
    return scope.of(model, held[0]).filter(site=site) if held else None


TALLIES: Mapping[str, Callable[..., Counted]] = {
    "numbers": stations,
    "dashboard": stock,
    "site": at_site,
}


def of_page(name: str, scope: Scope, **address: Any) -> Counted:
    """What the page of that URL name counts; `address` is what else its address says."""
    return TALLIES[name](scope, **address) if name in TALLIES else {}
