"""What single pages count above their content; read with the frame, in the same query."""

from collections.abc import Callable, Mapping

from django.db.models import Q, QuerySet

from permissions.features import FeatureCode as F
from permissions.scopes import Scope
from sites.models import PhoneNumber, Service, Station

Counted = dict[str, QuerySet]
FREE_NUMBER = Q(subscriber=None, device=None, service=None, trunk=None)
TAKEN_STATION = Q(subscriber__isnull=False) | Q(device__isnull=False)
UNUSED_SERVICE = Q(members=None, numbers=None)


def stations(scope: Scope) -> Counted:
    """The inventory of stations, for the list of numbers."""
    rows = scope.of(Station, F.USER_ASSIGNMENTS)
    return {"stations": rows, "stations_used": rows.filter(TAKEN_STATION)}


def stock(scope: Scope) -> Counted:
    """What is free and what is in use, for the dashboard."""
    by = F.DASHBOARD
    numbers, places, services = (scope.of(model, by) for model in (PhoneNumber, Station, Service))
    return {
        "numbers_free": numbers.filter(FREE_NUMBER),
        "numbers_all": numbers,
        "stations_free": places.exclude(TAKEN_STATION),
        "stations_all": places,
        "services_free": services.filter(UNUSED_SERVICE),
        "services_all": services,
    }


TALLIES: Mapping[str, Callable[[Scope], Counted]] = {"numbers": stations, "dashboard": stock}


def of_page(name: str, scope: Scope) -> Counted:
    """What the page of that URL name counts."""
    return TALLIES[name](scope) if name in TALLIES else {}
