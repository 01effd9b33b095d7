"""What the page of a site shows of what stands there: each block with a feature that opens it."""

from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from administrators.models import Administrator
from permissions.features import FeatureCode
from permissions.scopes import OPENED_BY, Scope
from portal.acts.hours import hours_of, said
from portal.frame import CappedCount
from portal.pages import BY_NAME, FeaturePage
from sites.models import (
    Device,
    Holiday,
    Note,
    OpeningHours,
    Order,
    PhoneNumber,
    Placed,
    Recording,
    Service,
    SipTrunk,
    Site,
    Subscriber,
)

SHOWN = 10
HOLIDAYS_SHOWN = 5
# The features whose pages name people; the others open figures alone.
NAMING = {FeatureCode.USER_ASSIGNMENTS, FeatureCode.SERVICES, FeatureCode.CALL_RECORDING}
# The page of the menu that lists them, and what it lists.
INVENTORY: dict[str, type[Placed]] = {
    "numbers": PhoneNumber,
    "devices": Device,
    "users": Subscriber,
    "services": Service,
    "sip_trunks": SipTrunk,
    "recordings": Recording,
    "notes": Note,
    "orders": Order,
}


def blocks_of(site: Site, scope: Scope, holders: QuerySet | None) -> dict[str, Any]:
    """All blocks of the page of `site`, in at most four queries; `holders` are counted too."""
    everywhere = scope.everywhere()
    counts = _counts(site, everywhere, holders)
    people = rows_at(site, Subscriber, everywhere) if NAMING & scope.features else None
    return {
        "holder_count": counts.pop("holders", 0),
        "inventory": [_line(name, count, scope.features) for name, count in counts.items()],
        "people": people and people[:SHOWN],
        "people_count": counts.get("users", 0),
        "week": _week(site, everywhere),
        "holidays": _coming(rows_at(site, Holiday, everywhere)),
        "edits_hours": FeatureCode.PROFILE in scope.features,
    }


def _coming(holidays: QuerySet | None) -> QuerySet | None:
    """The next ones; what is past interests nobody here."""
    if holidays is None:
        return None
    return holidays.filter(day__gte=timezone.localdate())[:HOLIDAYS_SHOWN]


def rows_at(site: Site, model: type[Placed], scope: Scope) -> QuerySet | None:
    """The rows at a site, read by one of the features held; None if none of these opens them."""
    held = sorted(OPENED_BY[model] & scope.features)
    return scope.of(model, held[0]).filter(site=site) if held else None


def _counts(site: Site, scope: Scope, holders: QuerySet | None) -> dict[str, int]:
    """How many rows of each kind, in one query, capped as the badges are."""
    rows = {name: rows_at(site, model, scope) for name, model in INVENTORY.items()}
    rows["holders"] = holders
    asked = {name: CappedCount(found) for name, found in rows.items() if found is not None}
    me = Administrator.objects.filter(pk=scope.actor.pk)
    return me.annotate(**asked).values(*asked).get() if asked else {}


def _line(name: str, count: int, features: frozenset[FeatureCode]) -> dict[str, Any]:
    """A count, with a link for those who may open the list."""
    page: FeaturePage = BY_NAME[name]
    opens = bool(set(page.features) & features)
    return {"label": page.label, "count": count, "page": name if opens else ""}


def _week(site: Site, scope: Scope) -> list[str] | None:
    """The seven days in words."""
    rows = rows_at(site, OpeningHours, scope)
    if rows is None:
        return None
    hours = hours_of(rows)
    return [said(day, hours.get(day, [])) for day in OpeningHours.Weekday]
