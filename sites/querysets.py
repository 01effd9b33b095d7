"""What may be read of the sites."""

from typing import TYPE_CHECKING, Any, Self

from django.db.models import Exists, OuterRef, Q

from sites.macs import canonical_mac, spellings
from sites.text import SearchQuerySet, printable, search_words

SEPARATORS = str.maketrans("", "", " .-/()")

if TYPE_CHECKING:
    from django.contrib.auth.base_user import AbstractBaseUser


class SiteQuerySet(SearchQuerySet):
    """Sites; every page reads them through one of these scopes."""

    def open(self) -> "SiteQuerySet":
        """Sites that the carrier has not closed."""
        return self.filter(is_open=True)

    def granted_to(self, administrator: "AbstractBaseUser") -> "SiteQuerySet":
        """Sites of which `administrator` has a grant, closed ones included."""
        grant: Any = self.model._meta.get_field("grants").related_model
        given = grant.objects.given_to(administrator)
        return self.filter(Exists(given.filter(content_object=OuterRef("pk"))))

    def held_by(self, administrator: "AbstractBaseUser") -> "SiteQuerySet":
        """Open sites that `administrator` holds. No site ticked means none, never all (rule 1)."""
        return self.open().granted_to(administrator)


class PlacedQuerySet(SearchQuerySet):
    """Rows that stand at sites; pages read them through `permissions.scopes`."""

    def at(self, sites: SiteQuerySet) -> "PlacedQuerySet":
        """Rows at these sites."""
        return self.filter(site__in=sites.order_by().values("pk"))


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
