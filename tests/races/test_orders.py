"""Acts that need the same rows in opposite orders, and edits of one page by two people."""

from collections.abc import Iterable

import pytest

from administrators import services
from administrators.models import Administrator
from permissions import acts, delegation
from sites.models import Site
from tests import factories
from tests.races.racing import People, Race
from tests.races.scene import Scene
from tests.races.unprotected import without_branch_locks, without_locks

MANY = 40


def backwards(keys: Iterable[int]) -> list[int]:
    return sorted(keys, reverse=True)


def edits(scene: Scene) -> Race:
    """R and A have opened the same page of B."""
    version = scene.world["B"].version

    def edit(who: str, city: str, people: People) -> None:
        services.update_details(people["B"], {"city": city}, by=people[who], version=version)

    return Race(
        "edit ∥ edit",
        lambda people: edit("R", "Reims", people),
        lambda people: edit("A", "Brest", people),
    )


def test_two_edits_of_one_version(scene: Scene) -> None:
    edits(scene).check(scene)


def test_two_edits_of_one_version_without_locks(
    scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    race = edits(scene)
    serial = race.serial(scene)
    without_locks(monkeypatch)
    assert race.fails(scene, serial)


def nested_branches(scene: Scene) -> Race:
    """R disables A's branch while A disables B's; by name, C comes before B, and B before A."""
    for name, key in {"A": "c", "B": "b", "C": "a"}.items():
        Administrator.objects.filter(pk=scene.world.people[name]).update(search_key=key)
    scene.keep()

    def outer(people: People) -> int:
        return services.disable(people["A"], branch=True, by=people["R"])

    def inner(people: People) -> int:
        return services.disable(people["B"], branch=True, by=people["A"])

    return Race("disable branch ∥ disable branch inside", outer, inner)


def test_nested_branches_disabled(scene: Scene) -> None:
    nested_branches(scene).check(scene)


def test_nested_branches_disabled_without_locks(
    scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    race = nested_branches(scene)
    serial = race.serial(scene)
    without_locks(monkeypatch)
    assert race.fails(scene, serial)


def opposite_sites(scene: Scene) -> Race:
    """R takes sites from A, named in one order, while A gives N the same in the other."""
    ids = many_sites(scene)

    def take(people: People) -> None:
        delegation.change_sites(people["A"], remove=ids, by=people["R"])

    def give(people: People) -> None:
        delegation.change_sites(people["N"], add=list(reversed(ids)), by=people["A"])

    return Race("opposite lock orders", take, give)


def many_sites(scene: Scene) -> list[int]:
    """So many that two acts are long enough at them to meet."""
    site = {"enterprise": scene.world.enterprises["E"], "city": "Brest"}
    made = Site.objects.bulk_create(Site(name=f"Brest {n}", **site) for n in range(MANY))
    for name in ("R", "S", "S1", "A"):
        factories.hold(scene.world[name], made)
    scene.keep()
    return [one.pk for one in made]


def test_opposite_orders(scene: Scene) -> None:
    opposite_sites(scene).check(scene)


def test_opposite_orders_without_order(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without the locks of the branch, the order of the things is what keeps them apart."""
    race = opposite_sites(scene)
    serial = race.serial(scene)
    without_branch_locks(monkeypatch)
    monkeypatch.setattr(delegation, "sorted", backwards, raising=False)
    monkeypatch.setattr(acts, "TRIES", 1)
    assert race.fails(scene, serial)
