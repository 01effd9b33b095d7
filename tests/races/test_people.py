"""People who come into a branch while it is being locked."""

import time
from concurrent.futures import ThreadPoolExecutor
from threading import Event

import pytest
from django.db import OperationalError, connection, transaction

from administrators import services
from administrators.models import Administrator
from permissions.locks import lock_people
from tests.factories import details
from tests.races.racing import PATIENCE
from tests.races.scene import Scene

WAITING = "SELECT count(*) FROM pg_locks WHERE NOT granted"


def test_who_is_created_while_one_waits_is_locked_too(scene: Scene) -> None:
    """Else somebody else could disable them before the branch is, and both would say so."""
    locked, ended = Event(), Event()
    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic():
            child = services.create_administrator(by=scene.world["B"], details=details())
            locking = pool.submit(
                hold, Administrator.objects.get(pk=scene.world["A"].pk), locked, ended
            )
            wait_until_somebody_waits()
        try:
            assert locked.wait(PATIENCE)
            with pytest.raises(OperationalError), transaction.atomic():
                Administrator.objects.select_for_update(nowait=True, no_key=True).get(pk=child.pk)
        finally:
            ended.set()
            locking.result(PATIENCE)


def hold(top: Administrator, locked: Event, ended: Event) -> None:
    """Lock a branch, from another connection, until the other is told that it has ended."""
    with transaction.atomic():
        lock_people(Administrator.objects.branch_of(top))
        locked.set()
        ended.wait(PATIENCE)
    connection.close()


def wait_until_somebody_waits() -> None:
    end = time.monotonic() + PATIENCE
    with connection.cursor() as cursor:
        while not cursor.execute(WAITING).fetchone()[0]:
            assert time.monotonic() < end
            time.sleep(0.01)
