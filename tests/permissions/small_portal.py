"""The small worlds in the database, very many at once, and acts of the portal tried in them."""

from dataclasses import dataclass
from itertools import count
from typing import Any

from django.db import connection

from administrators import services
from administrators.models import Administrator
from permissions import delegation
from permissions.errors import Refused
from permissions.models import FeatureGrant, SiteGrant
from sites.models import Enterprise, Site
from tests import factories
from tests.permissions.small_enumeration import FOREIGN, OUTSIDE, SITES
from tests.permissions.small_oracle import STAFF, Act, Person, World

FIRST_ID = 1_000_000  # what an act creates gets another
PEOPLE = (
    "SELECT id, parent_id, enterprise_id, all_sites, is_active, must_change_password, first_name"
    " FROM administrators_administrator WHERE enterprise_id IN (%s, %s) OR is_superuser"
)
SITE_ROWS = (
    "SELECT user_id, content_object_id FROM permissions_sitegrant WHERE enterprise_id IN (%s, %s)"
)
FEATURE_ROWS = (
    "SELECT user_id, content_object_id FROM permissions_featuregrant WHERE user_id IN"
    " (SELECT id FROM administrators_administrator WHERE enterprise_id IN (%s, %s))"
)


@dataclass(frozen=True)
class Placed:
    """One small world: its people in the order of the oracle's, its places by name."""

    people: list[Administrator]
    places: dict[str, Site]
    enterprises: dict[str, Enterprise]

    def ids(self, names: frozenset[str]) -> list[int]:
        return [self.places[name].pk for name in sorted(names)]


def place(worlds: list[World]) -> list[Placed]:
    """All these worlds, the people outside the tree being the same in each."""
    names = ["F", *(f"E{number}" for number in range(len(worlds)))]
    other, *own = Enterprise.objects.bulk_create([Enterprise(name=name) for name in names])
    foreign, sites = _sites([other], frozenset({FOREIGN})), _sites(own, SITES)
    ids = count(FIRST_ID)
    outside = _outside(worlds[0][-OUTSIDE:], other, ids)
    placed = [
        Placed(
            _tree(world[:-OUTSIDE], enterprise, ids) + outside,
            foreign[other.pk] | sites[enterprise.pk],
            {"E": enterprise, "F": other},
        )
        for world, enterprise in zip(worlds, own, strict=True)
    ]
    _save(worlds, placed)
    return placed


def facts(world: World) -> set[Any]:
    """The oracle's world as rows."""
    rows: set[Any] = set()
    for at, one in enumerate(world):
        state = (one.every, one.active, one.owes)
        rows.add((at, one.parent, one.enterprise, *state, one.name))
        rows |= {(at, item) for item in one.sites | one.features}
    return rows


def rows(placed: Placed) -> set[Any]:
    """The same, read from the database; somebody new comes after everybody else."""
    at = {one.pk: number for number, one in enumerate(placed.people)}
    names = {site.pk: name for name, site in placed.places.items()}
    where = {one.pk: name for name, one in placed.enterprises.items()} | {None: STAFF}
    asked = [one.pk for one in placed.enterprises.values()]
    new = len(placed.people)
    with connection.cursor() as cursor:
        cursor.execute(PEOPLE, asked)
        found = {
            (at.get(pk, new), at.get(parent), where[enterprise], bool(every), bool(active),
             bool(owes), name)
            for pk, parent, enterprise, every, active, owes, name in cursor.fetchall()
        }  # fmt: skip
        cursor.execute(SITE_ROWS, asked)
        held = {(at.get(pk, new), names[site]) for pk, site in cursor.fetchall()}
        cursor.execute(FEATURE_ROWS, asked)
        return found | held | {(at.get(pk, new), code) for pk, code in cursor.fetchall()}


def attempt(placed: Placed, actor: int, target: int, act: Act) -> str:
    """Try it in the portal; the name of the refusal, or ""."""
    try:
        _perform(placed, placed.people[target], act, by=placed.people[actor])
    except Refused as refused:
        return type(refused).__name__
    return ""


def _perform(placed: Placed, target: Administrator, act: Act, *, by: Administrator) -> None:
    if act.kind == "create":
        details = factories.details("nora.small")
        sites = {"sites": placed.ids(act.add), "all_sites": bool(act.every)}
        services.create_administrator(by=by, details=details, features=act.features, **sites)
    elif act.kind == "sites":
        add, remove = placed.ids(act.add), placed.ids(act.remove)
        delegation.change_sites(target, by=by, add=add, remove=remove, all_sites=act.every)
    elif act.kind == "features":
        delegation.change_features(target, by=by, add=act.add, remove=act.remove)
    elif act.kind == "edit":
        services.update_details(target, {"first_name": "Zoé"}, by=by)
    elif act.kind.startswith("disable"):
        services.disable(target, by=by, branch=act.kind == "disable branch")
    elif act.kind.startswith("enable"):
        services.enable(target, by=by, branch=act.kind == "enable branch")
    else:
        services.reset_password(target, by=by)


def _sites(owners: list[Enterprise], names: frozenset[str]) -> dict[int, dict[str, Site]]:
    made = [Site(enterprise=one, name=name) for one in owners for name in sorted(names)]
    Site.objects.bulk_create(made)
    found: dict[int, dict[str, Site]] = {one.pk: {} for one in owners}
    for site in made:
        found[site.enterprise_id][site.name] = site
    return found


def _tree(world: World, enterprise: Enterprise, ids: "count[int]") -> list[Administrator]:
    people: list[Administrator] = []
    for one in world:
        parent = None if one.parent is None else people[one.parent]
        people.append(_person(one, parent, enterprise, next(ids)))
    return people


def _outside(world: World, enterprise: Enterprise, ids: "count[int]") -> list[Administrator]:
    x, y, carrier = world
    top = _person(x, None, enterprise, next(ids))
    staff = factories.person("small-staff", is_staff=True, is_superuser=True, pk=next(ids))
    staff.first_name = carrier.name
    return [top, _person(y, top, enterprise, next(ids)), staff]


def _person(
    one: Person, parent: Administrator | None, enterprise: Enterprise, pk: int
) -> Administrator:
    person = factories.person(f"small{pk}", parent=parent, all_sites=one.every, pk=pk)
    person.enterprise, person.first_name = enterprise, one.name
    person.is_active, person.must_change_password = one.active, one.owes
    return person


def _save(worlds: list[World], placed: list[Placed]) -> None:
    """Parents before children; the people outside once."""
    *_tree, x, y, staff = placed[0].people
    pairs = [(worlds[0][-3], x, placed[0]), (worlds[0][-2], y, placed[0])]
    for world, where in zip(worlds, placed, strict=True):
        tree = zip(world[:-OUTSIDE], where.people[:-OUTSIDE], strict=True)
        pairs += [(one, person, where) for one, person in tree]
    Administrator.objects.bulk_create([staff, *(person for _one, person, _where in pairs)])
    SiteGrant.objects.bulk_create(
        factories.site_grant(person, where.places[name])
        for one, person, where in pairs
        for name in sorted(one.sites)
    )
    FeatureGrant.objects.bulk_create(
        factories.feature_grant(person, code)
        for one, person, _where in pairs
        for code in sorted(one.features)
    )
