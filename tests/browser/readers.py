"""Who of the demo may read what, in plain sets: by the names of sites, never through a scope."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from administrators.models import Administrator
from permissions import delegation
from permissions.features import FeatureCode
from portal.demo import ALL_SITES, CUSTOMERS, Customer, places
from sites import models
from sites.models import Placed

# The pages of the menus: one of these features opens each, and its list is of these rows.
PAGES: Mapping[str, tuple[str, type[Placed] | None]] = {
    "/dashboard/": ("dashboard", None),
    "/assignments/numbers/": ("user_assignments", models.PhoneNumber),
    "/assignments/devices/": ("user_assignments", models.Device),
    "/assignments/users/": ("user_assignments", models.Subscriber),
    "/assignments/services/": ("user_assignments services", models.Service),
    "/services/": ("services", models.Service),
    "/sip-trunks/": ("sip_trunking", models.SipTrunk),
    "/recordings/": ("call_recording", models.Recording),
    "/analytics/": ("analytics", None),
    "/reports/": ("reports", None),
    "/notes/": ("notes", models.Note),
    "/profile/": ("profile", None),
    "/orders/": ("orders", models.Order),
    "/administrators/": ("manage_administrators", None),
}
EVERYBODYS = ("/sites/", "/sites/choose/")
BADGES: Mapping[str, type[Placed]] = {
    "Numéros": models.PhoneNumber,
    "Appareils": models.Device,
    "Utilisateurs": models.Subscriber,
}
# What the page of a site counts: any of these features opens it.
ASSIGNING = "user_assignments services dashboard reports"
INVENTORY: Mapping[str, tuple[str, type[Placed]]] = {
    "Numéros": (f"{ASSIGNING} sip_trunking", models.PhoneNumber),
    "Appareils": (ASSIGNING, models.Device),
    "Utilisateurs": (f"{ASSIGNING} call_recording", models.Subscriber),
    "Services avancés": (ASSIGNING, models.Service),
    "Jonction SIP": ("sip_trunking", models.SipTrunk),
    "Enregistrement des appels": ("call_recording", models.Recording),
    "Remarques": ("notes", models.Note),
    "Commandes": ("orders dashboard", models.Order),
}
EVERY_SITE = {place.name for customer in CUSTOMERS for place in places(customer.sites)}
ENTERPRISES = {customer.name for customer in CUSTOMERS}


@dataclass(frozen=True)
class Reader:
    """Somebody of the demo: what they hold, and the sites to which they narrowed the pages."""

    username: str
    enterprise: str
    features: frozenset[str]
    held: frozenset[str]
    below: Mapping[str, frozenset[str]]  # who is below, and the sites that each holds
    chosen: str = ""

    @property
    def sites(self) -> frozenset[str]:
        return frozenset({self.chosen}) if self.chosen else self.held

    @property
    def foreign(self) -> set[str]:
        """The names that no page may show."""
        return (EVERY_SITE - self.sites) | (ENTERPRISES - {self.enterprise})

    def at(self, site: str) -> "Reader":
        return replace(self, chosen=site)

    def opens(self, path: str) -> bool:
        return bool(self.features & set(PAGES[path][0].split()))

    def rows(self, model: type[Placed], **where: Any) -> Any:
        return model.objects.filter(site__name__in=self.sites, **where)

    def by_site(self, model: type[Placed], **where: Any) -> Counter[str]:
        """How many rows there are at each site that has any."""
        return Counter(self.rows(model, **where).values_list("site__name", flat=True))


def reader(username: str, extra: str = "") -> Reader:
    """Somebody as the tables of the demo say; `extra` are features that the parent gives first."""
    customer = next(one for one in CUSTOMERS if username in _people(one))
    person = _people(customer)[username]
    if extra:
        by = Administrator.objects.get(username=person.parent)
        target = Administrator.objects.get(username=username)
        delegation.change_features(target, add=[FeatureCode(one) for one in extra.split()], by=by)
    features = frozenset(f"{person.features} {extra}".split())
    below = {one: _held(customer, one) for one in _below(customer, username)}
    return Reader(username, customer.name, features, _held(customer, username), below)


def _people(customer: Customer) -> dict[str, Any]:
    return {person.username: person for person in customer.people}


def _held(customer: Customer, username: str) -> frozenset[str]:
    sites = _people(customer)[username].sites
    return frozenset(place.name for place in places(customer.sites) if sites == ALL_SITES
                     or place.name in sites)  # fmt: skip


def _below(customer: Customer, username: str) -> set[str]:
    children = {one.username for one in customer.people if one.parent == username}
    return children.union(*(_below(customer, child) for child in children))
