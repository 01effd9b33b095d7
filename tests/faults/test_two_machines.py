"""Two portals over one database: whichever the balancer takes, it is the same portal."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.faults.browser import Answer, Browser
from tests.faults.cluster import Cluster
from tests.faults.conftest import DATABASE
from tests.faults.processes import Portal, portal
from tests.world import username_of

Pair = tuple[Portal, Portal]
PERSON = "SELECT id, version FROM administrators_administrator WHERE username = %s"
FAILURES = 5


@pytest.fixture
def pair(scratch: Cluster, tmp_path: Path) -> Iterator[Pair]:
    url = scratch.url(DATABASE)
    with portal(url, tmp_path) as one, portal(url, tmp_path) as other:
        yield one, other


def at(machine: Portal, browser: Browser) -> Browser:
    """The same browser with the same cookies, whom the balancer sends to another machine."""
    return Browser(machine.port, browser.cookies)


def press(machine: Portal, browser: Browser, path: str, **data: object) -> Answer:
    """A button, whose form stood on a page of the other machine."""
    token = {"csrfmiddlewaretoken": browser.cookies["csrftoken"]}
    return at(machine, browser).post(path, token | data)


def test_sign_in_here_act_there_sign_out_here(pair: Pair) -> None:
    one, other = pair
    browser = one.browser().sign_in("A")
    assert at(other, browser).submit("/account/", city="Angers").saved
    page = at(one, browser).get("/account/").content.decode()
    assert 'value="Angers"' in page
    kept = Browser(other.port, dict(browser.cookies))
    assert kept.get("/account/").status == 200
    assert press(one, browser, "/sign-out/").saved
    assert kept.get("/account/").location.startswith("/sign-in/")


def test_what_was_chosen_goes_along(scratch: Cluster, pair: Pair) -> None:
    """Theme, language and site; of somebody who is signed in, and of who is not."""
    one, other = pair
    stranger, browser = one.browser(), one.browser().sign_in("A")
    stranger.get("/sign-in/")
    for somebody, path in ((stranger, "/sign-in/"), (browser, "/notes/")):
        assert press(one, somebody, "/theme/", theme="dark").saved
        assert press(one, somebody, "/language/", language="en").saved
        page = at(other, somebody).get(path).content.decode()
        assert 'data-bs-theme="dark"' in page
        assert '<html lang="en"' in page
    sites = dict(scratch.query(DATABASE, "SELECT name, id FROM sites_site"))
    assert press(other, browser, "/sites/chosen/", site=sites["Lyon"]).saved
    assert at(one, browser).get(f"/sites/{sites['Lyon']}/").status == 200
    assert "Lyon" in at(one, browser).get("/notes/").content.decode()


def test_taken_here_is_gone_there(scratch: Cluster, pair: Pair) -> None:
    one, other = pair
    root, loser = one.browser().sign_in("R"), other.browser().sign_in("B")
    assert loser.get("/notes/").status == 200
    ((pk, version),) = scratch.query(DATABASE, PERSON, username_of("B"))
    taken = {"features": ["manage_administrators"], "version": version, "confirmed": "on"}
    shown = {"shown": "manage_administrators,notes"}
    assert press(one, root, f"/administrators/{pk}/features/", **taken, **shown).saved
    assert loser.get("/notes/").status == 403
    done = at(other, root).get(f"/administrators/{pk}/features/")
    assert "notice-success" in done.content.decode(), "what one did, the other tells"


def test_wrong_passwords_are_counted_together(pair: Pair) -> None:
    one, other = pair
    wrong = {"username": username_of("A"), "password": "faux"}
    for number in range(FAILURES):
        assert pair[number % 2].browser().submit("/sign-in/", **wrong).status == 200
    for machine in (one, other):
        with pytest.raises(AssertionError):
            machine.browser().sign_in("A")
        machine.browser().sign_in("B")
