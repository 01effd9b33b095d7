"""Who asks, in plain sets: who is below whom, who holds what. Nothing here asks the portal.

The people are those of tests/world.py and two more: K, a sibling of B who manages K1. "A" is asked
again after having been disabled, having lost `manage_administrators`, and having come to owe a
password, each since they signed in.
"""

from dataclasses import dataclass, replace

from tests.world import ALL, CLOSED, PEOPLE, SITES, STATE

MANAGE = "manage_administrators"
MORE = [
    ("K", "E", "A", "Lille", "manage_administrators notes"),
    ("K1", "E", "K", "", "manage_administrators notes"),
]
STAFF, MISSING, DISABLED = "SU", "missing", "D"
MISSING_ID = 987654321
TREE = {name: parent for name, _enterprise, parent, *_held in [*PEOPLE, *MORE]}
ENTERPRISE = {name: enterprise for name, enterprise, *_rest in [*PEOPLE, *MORE]}
TARGETS = [*TREE, STAFF, MISSING]
PLACES = [*" ".join(SITES.values()).split(), MISSING]


@dataclass(frozen=True)
class Visitor:
    """Somebody at a browser. `name` is "" for nobody signed in."""

    name: str
    since: str = ""
    features: frozenset[str] = frozenset()
    sites: frozenset[str] = frozenset()
    gone: bool = False
    owes: bool = False

    def __str__(self) -> str:
        return "-".join(filter(None, (self.name or "anonymous", self.since)))

    @property
    def manages(self) -> bool:
        return MANAGE in self.features and not self.gone and not self.owes

    def reaches_person(self, target: str) -> bool:
        """Strict descendants, and nobody else."""
        return self.name in ancestors(target)

    def reaches_site(self, site: str) -> bool:
        """Open sites that are held, and no others."""
        return site in self.sites and site != CLOSED


def ancestors(name: str) -> list[str]:
    parent = TREE.get(name, "")
    return [parent, *ancestors(parent)] if parent else []


def relation(visitor: Visitor, target: str) -> str:
    """What `target` is to the visitor, for choosing one of each kind."""
    me = visitor.name
    if target in {STAFF, MISSING, me}:
        return target
    if ENTERPRISE.get(me) != ENTERPRISE[target]:
        return "elsewhere"
    if me in ancestors(target):
        return "child" if TREE[target] == me else "below"
    if target in ancestors(me):
        return "parent" if TREE[me] == target else "above"
    return "sibling" if TREE[me] == TREE[target] else "aside"


def one_of_each(visitor: Visitor) -> list[str]:
    """The first target of each relation."""
    return list({relation(visitor, target): target for target in reversed(TARGETS)}.values())


def three(visitor: Visitor) -> list[str]:
    """Somebody below, if anybody is; somebody who is not; nobody."""
    below = [target for target in TREE if visitor.reaches_person(target)]
    return [*below[:1], "X" if visitor.name != "X" else "R", MISSING]


def one_of_each_place(visitor: Visitor) -> list[str]:
    """A site held, one closed, one of the enterprise that is not held, a foreign one, and none."""
    return list({_nearness(visitor, place): place for place in reversed(PLACES)}.values())


def three_places(visitor: Visitor) -> list[str]:
    """A site held, if any is; one that is not; none."""
    far = [place for place in PLACES if not visitor.reaches_site(place) and place != MISSING]
    near = [place for place in PLACES if visitor.reaches_site(place)]
    return [*near[:1], *far[:1], MISSING]


def _nearness(visitor: Visitor, place: str) -> tuple[str, bool]:
    ours = place in SITES.get(ENTERPRISE.get(visitor.name, ""), "").split()
    kind = place if place in {MISSING, CLOSED} else "ours" if ours else "theirs"
    return kind, visitor.reaches_site(place)


def _visitor(name: str, enterprise: str, sites: str, features: str) -> Visitor:
    held = SITES[enterprise] if sites == ALL else sites
    state = STATE.get(name, {})
    return Visitor(
        name,
        features=frozenset(features.split()),
        sites=frozenset(held.split()),
        gone=not state.get("is_active", True),
        owes=state.get("must_change_password", False),
    )


def _since(one: Visitor) -> list[Visitor]:
    return [
        replace(one, since="disabled", gone=True),
        replace(one, since="owing", owes=True),
        replace(one, since="unfeatured", features=one.features - {MANAGE}),
    ]


_EVERYBODY = {
    name: _visitor(name, enterprise, sites, features)
    for name, enterprise, _parent, sites, features in [*PEOPLE, *MORE]
}
VISITORS = [
    Visitor("", gone=True),
    *_EVERYBODY.values(),
    *_since(_EVERYBODY["A"]),
    Visitor(STAFF),
]
