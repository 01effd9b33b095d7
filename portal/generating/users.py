"""Writes the people who telephone: each with a device, and a number at the same site."""

from collections.abc import Iterator
from random import Random

from django.db import transaction

from portal.generating import names, rows
from portal.generating.places import Advance
from portal.generating.rows import Columns
from sites.models import Device, DeviceModel, Enterprise, PhoneNumber, Subscriber
from sites.text import fold

GIVE_NUMBERS = """
WITH planned (number, person) AS (VALUES {rows})
UPDATE {numbers} SET subscriber_id = person FROM planned WHERE id = planned.number
"""
Place = tuple[int, int]  # a number and its site


def add_users(enterprise: Enterprise, amount: int, chance: Random, advance: Advance) -> None:
    """That many, who take some of the enterprise's numbers, from all of its sites alike."""
    how = {"maker": "Mesure", "name": "Poste"}
    model, _ = DeviceModel.objects.get_or_create(**how, defaults={"lines": 2})
    person, device = (rows.reserve_ids(kind, amount) for kind in (Subscriber, Device))
    for places in rows.batches(_places(enterprise, amount)):
        people, sites = range(person, person + len(places)), [site for _, site in places]
        with transaction.atomic():
            rows.insert(Subscriber, _people(people, sites, chance), enterprise=enterprise)
            devices = _devices(device, model, people, sites)
            rows.insert(Device, devices, enterprise=enterprise, model=model)
            taken = [(number, pk) for (number, _), pk in zip(places, people, strict=True)]
            rows.execute_with(GIVE_NUMBERS, taken, [], numbers=PhoneNumber._meta.db_table)
        person, device = person + len(places), device + len(places)
        advance(len(places))


def _places(enterprise: Enterprise, amount: int) -> Iterator[Place]:
    """As many numbers as there will be users, as far from each other as there are."""
    numbers = PhoneNumber.objects.filter(enterprise=enterprise).order_by("pk")
    every = list(numbers.values_list("pk", "site"))
    return (every[nth * len(every) // amount] for nth in range(amount))


def _people(ids: range, sites: list[int], chance: Random) -> Columns:
    named = [names.person(pk, chance, (0.0, 1.0)) for pk in ids]
    user_ids = [f"{one.username}@telephone.example" for one in named]
    keys = [fold(f"{one.last} {one.first} {own}") for one, own in zip(named, user_ids, strict=True)]
    return {
        "id": list(ids),
        "site_id": sites,
        "first_name": [one.first for one in named],
        "last_name": [one.last for one in named],
        "user_id": user_ids,
        "search_key": keys,
    }


def _devices(first: int, model: DeviceModel, users: range, sites: list[int]) -> Columns:
    """Their MAC addresses are of the range that no maker owns."""
    ids = range(first, first + len(users))
    macs = [(0x02 << 40 | pk).to_bytes(6, "big").hex(":") for pk in ids]
    return {
        "id": list(ids),
        "site_id": sites,
        "subscriber_id": list(users),
        "mac": macs,
        "search_key": [fold(f"{mac}  {model}") for mac in macs],
    }
