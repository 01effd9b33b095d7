"""Every act is counted in its own transaction, and none waits for another to be counted."""

import threading
from typing import Any

import pytest
from django.db import connection, transaction

from administrators.models import Administrator
from permissions import audit
from permissions.models import Act, ActCount
from tests.races.racing import PATIENCE
from tests.races.scene import Scene


def counted(enterprise: int) -> list[int]:
    rows = ActCount.objects.filter(enterprise=enterprise).order_by("pk")
    return list(rows.values_list("count", flat=True))


@pytest.fixture
def people(scene: Scene) -> dict[str, Administrator]:
    return scene.people()


def test_each_counts_where_it_belongs(people: dict[str, Any]) -> None:
    """The carrier's, and those of a command, count for everybody."""
    owner, other = people["R"].enterprise_id, people["X"].enterprise_id
    audit.record(Act.EDIT, by=people["A"])
    assert (counted(owner), counted(other), counted(ActCount.CARRIER)) == ([1], [], [])
    audit.record_all([audit.entry(Act.EDIT, by=by, to=None) for by in (people["SU"], None)])
    assert (counted(owner), counted(other), counted(ActCount.CARRIER)) == ([1], [], [1])
    audit.record_all([audit.entry(Act.EDIT, by=people[name], to=None) for name in "RXA"])
    assert (counted(owner), counted(other), counted(ActCount.CARRIER)) == ([2], [1], [1])


def test_what_changes_nothing_is_not_counted(people: dict[str, Any]) -> None:
    """A failed sign-in, which anybody may cause; an act that was undone."""
    audit.record(Act.SIGN_IN_FAILED, by=None, to=people["A"])
    with transaction.atomic():
        audit.record(Act.EDIT, by=people["A"])
        transaction.set_rollback(True)
    assert not ActCount.objects.exists()


def test_nobody_waits(people: dict[str, Any]) -> None:
    """While one act is under way another begins a row of its own, which later ones take up."""
    owner, under_way, go_on = people["R"].enterprise_id, threading.Event(), threading.Event()
    audit.record(Act.EDIT, by=people["R"])
    slow = threading.Thread(target=slowly, args=[people["A"], under_way, go_on])
    slow.start()
    assert under_way.wait(PATIENCE)
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL lock_timeout = '2s'")
        audit.record(Act.EDIT, by=people["R"])
    assert counted(owner) == [1, 1]
    go_on.set()
    slow.join()
    assert counted(owner) == [2, 1]
    audit.record(Act.EDIT, by=people["R"])
    assert counted(owner) == [3, 1]


def slowly(by: Administrator, under_way: threading.Event, go_on: threading.Event) -> None:
    try:
        with transaction.atomic():
            audit.record(Act.EDIT, by=by)
            under_way.set()
            go_on.wait(PATIENCE)
    finally:
        connection.close()
