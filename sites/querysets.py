"""What may be read of the sites."""

from typing import TYPE_CHECKING, Any, Self

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Greatest

from sites.arrays import ArrayOf, IsAnyOf, ReadFirst
from sites.macs import canonical_mac, spellings
from sites.text import SearchQuerySet, printable, search_words

SEPARATORS = str.maketrans("", "", " .-/()")
NEAR = 2_000  # rows that are sooner looked at than all that is held

if TYPE_CHECKING:
    from django.contrib.auth.base_user import AbstractBaseUser


class SiteQuerySet(SearchQuerySet):
    """Sites; every page reads them through one of these scopes."""

    def open(self) -> "SiteQuerySet":
        """Sites that the carrier has not closed."""
        return self.filter(is_open=True)

    def closed_in(self, enterprise: int | None) -> "SiteQuerySet":
        """The sites of an enterprise that the carrier has closed: few."""
        return self.filter(enterprise=enterprise, is_open=False).order_by()

    def granted_to(self, administrator: "AbstractBaseUser") -> "SiteQuerySet":
        """Sites of which `administrator` has a grant, closed ones included.

        The keys keep these within one enterprise; said here, it names the index of their order.
        """
        grant: Any = self.model._meta.get_field("grants").related_model
        given = grant.objects.given_to(administrator)
        of_enterprise = self.filter(enterprise=administrator.enterprise_id)  # type: ignore[attr-defined]
        return of_enterprise.filter(Exists(given.filter(content_object=OuterRef("pk"))))

    def held_by(self, administrator: "AbstractBaseUser") -> "SiteQuerySet":
        """Open sites that `administrator` holds. No site ticked means none, never all (rule 1)."""
        return self.open().granted_to(administrator)


class PlacedQuerySet(SearchQuerySet):
    """Rows that stand at sites; pages read them through `permissions.scopes`."""

    def at(self, sites: SiteQuerySet) -> Self:
        """Rows at these sites."""
        return self.filter(site__in=sites.order_by().values("pk"))

    def at_each_of(self, sites: QuerySet) -> Self:
        """Rows at the sites of these ids, which are all read before any row."""
        return self.filter(IsAnyOf(F("site_id"), ArrayOf(sites)))

    def at_read_first(self, sites: "ReadFirst") -> Self:
        """Rows at the sites that the query reads before all others."""
        return self.filter(IsAnyOf(F("site_id"), sites.again))

    def in_order_of(self, rows: "PlacedQuerySet") -> Self:
        """These, in the order of other rows of the same model."""
        return self.order_by(*rows._order())

    def _order(self) -> tuple[str, ...]:
        """By what the rows are sorted: as was asked, else as their model says."""
        return tuple(str(one) for one in self.query.order_by or self.model._meta.ordering or ["pk"])

    def sorted_at_last(self) -> Self:
        """The same order, written so that no index gives it: rows are found first, sorted last."""
        first, *others = self._order()
        name = first.removeprefix("-")
        order = Greatest(name, name)  # the value itself
        return self.order_by(order.desc() if first[0] == "-" else order.asc(), *others)

    def near_start(self, last: int, owner: int) -> Self:
        """The rows among the first `last + NEAR` of an enterprise, in this order; it has no NULL.

        Sites held far from there have no numbers there, for carriers give them out in blocks
        (docs/decisions/0016-lists.md).
        """
        order = self._order()[0]
        name = order.removeprefix("-")
        if "__" in name or name in self.query.annotations:
            return self.none()
        every = self.model._default_manager.filter(enterprise=owner).order_by(order)
        end = every.values(name)[last + NEAR : last + NEAR + 1]
        return self.filter(**{f"{name}__{'gte' if order[0] == '-' else 'lte'}": Subquery(end)})


class NumberQuerySet(PlacedQuerySet):
    """Phone numbers, searched by their digits however these are grouped."""

    def search(self, query: str) -> Self:
        """Numbers in which the digits of `query` follow each other."""
        return super().search(printable(query).translate(SEPARATORS))


class DeviceQuerySet(PlacedQuerySet):
    """Devices, searched by name and model, and by MAC address however its digits are grouped."""

    def search(self, query: str) -> Self:
        """Devices in which every word of `query` stands, or its digits in the MAC address."""
        found, whole = self, canonical_mac(query)
        for word in [whole] if whole else search_words(query):
            wanted = Q(search_key__contains=word)
            for spelling in spellings(word):
                wanted |= Q(mac__contains=spelling)
            found = found.filter(wanted)
        return found
