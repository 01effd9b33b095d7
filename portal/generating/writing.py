"""A whole enterprise, from nothing but its sizes."""

from random import Random

from portal.generating import activity, places, rows
from portal.generating.people import People
from portal.generating.places import Advance
from portal.generating.trees import grow
from portal.generating.users import add_users
from sites.models import Enterprise


def add_enterprise(
    name: str,
    *,
    administrators: int,
    sites: int,
    numbers: int,
    depth: int,
    seed: int,
    users: int = 0,
    calls: int = 0,
    acts: int = 0,
    related_names: bool = False,
    advance: Advance = lambda amount: None,
) -> Enterprise:
    """The same arguments give the same enterprise, but for ids and dates.

    With `related_names` the branches below the root share out the alphabet among themselves.
    `users` are people who telephone, at most one for each number; `acts` are rows of the audit.
    Raises NoNumbersLeft, before anything is written.
    """
    places.check_numbers(numbers)
    chance = Random(f"{seed} {name}")  # noqa: S311 - nothing secret comes from it
    enterprise = Enterprise.objects.create(name=name)
    ids = places.add_sites(enterprise, sites, chance, advance)
    plan = grow(administrators, sites, depth, chance, related_names=related_names)
    people = People(enterprise, ids, administrators, chance)
    for nth, (planned, columns) in enumerate(rows.ahead(people.invented(plan))):
        people.add(planned, columns)
        if nth == 0 and administrators > rows.BATCH:
            rows.analyze()  # the keys' checks keep the plan made for what was there
        advance(len(planned))
    places.add_numbers(enterprise, ids, numbers, chance, advance)
    if users:
        add_users(enterprise, users, chance, advance)
    activity.add_calls(enterprise, ids, calls, chance, advance)
    activity.add_acts(enterprise, acts, chance, advance)
    return enterprise
