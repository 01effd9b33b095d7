"""Who visits: managers of many sizes of branches, of whom many stand above others."""

from collections import defaultdict
from collections.abc import Iterator
from itertools import pairwise, zip_longest
from random import Random

from django.conf import settings
from django.contrib.auth.hashers import make_password

from administrators.models import Administrator
from administrators.paths import ancestors
from permissions.features import FeatureCode
from permissions.models import FeatureGrant
from permissions.scopes import OFFERED
from sites.models import Enterprise, Site
from tests.bench.actors import LEVELS, branches
from tests.bench.asking import session_of
from tests.bench.load.handed import PASSWORD, Visitor

SIZES = (10, 100, 1_000, 10_000)
CHILDREN, SHARED = 4, 2  # on whom one acts: of one's own, and of those of somebody below


def visitors(enterprise: Enterprise, amount: int, chance: Random) -> list[Visitor]:
    """Those above come first; whoever is above somebody chosen is chosen, too."""
    below = _sizes(enterprise)
    usable = {pk for pk, size in below.items() if SIZES[0] <= size <= SIZES[-1]} & _managers()
    paths = dict(Administrator.objects.filter(pk__in=usable).values_list("pk", "path"))
    chosen: dict[int, None] = {}
    for pk in _of_all_sizes({pk: below[pk] for pk in sorted(usable)}, chance):
        chosen |= dict.fromkeys(one for one in [*ancestors(paths[pk]), pk] if one in usable)
        if len(chosen) >= amount:
            break
    return _signed_in(list(chosen)[:amount], below, chance)


def _sizes(enterprise: Enterprise) -> dict[int, int]:
    """How many are below each person who has anybody."""
    found: dict[int, int] = {}
    for level in LEVELS:
        rows = branches(enterprise, level).values_list("above", "size")
        found |= {ancestors(above)[0]: size for above, size in rows}
    return found


def _of_all_sizes(below: dict[int, int], chance: Random) -> Iterator[int]:
    """One of each size of branch in turn."""
    groups = [[pk for pk, n in below.items() if low <= n <= high] for low, high in pairwise(SIZES)]
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
    Administrator.objects.filter(pk__in=chosen).update(password=make_password(PASSWORD))
    people = Administrator.objects.in_bulk(chosen)
    features, acted_on = _features(chosen), _acted_on(people, chance)
    return [
        Visitor(
            pk, people[pk].username, (settings.SESSION_COOKIE_NAME, session_of(people[pk])),
            below[pk], features[pk], acted_on[pk],
            Site.objects.held_by(people[pk])[: OFFERED + 1].count() <= OFFERED,
        )
        for pk in chosen
    ]  # fmt: skip


def _features(chosen: list[int]) -> dict[int, list[str]]:
    held = FeatureGrant.objects.filter(user__in=chosen).order_by("content_object")
    found = defaultdict(list)
    for pk, code in held.values_list("user", "content_object"):
        found[pk].append(code)
    return found


def _acted_on(visiting: dict[int, Administrator], chance: Random) -> dict[int, list[int]]:
    """Children, some of whom visit as well, and some on whom a visitor below acts at that time."""
    children = _children(visiting, chance)
    shared = defaultdict(list)
    for pk, person in visiting.items():
        for above in set(ancestors(person.path)) & set(visiting):
            shared[above].append(children[pk][0])
    return {pk: own + shared[pk][:SHARED] for pk, own in children.items()}


def _children(visiting: dict[int, Administrator], chance: Random) -> dict[int, list[int]]:
    """Half of them visit, if there are as many: what they lose, they notice."""
    found = defaultdict(list)
    people = Administrator.objects.filter(parent__in=visiting).order_by("pk")
    for parent, pk in people.values_list("parent", "pk"):
        found[parent].append(pk)
    for pks in found.values():
        chance.shuffle(pks)
    both = {pk: [one for one in pks if one in visiting] for pk, pks in found.items()}
    others = {pk: [one for one in pks if one not in visiting] for pk, pks in found.items()}
    return {pk: (both[pk][: CHILDREN // 2] + others[pk])[:CHILDREN] for pk in found}
