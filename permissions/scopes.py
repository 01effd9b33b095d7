"""What of the inventory somebody may read: at sites held AND with a feature held (rule 1).

Every list, total, badge, choice of a form, chart and export of the portal reads through a `Scope`.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from typing import Any, Self, TypeVar

from django.contrib.auth import get_user_model
from django.db.models import QuerySet

from permissions import rules
from permissions.audit_items import ENTERPRISE, of_model
from permissions.errors import OutOfScope
from permissions.features import FeatureCode as F
from permissions.models import SiteGrant
from sites import models, prepared
from sites.arrays import ReadFirst
from sites.models import Placed, Site
from sites.querysets import PlacedQuerySet, SiteQuerySet

Row = TypeVar("Row", bound=Placed)
FIRST = 300  # sites held that are looked at before the others
HELD, FIRST_HELD, OTHERS_HELD = "held", "first_held", "others_held"
OFFERED = 50  # sites in one list of a form or a filter; whoever holds more chooses one first

# Which features open which rows. Assignments name numbers, devices, stations and services.
ASSIGNED = frozenset({F.USER_ASSIGNMENTS, F.SERVICES, F.DASHBOARD, F.REPORTS})
OPENED_BY: Mapping[type[Placed], frozenset[F]] = {
    models.PhoneNumber: ASSIGNED | {F.SIP_TRUNKING},
    models.Device: ASSIGNED,
    models.Subscriber: ASSIGNED | {F.CALL_RECORDING},
    models.Station: ASSIGNED,
    models.Service: ASSIGNED,
    models.ServiceMember: frozenset({F.USER_ASSIGNMENTS, F.SERVICES}),
    models.EquipmentRequest: frozenset({F.USER_ASSIGNMENTS}),
    models.CallHandling: frozenset({F.SERVICES, F.DASHBOARD}),
    models.OpeningHours: frozenset({F.PROFILE, F.SERVICES, F.DASHBOARD}),
    models.Holiday: frozenset({F.PROFILE, F.SERVICES, F.DASHBOARD}),
    models.CallRecord: frozenset({F.ANALYTICS, F.DASHBOARD, F.REPORTS}),
    models.Recording: frozenset({F.CALL_RECORDING}),
    models.SipTrunk: frozenset({F.SIP_TRUNKING}),
    models.Order: frozenset({F.ORDERS, F.DASHBOARD}),
    models.Note: frozenset({F.NOTES}),
}
# The features whose pages show such rows whole; others that open them show figures, or a name.
SHOWN_BY: Mapping[type[Placed], frozenset[F]] = {
    **OPENED_BY,
    models.PhoneNumber: frozenset({F.USER_ASSIGNMENTS}),
    models.Device: frozenset({F.USER_ASSIGNMENTS}),
    models.Subscriber: frozenset({F.USER_ASSIGNMENTS}),
    models.Station: frozenset({F.USER_ASSIGNMENTS}),
    models.Service: frozenset({F.SERVICES}),
    models.CallHandling: frozenset({F.SERVICES}),
    models.Order: frozenset({F.ORDERS}),
}


@dataclass(frozen=True)
class Scope:
    """What `actor`, who holds `features`, may read; narrowed to `site` if one was chosen."""

    actor: Any
    features: frozenset[F]
    site: int | None = None

    def sites(self) -> SiteQuerySet:
        """The sites held, or the chosen one if it is among them."""
        held = rules.held_sites(self.actor)
        return held if self.site is None else held.filter(pk=self.site)

    def of(self, model: type[Placed], by: F) -> PlacedQuerySet:
        """Rows of `model` that `by` opens; none without that feature, whatever else is held.

        Raises ValueError if `by` never opens such rows: that would be a mistake in a page.
        """
        if by not in OPENED_BY[model]:
            raise ValueError(f"{by} does not open {model.__name__}")
        rows: PlacedQuerySet = model.objects.all()
        if by not in self.features or not rules.may_act(self.actor):
            return rows.none()
        return self.at_held(rows.filter(enterprise=self.actor.enterprise_id))

    def at_held(self, rows: PlacedQuerySet) -> PlacedQuerySet:
        """Those of the rows that stand at sites in scope.

        Who holds all sites has a grant of each: these need not be read (rule 7).
        """
        if self.site is not None:
            return rows.at(self.sites())
        rows = rows.exclude(site__in=self._closed())
        return rows if self.actor.all_sites else self._granted_among(rows)

    def _granted_among(self, rows: PlacedQuerySet) -> PlacedQuerySet:
        return rows.filter(site__in=self._granted())

    def _granted(self) -> QuerySet:
        return SiteGrant.objects.given_to(self.actor).values("content_object")

    def _closed(self) -> QuerySet:
        return Site.objects.closed_in(self.actor.enterprise_id).values("pk")

    @property
    def holds_some(self) -> bool:
        """Whether these are some of the sites, neither all of them nor a single one."""
        return self.site is None and not self.actor.all_sites

    def everywhere(self) -> Self:
        """The same without the choice of a site."""
        return replace(self, site=None)

    def only(self, site: int) -> Self:
        """The same, narrowed to that site, whichever was chosen."""
        return replace(self, site=site)

    def counting(self) -> "CountingScope":
        """The same, for reading very many rows to count them."""
        return CountingScope(self.actor, self.features, self.site)

    def framing(self) -> "FramingScope":
        """The same, for the many counts of one query."""
        return FramingScope(self.actor, self.features, self.site)


@dataclass(frozen=True)
class CountingScope(Scope):
    """The same rows, for counting up to a limit, and for finding a page of very many.

    With a limit PostgreSQL expects matches everywhere, and walks all sites up to the first one
    held: here it reads the sites held first (docs/decisions/0016-lists.md).
    """

    def _granted_among(self, rows: PlacedQuerySet) -> PlacedQuerySet:
        return rows.at_each_of(self._granted())

    def held(self) -> QuerySet:
        """The grants of sites that are open, as many as there are sites held."""
        given = SiteGrant.objects.given_to(self.actor)
        return given.exclude(content_object__in=self._closed())


@dataclass(frozen=True)
class FramingScope(CountingScope):
    """The same rows, within the one query that `before` returns.

    That reads the sites held once for all counts of it, and those of the menus in two parts.
    """

    part: str = HELD

    def at_held(self, rows: PlacedQuerySet) -> PlacedQuerySet:
        return rows.at_read_first(self._read_first) if self.holds_some else super().at_held(rows)

    def parts(self) -> list[Self]:
        """The same rows in two parts: at the first sites held there often are enough to count.

        The other sites are not even read then.
        """
        names = (FIRST_HELD, OTHERS_HELD) if self.holds_some else (HELD,)
        return [replace(self, part=name) for name in names]

    def before(self, one: QuerySet, query: QuerySet) -> QuerySet:
        """`query`, which counts such rows; the sites are read beside `one`, a single row."""
        for part in (self, *self.parts()) if self.holds_some else ():
            query = part._read_first.before(one, query)
        return query

    @property
    def _read_first(self) -> ReadFirst:
        those = {FIRST_HELD: slice(FIRST), OTHERS_HELD: slice(FIRST, None)}
        sites = self.held().order_by("content_object").values("content_object")
        return ReadFirst(sites[those.get(self.part, slice(None))], self.part)


def first_sites(actor: Any, count: int) -> list[tuple[int, str]]:
    """The ids and names of the first sites that `actor` holds."""

    def build(ids: Mapping[str, Any]) -> QuerySet:
        who = get_user_model()(pk=ids["actor"], enterprise_id=ids["enterprise"])
        return rules.held_sites(who).values("pk", "name")[:count]

    values = {"actor": actor.pk, "enterprise": actor.enterprise_id}
    shape = ("first sites", count, SiteGrant.permission_pk())
    return [(row["pk"], row["name"]) for row in prepared.rows(shape, build, values)]


def items_opened(features: Collection[F]) -> list[str]:
    """How the items of the audit begin that these features let one read."""
    models = [model for model, showing in SHOWN_BY.items() if not showing.isdisjoint(features)]
    items = [of_model(model) for model in models]
    return [*items, ENTERPRISE] if F.PROFILE in features else items


def scope_of(actor: Any) -> Scope:
    """What `actor` may read at this moment, whatever the page that they have open says."""
    fresh = get_user_model().objects.get(pk=actor.pk)
    return Scope(fresh, rules.held_features(fresh))


def take(row: Row, *, by: Any, feature: F) -> Row:
    """The row as it is now, locked, if `by` still reaches it with `feature`. Raises OutOfScope."""
    rows = scope_of(by).of(type(row), feature).select_for_update(of=("self",), no_key=True)
    found = rows.filter(pk=row.pk).first()
    if found is None:
        raise OutOfScope
    return found


def take_site(site: Site, *, by: Any, feature: F) -> Site:
    """The site, if `by` still holds it, and the feature. Raises OutOfScope."""
    fresh = get_user_model().objects.get(pk=by.pk)
    found = Site.objects.filter(pk=site.pk).first()
    if found is None or not rules.may_open(fresh, found, feature):
        raise OutOfScope
    return found
