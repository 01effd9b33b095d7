"""The rules of delegation worked out by brute force over a handful of people, in plain sets.

Written from docs/rules.md alone: it imports nothing of the portal, so it shares no fault with it. A
world is a tuple of people, named by their place in it; `parent` is None for a root and for staff.
"""

from collections.abc import Callable
from typing import NamedTuple

MANAGE, OTHER = "manage_administrators", "notes"
BOTH = frozenset({MANAGE, OTHER})
STAFF = ""  # the enterprise of carrier staff: none
Names = frozenset[str]
NONE: Names = frozenset()


class Person(NamedTuple):
    """One administrator, and what they hold."""

    parent: int | None
    enterprise: str
    sites: Names = NONE
    every: bool = False
    features: Names = NONE
    active: bool = True
    owes: bool = False
    name: str = "Anne"


class Act(NamedTuple):
    """What is tried. `every` gives (True) or ends (False) all sites, present and future."""

    kind: str
    add: Names = NONE
    remove: Names = NONE
    every: bool | None = None
    features: Names = NONE


World = tuple[Person, ...]
Result = tuple[str, World]


def ancestors(world: World, who: int) -> list[int]:
    parent = world[who].parent
    return [] if parent is None else [parent, *ancestors(world, parent)]


def branch(world: World, who: int) -> set[int]:
    """`who` and all below."""
    return {one for one in range(len(world)) if one == who or who in ancestors(world, one)}


def may_act(one: Person) -> bool:
    return one.active and not one.owes


def opens(one: Person, site: str, feature: str) -> bool:
    return may_act(one) and site in one.sites and feature in one.features


def manages(world: World, actor: int, target: int) -> bool:
    me = world[actor]
    return may_act(me) and MANAGE in me.features and actor in ancestors(world, target)


def may_change(world: World, actor: int, target: int) -> bool:
    if world[actor].enterprise == STAFF:
        return may_act(world[actor]) and world[target].enterprise != STAFF
    return manages(world, actor, target)


def may_know(world: World, reader: int, person: int) -> bool:
    """Oneself, one's parent, and everybody below."""
    return person in {reader, world[reader].parent} or reader in ancestors(world, person)


def may_be_given(world: World, target: int) -> tuple[Names, Names, bool]:
    """Sites, features, and whether all sites: what the parent holds, whoever acts."""
    me = world[target]
    if me.parent is None:
        return me.sites, BOTH, True
    parent = world[me.parent]
    return parent.sites, parent.features, parent.every


def after(world: World, actor: int, target: int, act: Act) -> Result:
    """Why it is refused, or "", and the world as it is then."""
    if act.kind == "create":
        return _create(world, actor, act)
    if not may_change(world, actor, target):
        return "OutOfScope", world
    return KINDS[act.kind](world, target, act)


def _create(world: World, actor: int, act: Act) -> Result:
    me = world[actor]
    if me.enterprise == STAFF or not may_act(me) or MANAGE not in me.features:
        return "OutOfScope", world
    beyond_sites = not me.every if act.every else not act.add <= me.sites
    if beyond_sites or not act.features <= me.features:
        return "BeyondParent", world
    sites = me.sites if act.every else act.add
    every = bool(act.every)
    child = Person(actor, me.enterprise, sites, every, act.features, owes=True, name="Nora")
    return "", (*world, child)


def _sites(world: World, target: int, act: Act) -> Result:
    sites, _features, every = may_be_given(world, target)
    if world[target].parent is None or (act.every and act.remove):
        return "Refused", world
    if (act.every and not every) or (not act.every and not act.add <= sites):
        return "BeyondParent", world
    given = sites if act.every else act.add
    ends = act.every is False or bool(act.remove & world[target].sites)
    below = lambda one: one._replace(  # noqa: E731
        sites=one.sites - act.remove, every=one.every and not ends
    )
    mine = world[target]
    mine = mine._replace(sites=mine.sites | given, every=mine.every or bool(act.every))
    return "", _changed(world[:target] + (mine,) + world[target + 1 :], target, below)


def _features(world: World, target: int, act: Act) -> Result:
    if not act.add <= may_be_given(world, target)[1]:
        return "BeyondParent", world
    mine = world[target]._replace(features=world[target].features | act.add)
    below = lambda one: one._replace(features=one.features - act.remove)  # noqa: E731
    return "", _changed(world[:target] + (mine,) + world[target + 1 :], target, below)


def _disable(world: World, target: int, act: Act) -> Result:
    if world[target].parent is None:
        return "LastRoot", world
    whole = act.kind == "disable branch"
    off = lambda one: one._replace(active=False)  # noqa: E731
    return "", _changed(world, target, off, branch(world, target) if whole else {target})


def _enable(world: World, target: int, act: Act) -> Result:
    """Nobody was disabled by an act: there is nobody to come back with them."""
    return "", _changed(world, target, lambda one: one._replace(active=True), {target})


def _reset(world: World, target: int, act: Act) -> Result:
    if not world[target].active:
        return "Refused", world
    return "", _changed(world, target, lambda one: one._replace(owes=True), {target})


def _edit(world: World, target: int, act: Act) -> Result:
    return "", _changed(world, target, lambda one: one._replace(name="Zoé"), {target})


def _changed(
    world: World, target: int, change: Callable[[Person], Person], whom: set[int] | None = None
) -> World:
    """With `change` applied to the target and all below, or else to just those named."""
    whom = branch(world, target) if whom is None else whom
    return tuple(change(one) if at in whom else one for at, one in enumerate(world))


KINDS: dict[str, Callable[[World, int, Act], Result]] = {
    "sites": _sites,
    "features": _features,
    "disable": _disable,
    "disable branch": _disable,
    "enable": _enable,
    "enable branch": _enable,
    "reset": _reset,
    "edit": _edit,
}
