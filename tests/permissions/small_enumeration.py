"""Every small world, and every case that is tried in it.

Beside the enterprise with the small tree stands another, always the same (X, and Y below X, who
hold its one site and both features), and carrier staff: nothing is symmetric between the two
enterprises but their names, so it is enough that one of them varies.

Two cases that differ only by the exchange of siblings with all below them, or of the two sites,
are one case.
"""

from collections.abc import Callable, Iterable, Iterator
from functools import cache
from itertools import chain, combinations, permutations, product
from typing import Any

from tests.permissions.small_oracle import BOTH, MANAGE, NONE, STAFF, Act, Names, Person, World

SITES = frozenset({"site 1", "site 2"})
FOREIGN = "site of another enterprise"
OUTSIDE = 3  # X, Y and staff come after the people of the tree
SWAP = {"site 1": "site 2", "site 2": "site 1"}
Parents = tuple[int | None, ...]
Case = tuple[World, int, int, Act]


def subsets(names: Iterable[str]) -> list[Names]:
    ordered = sorted(names)
    sizes = (combinations(ordered, size) for size in range(len(ordered) + 1))
    return [frozenset(one) for one in chain.from_iterable(sizes)]


@cache
def trees(people: int) -> list[Parents]:
    """Every tree of so many people, once, as the parent of each; a parent comes first."""
    found: dict[str, Parents] = {}
    for parents in product([None], *(range(at) for at in range(1, people))):
        found.setdefault(_shape(parents, 0), parents)
    return list(found.values())


def _shape(parents: Parents, top: int) -> str:
    below = (at for at, parent in enumerate(parents) if parent == top)
    return f"({''.join(sorted(_shape(parents, one) for one in below))})"


def _descending(parents: Parents, first: list[Any], lower: Callable[[Any], list[Any]]) -> list[Any]:
    """Every way in which nobody has more than their parent."""
    ways = [(one,) for one in first]
    for parent in parents[1:]:
        ways = [(*way, one) for way in ways for one in lower(way[parent])]
    return ways


def site_ways(parents: Parents) -> list[tuple[tuple[Names, bool], ...]]:
    """Every way to hold the sites, "all, present and future" included; first, everybody all."""

    def lower(held: tuple[Names, bool]) -> list[tuple[Names, bool]]:
        sites, every = held
        some = [(one, False) for one in subsets(sites)]
        return [(sites, True), *some] if every else some

    return _descending(parents, [(SITES, True)], lower)


def feature_ways(parents: Parents, of: Names = BOTH) -> list[tuple[Names, ...]]:
    return _descending(parents, subsets(of), subsets)


def only_root_holds(parents: Parents) -> list[tuple[tuple[Names, bool], ...]]:
    return [((SITES, True), *((NONE, False) for _one in parents[1:]))]


def worlds(parents: Parents, sites: list[Any], features: list[Any]) -> Iterator[World]:
    """Each way to hold sites with each way to hold features."""
    for held, codes in product(sites, features):
        people = zip(parents, held, codes, strict=True)
        tree = (Person(parent, "E", *of_sites, some) for parent, of_sites, some in people)
        yield (*tree, *_outside(len(parents)))


def _outside(people: int) -> World:
    x = Person(None, "F", frozenset({FOREIGN}), True, BOTH)
    return x, x._replace(parent=people), Person(None, STAFF)


def with_states(world: World) -> Iterator[World]:
    """As it is, and with each one in turn of the tree disabled, or owing a password."""
    yield world
    for at in range(len(world) - OUTSIDE):
        for state in ({"active": False}, {"owes": True}):
            yield (*world[:at], world[at]._replace(**state), *world[at + 1 :])


@cache
def _exchanges(parents: Parents) -> list[tuple[int, ...]]:
    """Every renaming of the tree's people that leaves the tree as it is."""
    people = range(len(parents))
    return [
        order
        for order in permutations(people)
        if all(_renamed(parents[at], order) == parents[order[at]] for at in people)
    ]


def _renamed(who: int | None, order: tuple[int, ...]) -> int | None:
    return order[who] if who is not None and who < len(order) else who


def once(cases: Iterable[Case]) -> list[Case]:
    """One of each set of cases that an exchange makes of each other."""
    found: dict[Any, Case] = {}
    for case in cases:
        found.setdefault(min(_images(case)), case)
    return list(found.values())


def _images(case: Case) -> Iterator[Any]:
    world, actor, target, act = case
    tree = world[:-OUTSIDE]
    for order in _exchanges(tuple(one.parent for one in tree)):
        back = {new: old for old, new in enumerate(order)}
        for swap in ({}, SWAP):
            people = tuple(_plain(tree[back[at]][2:], swap) for at in range(len(tree)))
            yield people, _renamed(actor, order), _renamed(target, order), _plain(act, swap)


def _plain(values: Iterable[Any], swap: dict[str, str]) -> tuple[Any, ...]:
    """Something that can be compared and sorted."""
    return tuple(
        tuple(sorted(swap.get(one, one) for one in value))
        if isinstance(value, frozenset)
        else str(value)
        for value in values
    )


def manage_alone(parents: Parents) -> list[tuple[Names, ...]]:
    """Every way to hold `manage_administrators` where nobody holds the other feature."""
    return feature_ways(parents, frozenset({MANAGE}))
