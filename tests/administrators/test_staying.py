"""What a page asks when somebody wants to go on: it keeps the session and gives its token."""

import time

import pytest
from django.test import Client
from django.urls import reverse

from administrators.middleware import SEEN, STARTED
from tests import visitors
from tests.world import World

STAY = "/stay/"
HOUR = 3600


def set_back(client, **seconds: int) -> None:
    session = client.session
    for name, value in seconds.items():
        session[name] = int(time.time()) - value
    session.save()


def test_it_says_who_is_here_and_for_how_long(world: World) -> None:
    client = visitors.visitor(world["A"])
    set_back(client, **{STARTED: 11 * HOUR, SEEN: 10})
    answer = client.get(STAY)
    assert "no-store" in answer.headers["Cache-Control"]
    found = answer.json()
    assert found["person"] == world["A"].pk
    assert HOUR - 10 < found["left"] <= HOUR


def test_it_keeps_the_session(world: World) -> None:
    client = visitors.visitor(world["A"])
    for _turn in range(3):
        set_back(client, **{SEEN: 50 * 60})
        assert client.get(STAY).status_code == 200


@pytest.mark.parametrize("idle", [{SEEN: HOUR + 1}, {STARTED: 12 * HOUR + 1}])
def test_it_brings_no_session_back(world: World, idle: dict[str, int]) -> None:
    client = visitors.visitor(world["A"])
    set_back(client, **{SEEN: 0, STARTED: 0, **idle})
    assert client.get(STAY).status_code == 302


def test_its_token_is_taken(world: World) -> None:
    client = visitors.visitor(world["A"])
    client.handler.enforce_csrf_checks = True
    token = client.get(STAY).json()["token"]
    details = {"theme": "dark", "csrfmiddlewaretoken": token}
    assert client.post("/theme/", details).status_code == 302
    assert client.post("/theme/", details | {"csrfmiddlewaretoken": "x" * 64}).status_code == 403


@pytest.mark.parametrize("url", ["/account/", "/administrators/", "/nowhere/"])
def test_pages_know_when_the_session_ends(world: World, url: str) -> None:
    page = visitors.visitor(world["A"]).get(url).content.decode()
    assert f'data-person="{world["A"].pk}"' in page
    assert 'data-idle="3600"' in page
    assert 'data-left="43200"' in page or 'data-left="43199"' in page


@pytest.mark.parametrize("url", ["/sign-in/", "/privacy/"])
def test_who_is_not_signed_in_is_told_nothing(url: str, db: None) -> None:
    assert b"data-session" not in visitors.visitor().get(url).content


def test_the_pages_of_the_carrier_say_when_the_session_ends(staff: Client) -> None:
    """As those of the portal do (decision 11); a window that a form opens does not."""
    page = staff.get(reverse("admin:index")).text
    assert 'data-session="/stay/"' in page
    assert "portal/session.js" in page
    assert 'data-session="/stay/"' not in staff.get("/admin/sites/enterprise/add/?_popup=1").text
