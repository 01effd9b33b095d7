"""The shape of a generated enterprise: who is below whom, and who holds what.

Trees are skewed, as those of real enterprises: each first branch is larger than the second. The
sites that somebody holds follow each other, so that containment is a matter of two numbers.
"""

from collections import deque
from collections.abc import Iterator
from itertools import count
from random import Random
from typing import NamedTuple

from permissions.features import FeatureCode

ALL_FEATURES = (1 << len(FeatureCode)) - 1
MANAGES = 1 << list(FeatureCode).index(FeatureCode.MANAGE_ADMINISTRATORS)
KEPT_BY_MANAGERS, KEPT_BY_OTHERS = 0.9, 0.4  # chance of each of the parent's features
HOLDS_NOTHING = 0.02  # of those who have nobody below them
HOLDERS_OF_ALL = {1, 5}  # numbers of the people who hold all sites, beside the root
WHOLE_ALPHABET = (0.0, 1.0)
SHARE = 0.8  # a branch of a tenth of the people holds 0.1 ** SHARE of the sites


class Planned(NamedTuple):
    """Somebody to be written; `parent` is planned before; the root has none.

    `size` is how many will be below; `first` and `sites` are a stretch of the enterprise's sites;
    bit n of `features` is the n-th feature; `stretch` is the part of the alphabet of their names.
    """

    number: int
    parent: "Planned | None"
    level: int
    size: int
    first: int
    sites: int
    features: int
    all_sites: bool
    stretch: tuple[float, float]


def grow(
    people: int, sites: int, depth: int, chance: Random, *, related_names: bool = False
) -> Iterator[Planned]:
    """That many people in at most `depth` levels, level by level, the root first."""
    root = Planned(0, None, 0, people - 1, 0, sites, ALL_FEATURES, True, WHOLE_ALPHABET)
    waiting, numbers = deque([root]), count(1)
    while waiting:
        yield (parent := waiting.popleft())
        sizes = branches(parent.size, depth - 1 - parent.level)
        for nth, size in enumerate(sizes):
            stretch = parent.stretch
            if related_names and not parent.level:
                stretch = (nth / len(sizes), (nth + 1) / len(sizes))
            share = min(1.0, ((size + 1) / people) ** SHARE * chance.uniform(0.7, 1.3))
            waiting.append(_child(parent, next(numbers), size, share * sites, stretch, chance))


def branches(size: int, levels: int) -> list[int]:
    """How `size` people are shared out: how many each child will have below, the largest first."""
    if levels <= 1 or size <= 2:
        return [0] * size
    children = min(size, max(2, round(2 * size ** (1 / levels))))
    weights = [1 / (nth + 1) for nth in range(children)]
    below = [int((size - children) * weight / sum(weights)) for weight in weights]
    below[0] += size - children - sum(below)
    return below


def _child(
    parent: Planned,
    number: int,
    size: int,
    wanted: float,
    stretch: tuple[float, float],
    chance: Random,
) -> Planned:
    everything = parent.all_sites and number in HOLDERS_OF_ALL
    held = parent.sites if everything else min(parent.sites, max(1, round(wanted)))
    if not size and chance.random() < HOLDS_NOTHING:
        held = 0
    first = parent.first + chance.randrange(parent.sites - held + 1)
    features = _some(parent.features, KEPT_BY_MANAGERS if size else KEPT_BY_OTHERS, chance)
    if size:
        features |= MANAGES
    return Planned(
        number, parent, parent.level + 1, size, first, held, features, everything, stretch
    )


def _some(features: int, kept: float, chance: Random) -> int:
    bits = (1 << nth for nth in range(len(FeatureCode)))
    return sum(bit for bit in bits if features & bit and chance.random() < kept)
