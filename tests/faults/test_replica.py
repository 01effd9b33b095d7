"""Lists read from a replica that is late on purpose: never what was taken, always what was done.

The log of the replica says which lists it was asked for.
"""

import random
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from tests.faults.cluster import Cluster
from tests.faults.moments import first_waiting, locked_there, until
from tests.faults.processes import manage, portal
from tests.faults.replicated import DATABASE, Town, town
from tests.faults.standby import Standby, standby_of
from tests.faults.walking import Walk
from tests.races.figures import LONG, count

STEPS = 700 if LONG else 40
NOTES, NUMBERS, PEOPLE = "sites_note", "sites_phonenumber", "administrators_administrator"
ASSIGNED = "/assignments/numbers/?use=assigned"
IMPORTED = "+33199001234"
SHOWN = "01 99 00 12 34"


@pytest.fixture(scope="module")
def standby(filled_cluster: Cluster) -> Iterator[Standby]:
    with standby_of(filled_cluster) as made:
        yield made


@pytest.fixture(scope="module")
def place(
    filled_cluster: Cluster, standby: Standby, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Town]:
    with town(filled_cluster, standby, tmp_path_factory.mktemp("town")) as made:
        yield made


def site_taken(place: Town) -> bool:
    sites = {"picker-removed": place.site("Lille")}
    return place.on_person("R", "B", "sites", **sites).saved


def child_disabled(place: Town) -> bool:
    return place.on_person("R", "Z", "disable", branch="person").saved


def number_assigned(place: Town) -> bool:
    lyon = place.site("Lyon")
    number = place.one("SELECT id FROM sites_phonenumber WHERE site_id = %s", lyon)
    to = place.one("SELECT id FROM sites_subscriber WHERE site_id = %s", lyon)
    return place.post("R", f"/assignments/numbers/{number}/assign/", to=to).saved


def site_closed(place: Town) -> bool:
    """By the carrier, who belongs to no enterprise."""
    page = f"/admin/sites/site/{place.site('Nice')}/change/"
    return place.post("SU", page, name="Nice", country="FR", confirmed="on").saved


def number_imported(place: Town) -> bool:
    """By a command, on a machine where nobody set that there is a replica."""
    file = place.running.log.parent / "numbers.csv"
    file.write_text(f"site;number\nParis;{IMPORTED}\n")
    command = ["import_inventory", "numbers", str(file), "--enterprise", "Enterprise E"]
    return "1" in manage(place.primary.url(DATABASE), *command)


class Case(NamedTuple):
    """Who does what; whose list of which rows then has a text, or has it no more."""

    act: Callable[[Town], bool]
    reader: str
    path: str
    table: str
    text: str
    appears: bool = True


CASES = {
    "a site taken away": Case(site_taken, "B", "/notes/", NOTES, "Remarque de Lille", False),
    "a child disabled": Case(
        child_disabled, "R", "/administrators/?state=disabled", PEOPLE, "user-z"
    ),
    "one's own note": Case(
        lambda place: place.write_note("A", "Paris", "De moi"), "A", "/notes/", NOTES, "De moi"
    ),
    "somebody else's note": Case(
        lambda place: place.write_note("N", "Nantes", "De N"), "A", "/notes/", NOTES, "De N"
    ),
    "one's own assignment": Case(number_assigned, "R", ASSIGNED, NUMBERS, "Dupont Lyon"),
    "a site closed": Case(site_closed, "S", "/notes/", NOTES, "Remarque de Nice", False),
    "a file imported": Case(number_imported, "R", "/assignments/numbers/", NUMBERS, SHOWN),
}


def test_what_was_done_is_in_the_next_list(place: Town) -> None:
    """Read from the replica before and after, from the primary while that lacks it."""
    for name, case in CASES.items():
        place.at(case.reader)
        place.standby.catch_up_with(place.primary)
        assert answered(place, case) == ("replica", not case.appears), name
        with place.standing_still():
            assert case.act(place), name
            assert answered(place, case) == ("primary", case.appears), name
        assert answered(place, case) == ("replica", case.appears), name


