"""A limit on wrong passwords: of a name from an address, of a name, of an address (decision 7)."""

from datetime import timedelta

import pytest
from axes.models import AccessAttempt
from django.conf import settings as configured
from django.db.models import F
from django.utils import timezone

from administrators import lockout, services, sign_ins
from administrators.models import Administrator
from permissions.models import Act, AuditEntry
from tests.administrators.signing import (
    ELSEWHERE,
    HOME,
    LIMIT,
    WRONG,
    admitted,
    attempt,
    fail,
    lock,
)
from tests.world import World


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
