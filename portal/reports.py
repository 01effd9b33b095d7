"""The reports: one row for each site in scope, or for each administrator below the reader."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from administrators.models import Administrator
from permissions.features import FeatureCode
from permissions.scopes import Scope
from portal import calls
from portal.tallies import FREE_NUMBER, TAKEN_STATION
from sites.models import CallRecord, Device, PhoneNumber, Service, Station, Subscriber

BY = FeatureCode.REPORTS
CALL_DAYS = 30
SHOWN = 100
FIRST = "inventory"


@dataclass(frozen=True)
class Report:
    """A name for its address, what it is called, the head of its columns, and its rows."""

    name: str
    label: Promise
    head: tuple[Promise, ...]
    rows: Callable[[Scope], list[list[Any]]]


def inventory(scope: Scope) -> list[list[Any]]:
    """How much of everything stands at each site."""
    models = (PhoneNumber, Device, Subscriber, Station, Service)
    return _by_site(scope, [_counted(scope.of(model, BY)) for model in models])


def assignments(scope: Scope) -> list[list[Any]]:
    """Numbers and stations of each site, free and in use."""
    numbers, stations = scope.of(PhoneNumber, BY), scope.of(Station, BY)
    return _by_site(
        scope,
        [
            _counted(numbers.exclude(FREE_NUMBER)),
            _counted(numbers.filter(FREE_NUMBER)),
            _counted(stations.filter(TAKEN_STATION)),
            _counted(stations.exclude(TAKEN_STATION)),
        ],
    )


def volumes(scope: Scope) -> list[list[Any]]:
    """The calls of each site in the last 30 days."""
    found = calls.since(scope.of(CallRecord, BY), CALL_DAYS)
    answered, missed = found.filter(answered=True), found.filter(answered=False)
    return _by_site(scope, [_counted(answered), _counted(missed)])


def administrators(scope: Scope) -> list[list[Any]]:
    """Those below the reader with their rights; nobody's for who manages nobody."""
    if FeatureCode.MANAGE_ADMINISTRATORS not in scope.features:
        return []
    people = Administrator.objects.below(scope.actor).with_grant_counts()
    if scope.site is not None:
        people = people.holding_site(scope.site)
    return [
        [str(one), one.username, str(one.state.label), one.site_count, one.feature_count]
        for one in people.order_by("search_key", "pk")
    ]


def _counted(rows: QuerySet) -> dict[int, int]:
    found = rows.order_by().values("site").annotate(counted=Count("pk"))
    return {row["site"]: row["counted"] for row in found}


def _by_site(scope: Scope, columns: list[dict[int, int]]) -> list[list[Any]]:
    sites = scope.sites().order_by("search_key", "pk").values_list("pk", "name")
    return [[name, *(column.get(pk, 0) for column in columns)] for pk, name in sites]


REPORTS = {
    report.name: report
    for report in (
        Report(
            FIRST, _("Inventory by site"),
            (_("Site"), _("Numbers"), _("Devices"), _("Users"), _("Stations"), _("Services")),
            inventory,
        ),
        Report(
            "assignments", _("Assignments"),
            (_("Site"), _("Numbers assigned"), _("Numbers available"), _("Stations in use"),
             _("Stations available")),
            assignments,
        ),
        Report(
            "calls", _("Calls of the last 30 days"), (_("Site"), _("Answered"), _("Missed")),
            volumes,
        ),
        Report(
            "administrators", _("Administrators and their rights"),
            (_("Name"), _("Username"), _("State"), _("Sites"), _("Features")),
            administrators,
        ),
    )
}  # fmt: skip
