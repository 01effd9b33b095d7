"""A small world with a name for everybody, which the tests of the rules and pages share.

R is the root of enterprise E; A, S and Z are children of R; B, N, T and D are children of A; C is
a child of B. N holds no `manage_administrators`, T owes a temporary password, D is disabled: each
of them has a child (M, W, V), so that nothing else forbids them to manage. S and S1 hold all sites,
present and future. X is the root of enterprise F, and Y a child of X. SU is carrier staff.
"""

from dataclasses import dataclass

from django.utils import timezone

from administrators.emails import LIFETIME
from administrators.models import Administrator
from permissions.features import FeatureCode
from permissions.models import FeatureGrant, SiteGrant
from sites.models import Enterprise, Site
from tests import factories

ALL = "*"
EVERY_FEATURE = " ".join(FeatureCode.values)
CLOSED = "Rennes"
SITES = {"E": "Paris Lyon Lille Nantes Nice Rennes", "F": "Metz Dijon"}

# name  enterprise  parent  sites                      features
PEOPLE = [
    ("R", "E", "", ALL, EVERY_FEATURE),
    ("A", "E", "R", "Paris Lyon Lille Nantes", "manage_administrators dashboard notes reports"),
    ("S", "E", "R", ALL, "manage_administrators analytics notes"),
    ("Z", "E", "R", "", ""),
    ("B", "E", "A", "Paris Lyon Lille", "manage_administrators notes reports"),
    ("N", "E", "A", "Paris Nantes", "dashboard notes"),
    ("T", "E", "A", "Lyon", "manage_administrators notes"),
    ("D", "E", "A", "Lille", "manage_administrators notes"),
    ("S1", "E", "S", ALL, "manage_administrators notes"),
    ("C", "E", "B", "Paris Lyon", "manage_administrators notes"),
    ("M", "E", "N", "Paris", "notes"),
    ("W", "E", "T", "Lyon", "notes"),
    ("V", "E", "D", "Lille", "notes"),
    ("X", "F", "", ALL, EVERY_FEATURE),
    ("Y", "F", "X", "Metz", "manage_administrators notes"),
]
STATE = {
    "T": {"must_change_password": True},
    "D": {"is_active": False},
}
EVERYBODY = [row[0] for row in PEOPLE] + ["SU"]


@dataclass(frozen=True)
class World:
    """People and places by name. `world["A"]` is read afresh each time, so it is never stale."""

    people: dict[str, int]
    places: dict[str, int]
    enterprises: dict[str, Enterprise]

    def __getitem__(self, name: str) -> Administrator:
        return Administrator.objects.select_related("parent", "enterprise").get(
            pk=self.people[name]
        )

    def site(self, name: str) -> Site:
        return Site.objects.get(pk=self.places[name])

    def ids(self, names: str) -> list[int]:
        """The ids of these sites ("Paris Lyon")."""
        return [self.places[name] for name in names.split()]

    def name_of(self, pk: int) -> str:
        """Who that is; people whom a test created go by their username."""
        names = {pk: name for name, pk in self.people.items()}
        return names.get(pk) or Administrator.objects.get(pk=pk).username

    def grants(self) -> set[str]:
        """Every grant there is, as "A:Paris", "A:notes" or "S:*"."""
        sites = SiteGrant.objects.values_list("user_id", "content_object__name")
        features = FeatureGrant.objects.values_list("user_id", "content_object_id")
        every = Administrator.objects.filter(all_sites=True).values_list("pk")
        rows = [*sites, *features, *((pk, ALL) for (pk,) in every)]
        return {f"{self.name_of(pk)}:{item}" for pk, item in rows}


def build() -> World:
    """The world, in about ten statements."""
    enterprises, places = {}, {}
    for name, sites in SITES.items():
        enterprises[name], made = factories.enterprise(f"Enterprise {name}", *sites.split())
        places.update({site.name: site for site in made})
    Site.objects.filter(name=CLOSED).update(is_open=False)
    people = _people(enterprises)
    _grant(people, places)
    people["SU"] = factories.superuser("su")
    return World(
        {name: one.pk for name, one in people.items()},
        {name: site.pk for name, site in places.items()},
        enterprises,
    )


def username_of(name: str) -> str:
    """Usernames have three letters at least."""
    return f"user-{name.lower()}" if name != "SU" else "su"


def _people(enterprises: dict[str, Enterprise]) -> dict[str, Administrator]:
    people: dict[str, Administrator] = {}
    expiry = timezone.now() + LIFETIME
    for name, enterprise, parent, sites, _features in PEOPLE:
        fields = dict(STATE.get(name, {}), all_sites=sites == ALL)
        if "must_change_password" in fields:
            fields["password_expires_at"] = expiry
        if not parent:
            fields["enterprise"] = enterprises[enterprise]
        people[name] = factories.person(username_of(name), parent=people.get(parent), **fields)
        people[name].save(force_insert=True)
    return people


def _grant(people: dict[str, Administrator], places: dict[str, Site]) -> None:
    sites, features = [], []
    for name, enterprise, _parent, held, codes in PEOPLE:
        names = SITES[enterprise] if held == ALL else held
        sites += [factories.site_grant(people[name], places[site]) for site in names.split()]
        features += [factories.feature_grant(people[name], code) for code in codes.split()]
    SiteGrant.objects.bulk_create(sites)
    FeatureGrant.objects.bulk_create(features)
