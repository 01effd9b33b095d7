"""Signing in: one answer for every refusal, whatever the reason."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from axes.models import AccessAttempt
from django.contrib.auth.hashers import MD5PasswordHasher
from django.db.models import F
from django.test import Client
from django.urls import reverse

from administrators import services
from administrators.models import Administrator
from permissions.models import Act, AuditEntry
from sites.models import Enterprise
from tests.administrators.signing import (
    HOME,
    SIGN_IN,
    WRONG,
    admitted,
    attempt,
    fail,
    lock,
    seen,
)
from tests.factories import PASSWORD
from tests.matrix.pages import BUTTON, KINDS
from tests.world import World


def nothing(world: World) -> None:
    """As the world is."""


def suspend(world: World) -> None:
    Enterprise.objects.update(is_active=False)


def reset(world: World) -> None:
    services.reset_password(world["B"], by=world["A"])


def use_up(world: World) -> None:
    assert admitted(attempt("user-t"))


def expire(world: World) -> None:
    late = F("password_expires_at") - timedelta(hours=24)
    Administrator.objects.filter(pk=world["T"].pk).update(password_expires_at=late)


REFUSED = [
    pytest.param("nobody.here", PASSWORD, nothing, id="unknown"),
    pytest.param("user-d", PASSWORD, nothing, id="disabled, right password"),
    pytest.param("user-d", WRONG, nothing, id="disabled, wrong password"),
    pytest.param("user-b", PASSWORD, lock, id="locked, right password"),
    pytest.param("user-b", WRONG, lock, id="locked, wrong password"),
    pytest.param("user-b", PASSWORD, suspend, id="enterprise suspended"),
    pytest.param("user-b", PASSWORD, reset, id="reset, the mail not sent yet"),
    pytest.param("user-t", PASSWORD, use_up, id="temporary password used"),
    pytest.param("user-t", PASSWORD, expire, id="temporary password too old"),
    pytest.param("nobody.here" * 5, PASSWORD, nothing, id="a long name"),
    pytest.param("nobody\x00here", PASSWORD, nothing, id="NUL in the name"),
]


@pytest.mark.parametrize(("username", "password", "prepare"), REFUSED)
def test_one_answer_for_every_refusal(
    world: World, username: str, password: str, prepare: Callable[[World], None]
):
    expected = seen(attempt("user-c", WRONG), "user-c")
    prepare(world)
    assert expected[0] == 200
    if "\x00" in username:
        assert attempt(username, password).status_code == 200
    else:
        assert seen(attempt(username, password), username) == expected


@pytest.mark.parametrize(("username", "password", "prepare"), REFUSED[:7])
def test_one_hash_for_every_refusal(
    world: World, monkeypatch: pytest.MonkeyPatch, username, password, prepare
):
    """The time that an answer takes is that of a hash: none may take none, or two."""
    prepare(world)
    hashed, encode = [], MD5PasswordHasher.encode

    def count(self, *args):
        hashed.append(args)
        return encode(self, *args)

    monkeypatch.setattr(MD5PasswordHasher, "encode", count)
    attempt(username, password)
    assert len(hashed) == 1


@pytest.mark.parametrize(("username", "password"), [("user-b", ""), ("", PASSWORD), ("", "")])
def test_what_is_left_empty_is_no_attempt(world: World, username: str, password: str):
    """Somebody who pressed Enter too soon is not told later that they were attacked."""
    assert not admitted(attempt(username, password))
    assert not AuditEntry.objects.exists()
    assert not AccessAttempt.objects.exists()


def test_signing_in(world: World):
    assert attempt("user-b").headers["Location"] == "/"
    row = AuditEntry.objects.get()
    assert (row.act, row.actor, row.target) == (Act.SIGN_IN, world["B"], world["B"])
    assert row.address == HOME


def test_a_failed_attempt_leaves_a_row_without_what_was_typed(world: World):
    attempt("user-b", WRONG)
    attempt("my-password-by-mistake", WRONG)
    rows = list(AuditEntry.objects.order_by("pk"))
    assert [row.target for row in rows] == [world["B"], None]
    assert "mistake" not in str([vars(row) for row in rows])


def test_what_happened_since_the_last_time(world: World):
    attempt("user-b")
    fail("user-b", 3)
    client = Client()
    attempt("user-b", client=client)
    notice = client.session["sign_in_notice"]
    assert notice["failures"] == 3
    assert notice["last"] < notice["last_failure"]


ELSEWHERES = [
    "https://evil.example/",
    "//evil.example",
    "///evil.example",
    "/\\evil.example",
    "/\t/evil.example",
    "\thttps://evil.example",
    "http:///evil.example",
    "https:evil.example",
    "https://testserver@evil.example/",
    "javascript:alert(1)",
]


@pytest.mark.parametrize("target", ELSEWHERES)
def test_next_leads_to_no_other_host(world: World, target: str):
    response = Client().post(SIGN_IN, {"username": "user-b", "password": PASSWORD, "next": target})
    assert (response.status_code, response.headers["Location"]) == (302, "/")


@pytest.mark.parametrize("name", [name for name, kind in KINDS.items() if kind == BUTTON])
def test_next_leads_to_no_button(world: World, name: str):
    """Whoever pressed one after the session ended would see nothing there."""
    typed = {"username": "user-b", "password": PASSWORD, "next": reverse(name)}
    assert Client().post(SIGN_IN, typed).headers["Location"] == "/"


def test_next_leads_to_a_page_of_ours(world: World):
    typed = {"username": "user-b", "password": PASSWORD, "next": "/account/"}
    assert Client().post(SIGN_IN, typed).headers["Location"] == "/account/"


@pytest.mark.parametrize("token", ["", "wrong"])
def test_no_sign_in_without_its_token(world: World, token: str):
    client = Client(enforce_csrf_checks=True)
    client.get(SIGN_IN)
    typed = {"username": "user-b", "password": PASSWORD, "csrfmiddlewaretoken": token}
    assert client.post(SIGN_IN, typed).status_code == 403
    assert "_auth_user_id" not in client.session
