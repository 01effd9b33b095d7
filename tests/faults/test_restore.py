"""A backup of a portal at work, restored as docs/operations.md says."""

from pathlib import Path

import pytest

from tests.factories import PASSWORD
from tests.faults.browser import Browser
from tests.faults.cluster import Cluster
from tests.faults.conftest import FILLED
from tests.faults.processes import Portal, manage, portal
from tests.races.figures import count

OFFICE, RESTORED = "office", "restored"
BUILD = "from tests.faults.offices import open_office; open_office()"
EMPTY = "TRUNCATE administrators_administrator, sites_enterprise CASCADE"
GRANTS = "SELECT count(*) FROM permissions_sitegrant"
NEUF = "SELECT id FROM administrators_administrator WHERE username = 'neuf'"
UNSENT = "SELECT count(*) FROM administrators_outgoingmail WHERE sent_at IS NULL"


@pytest.fixture(scope="module")
def office(filled_cluster: Cluster) -> Cluster:
    """The same server, with an enterprise whose audit is whole."""
    url = filled_cluster.copy(FILLED, OFFICE)
    filled_cluster.query(OFFICE, EMPTY)
    manage(url, "shell", "--verbosity", "0", "-c", BUILD)
    return filled_cluster


def sign_in(running: Portal, username: str) -> Browser:
    browser = running.browser()
    typed = {"username": username, "password": PASSWORD}
    assert browser.submit("/sign-in/", **typed).saved
    return browser


def opens(running: Portal, username: str) -> bool:
    typed = {"username": username, "password": PASSWORD}
    return running.browser().submit("/sign-in/", **typed).saved


def dump(office: Cluster) -> str:
    """To a folder that the server's own person may write to."""
    file = str(office.folder / "portal.dump")
    office.run("pg_dump", "--format=custom", "--file", file, *whose(office, OFFICE))
    return file


def whose(office: Cluster, database: str) -> list[str]:
    return ["--host", str(office.folder), "--username", "postgres", "--dbname", database]


def test_restored_and_nothing_old_counts(office: Cluster, tmp_path: Path) -> None:
    url, grants = office.url(OFFICE), office.query(OFFICE, GRANTS)
    with portal(url, tmp_path) as running:
        browsers = [sign_in(running, name) for name in ("racine", "chef")]
        file = dump(office)
        later = sign_in(running, "parti")
        ((pk,),) = office.query(OFFICE, NEUF)
        assert browsers[0].submit(f"/administrators/{pk}/reset-password/").saved
    office.query("postgres", f"CREATE DATABASE {RESTORED}")
    office.run("pg_restore", "--exit-on-error", *whose(office, RESTORED), file)
    assert office.query(RESTORED, GRANTS) == grants
    restored = office.url(RESTORED)
    with portal(restored, tmp_path) as running:
        back = [Browser(running.port, browser.cookies) for browser in (*browsers, later)]
        assert [one.get("/account/").status for one in back] == [200, 200, 302]
        said = manage(restored, "after_restore", "--no-input", "--verbosity", "2").splitlines()
        assert [one.get("/account/").status for one in back] == [302, 302, 302]
        assert not opens(running, "neuf")
        assert all(opens(running, name) for name in ("racine", "chef", "parti"))
    assert said == ["sessions ended: 2, mails kept back: 1, people to reset anew: 1", "neuf"]
    assert "0 sent" in manage(restored, "send_mail_queue")
    assert office.query(RESTORED, UNSENT) == [(0,)]
    assert "no fault" in manage(restored, "check_delegation")
    assert "as stored" in manage(restored, "replay_audit")
    count("restored from a dump", sessions_that_count=0, temporary_passwords=0, mails_sent=0)
