"""Signing in: one answer for every refusal, and a limit on wrong passwords."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from axes.models import AccessAttempt
from django.conf import settings as configured
from django.contrib.auth.hashers import MD5PasswordHasher
from django.db.models import F
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from administrators import lockout, services, sign_ins
from administrators.models import Administrator
from permissions.models import Act, AuditEntry
from sites.models import Enterprise
from tests.administrators.signing import (
    ELSEWHERE,
    HOME,
    SIGN_IN,
    WRONG,
    admitted,
    attempt,
    fail,
    seen,
)
from tests.factories import PASSWORD
from tests.matrix.pages import BUTTON, KINDS
from tests.world import World

LIMIT = 5


def nothing(world: World) -> None:
    """As the world is."""


def lock(world: World) -> None:
    fail("user-b", LIMIT)


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


def test_a_reset_ends_the_blocking(world: World):
    """Of that name alone; the new password works at once."""
    lock(world)
    fail("user-c", LIMIT)
    services.reset_password(world["B"], by=world["A"])
    Administrator.objects.filter(pk=world["B"].pk).update(
        password=world["C"].password, password_expires_at=timezone.now() + timedelta(hours=1)
    )
    assert admitted(attempt("user-b"))
    assert not admitted(attempt("user-c"))


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


@pytest.mark.parametrize(("failures", "enters"), [(LIMIT - 1, True), (LIMIT, False)])
def test_the_limit_from_one_address(world: World, failures: int, enters: bool):
    fail("user-b", failures)
    assert admitted(attempt("user-b")) is enters


def test_another_address_can_still_sign_in(world: World):
    fail("user-b", LIMIT + 5)
    assert admitted(attempt("user-b", at=ELSEWHERE))


def test_another_name_can_still_sign_in(world: World):
    fail("user-b", LIMIT + 5)
    assert admitted(attempt("user-c"))


def test_the_block_ends(world: World):
    fail("user-b", LIMIT)
    late = F("attempt_time") - configured.AXES_COOLOFF_TIME
    AccessAttempt.objects.update(attempt_time=late)
    assert admitted(attempt("user-b"))


def test_one_address_alone_blocks_nobody_elsewhere(world: World, settings):
    """What is tried while a name is blocked is not counted."""
    settings.PORTAL_NAME_FAILURE_LIMIT = LIMIT + 1
    fail("user-b", 3 * LIMIT, at=ELSEWHERE)
    assert admitted(attempt("user-b", at=HOME))


def test_whoever_tries_again_meanwhile_waits_no_longer(world: World):
    fail("user-b", LIMIT)
    for minutes in (10, 6):
        assert not admitted(attempt("user-b"))
        AccessAttempt.objects.update(attempt_time=F("attempt_time") - timedelta(minutes=minutes))
    assert admitted(attempt("user-b"))


def test_success_begins_the_count_anew(world: World):
    for _ in range(2):
        fail("user-b", LIMIT - 1)
        assert admitted(attempt("user-b"))


@pytest.mark.parametrize("spelling", ["USER-B", " user-b ", "\uff55ser-b", "User-b\t"])
def test_spellings_of_a_name_count_together(world: World, spelling: str):
    fail("user-b", LIMIT - 1)
    fail(spelling, 1)
    assert not admitted(attempt("user-b"))


@pytest.mark.parametrize("name", ["HTTP_X_FORWARDED_FOR", "HTTP_X_REAL_IP", "HTTP_FORWARDED"])
def test_a_forged_header_does_not_help(world: World, name: str):
    for number in range(LIMIT):
        attempt("user-b", WRONG, **{name: f"203.0.113.{number}"})
    assert not admitted(attempt("user-b", **{name: "203.0.113.200"}))


@pytest.mark.parametrize(
    ("forwarded", "enters"),
    [("{spoof}, 203.0.113.9", False), ("203.0.113.9, {spoof}", True)],
    ids=["only what our proxy added is believed", "another address"],
)
def test_behind_our_own_proxy(world: World, settings, forwarded: str, enters: bool):
    settings.PORTAL_PROXIES = 1
    for number in range(LIMIT):
        header = forwarded.format(spoof=f"198.51.100.{number}")
        attempt("user-b", WRONG, HTTP_X_FORWARDED_FOR=header)
    header = forwarded.format(spoof="198.51.100.200")
    assert admitted(attempt("user-b", HTTP_X_FORWARDED_FOR=header)) is enters


@pytest.fixture
def attacked(world: World, settings) -> World:
    """B signed in from home; then the name was tried from many addresses."""
    assert configured.PORTAL_NAME_FAILURE_LIMIT == 50
    settings.PORTAL_NAME_FAILURE_LIMIT = 6
    assert admitted(attempt("user-b"))
    for number in range(6):
        fail("user-b", 1, at=f"203.0.113.{number}")
    return world


def test_a_name_is_limited_whatever_the_address(attacked: World):
    assert not admitted(attempt("user-b", at=ELSEWHERE))


def test_nobody_can_be_locked_out_on_purpose(attacked: World):
    assert admitted(attempt("user-b", at=HOME))


def test_an_address_is_known_for_one_person(attacked: World):
    assert admitted(attempt("user-c", at=ELSEWHERE))
    assert not admitted(attempt("user-b", at=ELSEWHERE))


def test_an_address_is_known_for_thirty_days(attacked: World, monkeypatch: pytest.MonkeyPatch):
    """The audit cannot be made older than it is: the limit is brought nearer."""
    assert lockout.KNOWN_FOR.days == 30
    monkeypatch.setattr(lockout, "KNOWN_FOR", timedelta())
    assert not admitted(attempt("user-b", at=HOME))


@pytest.fixture
def sprayed(world: World, settings) -> World:
    """C signed in from an address, from which one password was then tried on many names."""
    assert configured.PORTAL_ADDRESS_FAILURE_LIMIT == 100
    settings.PORTAL_ADDRESS_FAILURE_LIMIT = 6
    assert admitted(attempt("user-c", at=ELSEWHERE))
    for number in range(6):
        fail(f"name-{number}", 1, at=ELSEWHERE)
    return world


def test_one_password_is_not_tried_on_all_names(sprayed: World):
    assert not admitted(attempt("user-b", at=ELSEWHERE))
    assert admitted(attempt("user-b", at=HOME))


def test_a_colleague_behind_the_same_address_locks_nobody_out(sprayed: World):
    assert admitted(attempt("user-c", at=ELSEWHERE))


@pytest.mark.parametrize("name", ["user-b", "nobody.here"])
def test_nobody_fills_the_audit(world: World, monkeypatch: pytest.MonkeyPatch, name: str):
    """Its rows stay for ever, and are somebody's history."""
    monkeypatch.setattr(sign_ins, "RECORDED", 3)
    fail(name, 5)
    fail("user-c", 1)
    failed = AuditEntry.objects.filter(act=Act.SIGN_IN_FAILED)
    names = [world.name_of(pk) if pk else "" for pk in failed.values_list("target", flat=True)]
    assert sorted(names) == sorted(["C", *(3 * ["B" if name == "user-b" else ""])])


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
