"""The reports: one row for each site in scope, or for each administrator below the reader."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from django.db.models import OuterRef, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from administrators.models import Administrator
from permissions.features import FeatureCode
from permissions.models import SiteGrant
from permissions.rules import with_features
from permissions.scopes import Scope
from portal import calls
from portal.tallies import TAKEN_STATION
from sites.joined import Joined
from sites.models import FREE_NUMBER, CallRecord, Device, PhoneNumber, Service, Station, Subscriber
from sites.paging import RowCount

BY = FeatureCode.REPORTS
CALL_DAYS = 30
NAMED = 20  # sites of one person


@dataclass(frozen=True)
class Share:
    """Two figures, of which a row draws the first as a part of both; what that part is called.

    `rest_look` is how the other one is drawn: as a warning only where it is one.
    """

    part: str
    rest: str
    label: Promise
    rest_look: str = "rest"


@dataclass(frozen=True)
class Report:
    """A name for its address, what it is called, its rows, and the heads of their figures.

    `of` says what its rows are, `link` is the page of each.
    """

    name: str
    label: Promise
    rows: Callable[[Scope], QuerySet]
    figures: Mapping[str, Promise]
    share: Share | None = None
    of: Promise = _("Site")
    link: str = "site"
    words: Mapping[str, Promise] = field(default_factory=dict)
    lists_rights: bool = False
    needs: FeatureCode | None = None  # beside reports: without it there would be no row

    def opens_to(self, scope: Scope) -> bool:
        return self.needs is None or self.needs in scope.features


def inventory(scope: Scope) -> QuerySet:
    """How much of everything stands at each site."""
    models = (PhoneNumber, Device, Subscriber, Station, Service)
    return _by_site(scope, {f"{m._meta.model_name}_count": scope.of(m, BY) for m in models})


def assignments(scope: Scope) -> QuerySet:
    """Numbers and stations of each site, free and in use."""
    numbers, stations = scope.of(PhoneNumber, BY), scope.of(Station, BY)
    return _by_site(
        scope,
        {
            "numbers_assigned": numbers.exclude(FREE_NUMBER),
            "numbers_free": numbers.filter(FREE_NUMBER),
            "stations_used": stations.filter(TAKEN_STATION),
            "stations_free": stations.exclude(TAKEN_STATION),
        },
    )


def volumes(scope: Scope) -> QuerySet:
    """The calls of each site in the last 30 days."""
    found = calls.since(scope.of(CallRecord, BY), CALL_DAYS)
    columns = {"answered": found.filter(answered=True), "missed": found.filter(answered=False)}
    return _by_site(scope, columns)


def administrators(scope: Scope) -> QuerySet:
    """Those below the reader with their rights; nobody for who manages nobody."""
    if FeatureCode.MANAGE_ADMINISTRATORS not in scope.features:
        return Administrator.objects.none()
    people = with_features(Administrator.objects.listed_below(scope.actor).shown())
    people = people.annotate(first_sites=Joined(_held(), "content_object__name"))
    return people if scope.site is None else people.holding_site(scope.site)


def _held() -> QuerySet:
    """Some of the sites that the person beside them holds, one more than are named."""
    held = SiteGrant.objects.given_to_each().filter(content_object__is_open=True)
    return held.order_by("content_object_id")[: NAMED + 1]


def _by_site(scope: Scope, columns: Mapping[str, QuerySet]) -> QuerySet:
    return scope.sites().annotate(**{name: _at_site(rows) for name, rows in columns.items()})


def _at_site(rows: QuerySet) -> RowCount:
    """How many of these rows stand at the site beside which they are counted."""
    return RowCount(rows.filter(site=OuterRef("pk")))


REPORTS = {
    report.name: report
    for report in (
        Report(
            "inventory", _("Inventory by site"), inventory,
            {
                "phonenumber_count": _("Numbers"), "device_count": _("Devices"),
                "subscriber_count": _("Users"), "station_count": _("Stations"),
                "service_count": _("Services"),
            },
        ),
        Report(
            "assignments", _("Assignments"), assignments,
            {
                "numbers_assigned": _("Numbers assigned"), "numbers_free": _("Numbers available"),
                "stations_used": _("Stations in use"), "stations_free": _("Stations available"),
            },
            share=Share("numbers_assigned", "numbers_free", _("Share of numbers assigned")),
        ),
        Report(
            "calls", _("Calls of the last 30 days"), volumes,
            {"answered": _("Answered"), "missed": _("Missed")},
            share=Share("answered", "missed", _("Answer rate"), rest_look="missed"),
        ),
        Report(
            "administrators", _("Administrators and their rights"), administrators,
            {"site_count": _("Sites"), "feature_count": _("Features")},
            of=_("Name"), link="administrator_account",
            words={"username": _("Username"), "state__label": _("State")},
            lists_rights=True, needs=FeatureCode.MANAGE_ADMINISTRATORS,
        ),
    )
}  # fmt: skip
USUAL = REPORTS["inventory"]