def answered(place: Town, case: Case) -> tuple[str, bool]:
    """Which of them was asked for the list, and whether it has the text."""
    before = place.asked(case.table)
    shown = place.shows(case.reader, case.path, case.text)
    return "replica" if place.asked(case.table) > before else "primary", shown


def test_only_the_rows_of_lists_are_read_there(place: Town) -> None:
    """Who asks, what they may, forms, what stands around a page, and files are the primary's."""
    place.at("R")
    place.standby.catch_up_with(place.primary)
    before = asked_for(place)
    pages = ["/notes/add/", "/account/", "/dashboard/", "/notes/?export=csv", "/reports/"]
    assert [place.at("R").get(page).status for page in pages] == [200] * len(pages)
    assert asked_for(place) == before
    assert place.at("R").get("/notes/").status == 200
    assert asked_for(place) == [before[0] + 1, *before[1:]]


def asked_for(place: Town) -> list[int]:
    """The texts of notes first; then what no list shows."""
    tables = ("django_session", "permissions_featuregrant")
    texts = place.standby.statements('"sites_note"."text"')
    return [texts, *map(place.asked, tables)]


def test_another_order_of_commits(place: Town) -> None:
    """Of two acts the replica has the first, the primary shows the second: counts, not sums.

    The first waits for a standby that does not exist; the second, like all others, for none.
    """
    place.at("A")
    seen, sums_alike = [], 0
    with first_waiting(place), place.standby.late_by(1500):
        time.sleep(1)
        assert place.write_note("A", "Paris", "Le second")
        for _ in until(2.5):
            seen.append(place.shows("A", "/notes/", "Le second"))
            sums_alike += sums_say_the_same(place)
    assert sums_alike
    assert all(seen)


def sums_say_the_same(place: Town) -> bool:
    """Although the note is not there."""
    total, note = (
        "SELECT sum(count) FROM permissions_actcount",
        "SELECT count(*) FROM sites_note WHERE text = 'Le second'",
    )
    here, there = (one.query(DATABASE, total) for one in (place.primary, place.standby))
    return here == there and place.standby.query(DATABASE, note) == [(0,)]


def test_the_replica_breaks_off(place: Town) -> None:
    """It said that it lacks nothing, and then does not give the list: the primary does."""
    place.at("A")
    with locked_there(place, NOTES):
        before = place.asked(NOTES)
        assert place.shows("A", "/notes/", "Remarque de Paris")
        assert place.asked(NOTES) == before + 1


def test_a_walk(place: Town, tmp_path: Path) -> None:
    """Through psycopg's pool too: workers with threads, which share connections to both."""
    url = place.primary.url(DATABASE)
    there = {"REPLICA_URL": place.standby.url(DATABASE), "DATABASE_POOL": "3"}
    with (
        portal(url, tmp_path, threads=4, **there) as late,
        portal(url, tmp_path) as alone,
        place.standby.late_by(150),
    ):
        walk = Walk(place, late, alone, random.Random(5))
        for number in range(STEPS):
            walk.step(number)
    found = {"read": walk.read, "from_the_replica": walk.there, "stale": len(walk.stale)}
    count("lists with a late replica", steps=STEPS, **found)
    assert not walk.stale
    assert 0 < walk.there < walk.read


def test_the_replica_is_gone(place: Town) -> None:
    """Nobody notices: the same pages, from the primary."""
    place.at("A")
    place.standby.crash()
    try:
        pages = [place.at("A").get("/notes/") for _ in range(20)]
        assert place.write_note("A", "Paris", "Sans réplica")
        assert place.shows("A", "/notes/", "Sans réplica")
    finally:
        place.standby.start()
    assert {page.status for page in pages} == {200}
