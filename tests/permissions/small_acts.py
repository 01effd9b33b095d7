"""Which acts are tried in which of the small worlds (test_small_cases.py says how much that is)."""

from collections.abc import Iterator
from itertools import product

from tests.permissions.small_enumeration import (
    FOREIGN,
    OUTSIDE,
    SITES,
    Case,
    Parents,
    feature_ways,
    manage_alone,
    only_root_holds,
    site_ways,
    subsets,
    with_states,
    worlds,
)
from tests.permissions.small_oracle import (
    BOTH,
    MANAGE,
    NONE,
    OTHER,
    Act,
    Names,
    World,
    branch,
    may_change,
)

LOOK = Act("look")
ON_PEOPLE = [
    Act(kind) for kind in ("disable", "disable branch", "enable", "enable branch", "reset", "edit")
]


def arguments(names: frozenset[str]) -> list[tuple[frozenset[str], frozenset[str]]]:
    """Each name added, removed, both or neither."""
    return list(product(subsets(names), repeat=2))


ON_SITES = [
    *(Act("sites", add, remove, every) for add, remove in arguments(SITES)
      for every in (None, True, False)),
    Act("sites", add=frozenset({FOREIGN})),
]  # fmt: skip
ONE_SITE_ACT_OF_EACH_KIND = [
    Act("sites", add=frozenset({"site 1"})),
    Act("sites", remove=frozenset({"site 1"})),
    Act("sites", every=True),
    Act("sites", every=False),
    Act("sites", add=frozenset({FOREIGN})),
]
ON_FEATURES = [Act("features", add, remove) for add, remove in arguments(BOTH)]
ONE_FEATURE_ACT_OF_EACH_KIND = [
    Act("features", add=frozenset({OTHER})),
    Act("features", remove=frozenset({MANAGE})),
]
CREATE_WITH_SITES = [
    *(Act("create", add, every=every) for add in subsets(SITES) for every in (False, True)),
    Act("create", add=frozenset({FOREIGN})),
]
CREATE_WITH_FEATURES = [Act("create", features=some) for some in subsets(BOTH)]


def everybody(world: World) -> range:
    return range(len(world))


def looks(parents: Parents, *, whole: bool) -> Iterator[Case]:
    """The worlds of which the rules are asked."""
    sites, features = site_ways(parents), feature_ways(parents)
    if whole:
        found = list(worlds(parents, sites, features))
    else:
        found = [*worlds(parents, sites, [(BOTH,) * len(parents)])]
        found += worlds(parents, sites[:1], features)
    return ((world, 0, 0, LOOK) for world in found)


def nobody(parents: Parents) -> tuple[Names, ...]:
    return (NONE,) * len(parents)


def changes_of_sites(parents: Parents, *, whole: bool) -> Iterator[Case]:
    for number, world in enumerate(worlds(parents, site_ways(parents), [nobody(parents)])):
        for actor, held in product(everybody(world), (True, False)):
            managed = with_managers(world, actor, held)
            refused = ON_SITES if whole else [] if number else ONE_SITE_ACT_OF_EACH_KIND
            acts = ON_SITES if whole or len(parents) < 3 else _clear(ON_SITES)
            yield from each(managed, actor, acts, refused)


def with_managers(world: World, actor: int, held: bool) -> World:
    """All hold the feature that manages, or all but the actor and those below."""
    without = set() if held else branch(world, actor)
    tree = range(len(world) - OUTSIDE)
    return tuple(
        one._replace(features=frozenset({MANAGE})) if at in tree and at not in without else one
        for at, one in enumerate(world)
    )


def changes_of_features(parents: Parents, *, whole: bool) -> Iterator[Case]:
    for world in worlds(parents, only_root_holds(parents), feature_ways(parents)):
        other = any(OTHER in one.features for one in world[:-OUTSIDE])
        refused = ON_FEATURES if whole else [] if other else ONE_FEATURE_ACT_OF_EACH_KIND
        for actor in everybody(world):
            acts = ON_FEATURES if whole or len(parents) < 3 else _clear(ON_FEATURES)
            yield from each(world, actor, acts, refused)


def _clear(acts: list[Act]) -> list[Act]:
    """Those that do not contradict themselves."""
    return [
        act for act in acts if not act.add & act.remove and not (act.every and act.add | act.remove)
    ]


def creations(parents: Parents, *, whole: bool) -> Iterator[Case]:
    """A child has no target; the actors are all, or in most worlds those of the tree."""
    everyone = (frozenset({MANAGE}),) * len(parents)
    features = [everyone, nobody(parents)] if whole else [everyone]
    of_sites = worlds(parents, site_ways(parents), features)
    of_features = worlds(parents, only_root_holds(parents), feature_ways(parents))
    for found, acts in ((of_sites, CREATE_WITH_SITES), (of_features, CREATE_WITH_FEATURES)):
        for number, world in enumerate(found):
            outside = 0 if whole or not number else OUTSIDE
            yield from product([world], everybody(world)[: len(world) - outside], [0], acts)


def acts_on_people(parents: Parents, *, whole: bool) -> Iterator[Case]:
    ways = manage_alone(parents)
    for world in worlds(parents, only_root_holds(parents), ways):
        everyone = all(one.features for one in world[:-OUTSIDE])
        for case in with_states(world) if whole or everyone else [world]:
            for actor in everybody(world):
                outside = {len(world) - OUTSIDE, len(world) - OUTSIDE + 1}
                skip = actor in outside and not everyone and not whole
                yield from [] if skip else each(case, actor, ON_PEOPLE, ON_PEOPLE)


def each(world: World, actor: int, acts: list[Act], refused: list[Act]) -> Iterator[Case]:
    """`acts` on those of the tree whom the actor may change, `refused` on everybody else."""
    tree = range(len(world) - OUTSIDE)
    for target in everybody(world):
        may = target in tree and may_change(world, actor, target)
        yield from ((world, actor, target, act) for act in (acts if may else refused))


ACTS = {
    "change sites": changes_of_sites,
    "change features": changes_of_features,
    "create": creations,
    "act on people": acts_on_people,
}
