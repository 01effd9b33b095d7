"""SQLite with several writers: nobody sees "database is locked" (ATTACKS 34)."""

import sqlite3
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from tests.faults.browser import Browser, form
from tests.faults.clerks import creating
from tests.faults.processes import Portal, fill, manage, portal, process
from tests.races.figures import LONG, count

WRITERS, WRITES = 6, 250 if LONG else 12
SENDER = "manage.py send_mail_queue --loop --every 0.05"


def write(browser: Browser, letter: str, paris: int) -> list[int]:
    """The answers to one person after the other being created."""
    work, answers = creating(letter, paris), []
    for number in range(WRITES):
        path, changes, _mark = work(number)
        page = browser.get(path)
        data = form(page)
        data |= changes(data, page.content.decode())
        answers.append(browser.post(path, data).status)
    return answers


def test_several_writers(tmp_path: Path) -> None:
    """Two workers with threads, a sender of mails, and six people who write at once."""
    url = f"sqlite:///{tmp_path}/portal.sqlite3"
    fill(url)
    with (
        portal(url, tmp_path, threads=4) as running,
        process(SENDER.split(), url, tmp_path / "sender.log") as sender,
    ):
        answers = written(running, one(tmp_path, "SELECT id FROM sites_site WHERE name = 'Paris'"))
        assert sender.poll() is None, (tmp_path / "sender.log").read_text()
    created = one(
        tmp_path, "SELECT count(*) FROM administrators_administrator WHERE username LIKE 'new-%'"
    )
    count("SQLite writers", writers=WRITERS, acknowledged=answers.count(302), created=created)
    assert set(answers) == {302}
    assert created == len(answers) == WRITERS * WRITES
    assert "locked" not in running.log.read_text()
    assert "no fault" in manage(url, "check_delegation")


def written(running: Portal, paris: int) -> list[int]:
    people = [running.browser().sign_in("RASB"[n % 4]) for n in range(WRITERS)]
    with ThreadPoolExecutor(WRITERS) as pool:
        each = pool.map(lambda n: write(people[n], f"w{n}", paris), range(WRITERS))
        return [status for answers in each for status in answers]


def one(folder: Path, sql: str) -> int:
    connection = sqlite3.connect(folder / "portal.sqlite3")
    try:
        return connection.execute(sql).fetchone()[0]
    finally:
        connection.close()
