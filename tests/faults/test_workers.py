"""Workers and the database killed while people write (ATTACKS 35, 36)."""

import os
import random
import signal
import time

import pytest

from tests.faults.books import Books
from tests.faults.browser import Browser, NoAnswer
from tests.faults.clerks import Clerk, Ledger, clerks
from tests.faults.cluster import Cluster
from tests.faults.conftest import DATABASE
from tests.faults.processes import PATIENCE, Portal
from tests.races.figures import LONG, count
from tests.world import username_of

KILLS = 300 if LONG else 15
CRASHES = 30 if LONG else 3
BETWEEN = 0.2  # seconds at most, so that it happens anywhere in a request


@pytest.fixture
def people(scratch: Cluster) -> dict[str, int]:
    found = dict(scratch.query(DATABASE, "SELECT username, id FROM administrators_administrator"))
    return {name: found[username_of(name)] for name in "ABCN"}


@pytest.fixture
def paris(scratch: Cluster) -> int:
    return scratch.query(DATABASE, "SELECT id FROM sites_site WHERE name = 'Paris'")[0][0]


def test_workers_killed(
    scratch: Cluster, running: Portal, people: dict[str, int], paris: int
) -> None:
    before, chance = Books(scratch, Ledger()).holders(), random.Random(1)
    with clerks(running, people, paris) as (ledger, team):
        for _ in range(KILLS):
            wait_for_more(ledger, 1)
            time.sleep(chance.uniform(0, BETWEEN))
            kill_a_worker(running, chance)
        works_again(team, ledger)
    settle("workers killed with -9", scratch, ledger, people, before, kills=KILLS)
    assert set(ledger.answers) == {302}


def test_the_database_crashes(
    scratch: Cluster, running: Portal, people: dict[str, int], paris: int
) -> None:
    before, chance = Books(scratch, Ledger()).holders(), random.Random(2)
    with clerks(running, people, paris) as (ledger, team):
        for _ in range(CRASHES):
            time.sleep(chance.uniform(0, BETWEEN))
            scratch.crash()
            assert_the_503_page(running)
            scratch.start()
            works_again(team, ledger)
    settle("database crashed", scratch, ledger, people, before, crashes=CRASHES)
    assert set(ledger.answers) == {302, 503}


def kill_a_worker(running: Portal, chance: random.Random) -> None:
    """Whichever lives just now; the master begins another."""
    until = time.monotonic() + PATIENCE
    while not (workers := running.workers()) and time.monotonic() < until:
        time.sleep(0.01)
    os.kill(chance.choice(workers), signal.SIGKILL)


def assert_the_503_page(running: Portal) -> None:
    answer = running.browser().get("/sign-in/")
    while answer.status == 200:  # the page itself needs no database until somebody is known
        answer = running.browser().submit("/sign-in/", username="user-r", password="x")
    page = answer.content.decode()
    assert answer.status == 503
    assert answer.headers["Retry-After"]
    assert "Rien n’a été enregistré" in page


def works_again(team: list[Clerk], ledger: Ledger) -> None:
    """Nobody has to sign in again: every session goes on, and writing is acknowledged again."""
    wait_for_more(ledger, len(team))
    for clerk in team:
        browser = copy_of(clerk.browser)
        try:
            assert browser.get("/account/").status == 200
        except NoAnswer:
            pytest.fail("no answer after everything was started again")


def copy_of(browser: Browser) -> Browser:
    """The clerk goes on with the other one meanwhile."""
    return Browser(browser.port, dict(browser.cookies))


def wait_for_more(ledger: Ledger, number: int) -> None:
    """Until that many more writes were acknowledged."""
    wanted, until = len(ledger.acknowledged) + number, time.monotonic() + PATIENCE
    while len(ledger.acknowledged) < wanted and time.monotonic() < until:
        time.sleep(0.01)
    assert len(ledger.acknowledged) >= wanted, ledger.wrong


def settle(
    name: str, scratch: Cluster, ledger: Ledger, people: dict[str, int], before: set[int],
    **figures: int,
) -> None:  # fmt: skip
    books = Books(scratch, ledger)
    books.balance(people, before)
    told = {"acknowledged": len(ledger.acknowledged), "unanswered": len(ledger.open)}
    told |= {"lost": len(books.lost), "doubled": len(books.doubled), "half": len(books.half)}
    told |= {"answered 503": ledger.answers.get(503, 0)}
    count(name, **figures, **told, **{"503 but saved": books.saved_all_the_same})
    assert not ledger.wrong, ledger.wrong[0]
    assert (books.lost, books.doubled, books.half) == ([], [], [])
    assert books.sound()
