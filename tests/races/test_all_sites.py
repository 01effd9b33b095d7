"""«Tous les sites, présents et à venir» while sites come, and while it begins and ends."""

from pathlib import Path

import pytest

from permissions import delegation
from portal.imports.writing import import_file
from sites.models import Site
from tests.races.racing import People, Race
from tests.races.scene import PEOPLE, Scene
from tests.races.unprotected import without_key, without_locks


def add_and_begin(scene: Scene) -> Race:
    """The carrier opens a site while A begins to hold all."""
    enterprise = scene.world.enterprises["E"]

    def add(people: People) -> None:
        site = Site(enterprise=enterprise, name="Brest", city="Brest")
        delegation.add_site(site, by=people["SU"])

    def begin(people: People) -> None:
        delegation.change_sites(people["A"], all_sites=True, by=people["R"])

    return Race("add site ∥ begin all sites", add, begin)


def test_a_site_comes_while_all_sites_begins(scene: Scene) -> None:
    add_and_begin(scene).check(scene)


def test_a_site_comes_while_all_sites_begins_without_locks(
    scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    race = add_and_begin(scene)
    serial = race.serial(scene)
    without_locks(monkeypatch)
    assert race.fails(scene, serial)


def bring_and_begin(scene: Scene, folder: Path) -> Race:
    """The carrier opens sites by a file while A begins to hold all."""
    enterprise, path = scene.world.enterprises["E"], folder / "sites.csv"
    path.write_text("name;city\nBrest;Brest\nPau;Pau\n")

    def bring(people: People) -> None:
        assert import_file("sites", path, enterprise, by=people["SU"]).added == 2

    def begin(people: People) -> None:
        delegation.change_sites(people["A"], all_sites=True, by=people["R"])

    return Race("file of sites ∥ begin all sites", bring, begin)


def test_sites_come_by_a_file_while_all_sites_begins(scene: Scene, tmp_path: Path) -> None:
    bring_and_begin(scene, tmp_path).check(scene)


def test_sites_come_by_a_file_while_all_sites_begins_without_locks(
    scene: Scene, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    race = bring_and_begin(scene, tmp_path)
    serial = race.serial(scene)
    without_locks(monkeypatch)
    assert race.fails(scene, serial)


def begin_and_end(scene: Scene) -> Race:
    """S1 begins to hold all sites while their parent S ceases to."""
    delegation.change_sites(scene.world["S1"], all_sites=False, by=scene.world["S"])
    scene.keep()

    def begin(people: People) -> None:
        delegation.change_sites(people["S1"], all_sites=True, by=people["S"])

    def end(people: People) -> None:
        delegation.change_sites(people["S"], all_sites=False, by=people["R"])

    return Race("all sites begins (child) ∥ ends (parent)", begin, end)


def test_the_child_begins_while_the_parent_ends(scene: Scene) -> None:
    begin_and_end(scene).check(scene)


def test_the_child_begins_while_the_parent_ends_without_key_and_locks(
    scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    race = begin_and_end(scene)
    serial = race.serial(scene)
    without_locks(monkeypatch)
    with without_key(PEOPLE, "admin_all_sites_within_bound"):
        assert race.fails(scene, serial)


def test_parent_and_child_end_together(scene: Scene) -> None:
    """Both take the same rows, in opposite orders if nothing ordered them.

    Without locks nothing can be told apart: both write the same value. What is tested is that
    nobody is told of a deadlock.
    """
    paris = [scene.world.places["Paris"]]

    def child(people: People) -> None:
        delegation.change_sites(people["S1"], remove=paris, by=people["S"])

    def parent(people: People) -> None:
        delegation.change_sites(people["S"], remove=paris, by=people["R"])

    Race("site taken from child ∥ from parent", child, parent).check(scene)
