"""Enabling: one person, or with them those whom the same act disabled; nobody else comes back."""

from datetime import timedelta
from unittest.mock import patch

import pytest
from django.utils import timezone

from administrators import services
from administrators.models import Administrator, OutgoingMail
from permissions import audit
from permissions.errors import OutOfScope
from permissions.models import Act, AuditEntry
from tests.permissions.acting import refusals, state
from tests.world import EVERYBODY, World

# What was done before, each by R; "B+" is the whole branch, "+" before somebody enables them.
# Then who is enabled, with whom: exactly these come back.
ENABLED = [
    ("A", "A", False, "A"),
    ("A+", "A", False, "A"),
    ("A+", "A", True, "A B N T C M W V"),  # D was disabled by nobody
    ("C A+", "A", True, "A B N T M W V"),  # C was disabled before
    ("A+ +C C", "A", True, "A B N T M W V"),  # C came back, and was disabled again
    ("A+ +C", "A", True, "A B N T M W V"),  # C is active already
    ("A+ +B+", "A", True, "A N T M W V"),
    ("A+", "B", True, "B C"),  # of the same act, but only below
    ("B+ A+", "A", True, "A N T M W V"),
    ("B+ A+", "B", True, "B C"),
    ("B A", "A", True, "A"),
    ("B+ +B+ B", "B", True, "B"),  # the last time alone
    ("B +B B+", "B", True, "B C"),
    ("A+ C", "A", True, "A B N T M W V"),  # C was meant alone, though out already
    ("A+ +A", "A", True, "B N T C M W V"),  # the others of that act, later
    ("", "A", True, ""),
    ("", "D", True, "D"),
]


def perform(world: World, before: str) -> None:
    for step in before.split():
        who, branch = step.strip("+"), step.endswith("+")
        act = services.enable if step.startswith("+") else services.disable
        act(world[who], by=world["R"], branch=branch)


def active(world: World) -> set[str]:
    return {name for name in EVERYBODY if world[name].is_active}


@pytest.mark.parametrize(("before", "target", "branch", "back"), ENABLED)
def test_exactly_these_come_back(
    world: World, before: str, target: str, branch: bool, back: str
) -> None:
    perform(world, before)
    was, grants, last = active(world), world.grants(), AuditEntry.objects.count()
    versions = {name: world[name].version for name in EVERYBODY}
    count = services.enable(world[target], by=world["R"], branch=branch)
    expected = set(back.split())
    assert active(world) - was == expected
    assert was - active(world) == set()
    assert count == len(expected)
    assert {name for name in EVERYBODY if world[name].version > versions[name]} == expected
    assert world.grants() == grants
    rows = AuditEntry.objects.order_by("pk")[last:]
    assert {row.act for row in rows} <= {Act.ENABLE}
    assert sorted(world.name_of(row.target_id) for row in rows) == sorted(expected)
    assert len({row.act_id for row in rows}) <= 1


def test_nobody_beside_them_comes_back(world: World) -> None:
    """One act may disable several people; what is enabled with one of them stands below."""
    with audit.one_act():
        services.disable(world["A"], by=world["R"], branch=True)
        services.disable(world["S"], by=world["R"], branch=True)
    services.enable(world["A"], by=world["R"], branch=True)
    assert {"S", "S1"}.isdisjoint(active(world))
    assert "B" in active(world)


def test_who_was_disabled_again_by_a_slower_clock_stays_so(world: World) -> None:
    """Two machines write the audit; the order in which a person was written is the truth."""
    services.disable(world["A"], by=world["R"], branch=True)
    with patch("django.utils.timezone.now", return_value=timezone.now() - timedelta(minutes=2)):
        services.enable(world["C"], by=world["R"])
        services.disable(world["C"], by=world["R"])
    services.enable(world["A"], by=world["R"], branch=True)
    assert (world["B"].is_active, world["C"].is_active) == (True, False)


@pytest.mark.parametrize("actor", ["A", "B", "S", "X"])
def test_who_is_not_above_enables_nobody(world: World, actor: str) -> None:
    services.disable(world["B"], by=world["R"], branch=True)
    before = state(world)
    with pytest.raises(OutOfScope):
        services.enable(world["A" if actor == "A" else "B"], by=world[actor], branch=True)
    assert state(world) == before
    assert len(refusals(world)) == 1


def test_each_who_owed_a_password_gets_another_and_nobody_else(world: World) -> None:
    services.reset_password(world["C"], by=world["R"])
    Administrator.objects.filter(pk=world["C"].pk).update(temporary_used=True)
    services.disable(world["A"], by=world["R"], branch=True)
    owing = set(active_owing(world))
    hashes = {name: world[name].get_session_auth_hash() for name in EVERYBODY}
    services.enable(world["A"], by=world["R"], branch=True)
    waiting = OutgoingMail.objects.filter(sent_at=None)
    assert sorted(world.name_of(mail.person_id) for mail in waiting) == sorted(owing)
    assert {mail.kind for mail in waiting} == {OutgoingMail.Kind.RESET}
    assert (world["C"].temporary_used, world["C"].has_usable_password()) == (False, False)
    ended = {name for name in EVERYBODY if world[name].get_session_auth_hash() != hashes[name]}
    assert ended == owing


def active_owing(world: World) -> list[str]:
    """Of A's branch, those who owe a password change; D stays disabled."""
    branch = Administrator.objects.branch_of(world["A"]).filter(must_change_password=True)
    return [world.name_of(one.pk) for one in branch.exclude(pk=world["D"].pk)]


def test_sessions_do_not_come_back(world: World) -> None:
    before = {name: world[name].get_session_auth_hash() for name in "ABC"}
    services.disable(world["A"], by=world["R"], branch=True)
    services.enable(world["A"], by=world["R"], branch=True)
    for name in "ABC":
        assert world[name].get_session_auth_hash() != before[name]


def test_enabling_enables_that_person_alone(world: World):
    services.disable(world["B"], by=world["A"], branch=True)
    ended = world["B"].get_session_auth_hash()
    services.enable(world["B"], by=world["A"])
    assert (world["B"].is_active, world["C"].is_active) == (True, False)
    assert world["B"].get_session_auth_hash() == ended
    assert AuditEntry.objects.filter(act=Act.ENABLE).get().target == world["B"]


def test_enabling_does_not_bring_old_sessions_back(world: World):
    before = world["B"].get_session_auth_hash()
    services.disable(world["B"], by=world["A"])
    services.enable(world["B"], by=world["A"])
    assert world["B"].get_session_auth_hash() != before


def test_enabling_who_is_active_writes_nothing(world: World):
    before = state(world)
    services.enable(world["B"], by=world["A"])
    assert state(world) == before
    assert not AuditEntry.objects.exists()
