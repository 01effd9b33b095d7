"""Who visits: managers of many sizes of branches, of whom many stand above others."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain, zip_longest
from random import Random

from administrators.models import Administrator
from administrators.paths import ancestors
from permissions.features import FeatureCode
from permissions.models import FeatureGrant
from permissions.scopes import OFFERED
from sites.models import Enterprise, Site
from tests.bench.actors import LEVELS, _branches
from tests.bench.asking import session_of

SIZES = (10, 100, 1_000, 10_000)
CHILDREN = 8  # of one's own, on whom one acts


@dataclass(frozen=True)
class Visitor:
    """Somebody who has signed in, what they may open, and on whom they act."""

    pk: int
    session: str
    below: int
    features: frozenset[str]
    children: tuple[int, ...]
    few_sites: bool


def visitors(enterprise: Enterprise, amount: int, chance: Random) -> list[Visitor]:
    """Those above come first; whoever is above somebody chosen is chosen, too."""
    below = dict(chain.from_iterable(_branches(enterprise, level) for level in LEVELS))
    usable = {pk for pk, size in below.items() if SIZES[0] <= size <= SIZES[-1]} & _managers()
    paths = dict(Administrator.objects.filter(pk__in=usable).values_list("pk", "path"))
    chosen: dict[int, None] = {}
    for pk in _of_all_sizes({pk: below[pk] for pk in sorted(usable)}, chance):
        chosen |= dict.fromkeys(one for one in [*ancestors(paths[pk]), pk] if one in usable)
        if len(chosen) >= amount:
            break
    return _signed_in(list(chosen)[:amount], below, chance)


def _of_all_sizes(below: dict[int, int], chance: Random) -> Iterator[int]:
    """One of each size of branch in turn."""
    pairs = zip(SIZES, SIZES[1:], strict=False)
    groups = [[pk for pk, n in below.items() if low <= n <= high] for low, high in pairs]
    for group in groups:
        chance.shuffle(group)
    return (pk for turn in zip_longest(*groups) for pk in turn if pk is not None)


def _managers() -> set[int]:
    held = FeatureGrant.objects.filter(
        content_object=FeatureCode.MANAGE_ADMINISTRATORS,
        user__is_active=True, user__must_change_password=False,
    )  # fmt: skip
    return set(held.order_by().values_list("user", flat=True))


def _signed_in(chosen: list[int], below: dict[int, int], chance: Random) -> list[Visitor]:
    people = Administrator.objects.in_bulk(chosen)
    features, children = defaultdict(set), defaultdict(list)
    for pk, code in FeatureGrant.objects.filter(user__in=chosen).values_list(
        "user", "content_object"
    ):
        features[pk].add(code)
    for parent, pk in Administrator.objects.filter(parent__in=chosen).values_list("parent", "pk"):
        children[parent].append(pk)
    return [
        Visitor(
            pk, session_of(people[pk]), below[pk], frozenset(features[pk]),
            _acted_on(children[pk], people, chance),
            len(Site.objects.held_by(people[pk])[: OFFERED + 1]) <= OFFERED,
        )
        for pk in chosen
    ]  # fmt: skip


def _acted_on(
    children: list[int], visiting: dict[int, Administrator], chance: Random
) -> tuple[int, ...]:
    """Half of them visit as well, if there are as many: what they lose, they notice."""
    chance.shuffle(children)
    others = [pk for pk in children if pk not in visiting]
    both = [pk for pk in children if pk in visiting][: CHILDREN // 2]
    return tuple(both + others[: CHILDREN - len(both)])
