"""A whole enterprise, from nothing but its sizes."""

from collections.abc import Iterable
from random import Random

from portal.generating import places, rows
from portal.generating.people import People
from portal.generating.places import Advance
from portal.generating.trees import Planned, grow
from sites.models import Enterprise

WHOLE_ALPHABET = (0.0, 1.0)


def add_enterprise(
    name: str,
    *,
    administrators: int,
    sites: int,
    numbers: int,
    depth: int,
    seed: int,
    related_names: bool = False,
    advance: Advance = lambda rows: None,
) -> Enterprise:
    """The same arguments give the same enterprise, but for ids and dates.

    With `related_names` the branches below the root share out the alphabet among themselves.
    Raises NoNumbersLeft.
    """
    chance = Random(f"{seed} {name}")  # noqa: S311 - nothing secret comes from it
    enterprise = Enterprise.objects.create(name=name)
    ids = places.add_sites(enterprise, sites, chance, advance)
    plan: Iterable[Planned] = grow(administrators, sites, depth, chance)
    if not related_names:
        plan = (one._replace(stretch=WHOLE_ALPHABET) for one in plan)
    people = People(enterprise, ids, administrators, chance)
    for nth, planned in enumerate(rows.batches(plan)):
        people.add(planned)
        if nth == 0:  # the plan of the keys' checks is made for what is there when it is made
            rows.analyze()
        advance(len(planned))
    places.add_numbers(enterprise, ids, numbers, chance, advance)
    return enterprise
