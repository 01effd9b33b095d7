"""Moments between a primary and its replica that are rare elsewhere, held as long as one likes."""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial

import psycopg

from tests.faults.processes import PATIENCE
from tests.faults.replicated import DATABASE, Town

FIRST = """
SET synchronous_commit = on;
UPDATE permissions_actcount SET count = count + 1
WHERE id = (SELECT min(id) FROM permissions_actcount WHERE enterprise > 0)"""
WAITING = "SELECT count(*) FROM pg_stat_activity WHERE wait_event = 'SyncRep'"
LOCKED = "SELECT EXISTS (SELECT FROM pg_locks WHERE relation = %s::regclass AND granted)"


@contextmanager
def first_waiting(place: Town) -> Iterator[None]:
    """An act that is in the primary's journal, but not seen there as long as the block lasts."""
    system = partial(place.primary.query, DATABASE)
    system("ALTER SYSTEM SET synchronous_commit = local")
    system("ALTER SYSTEM SET synchronous_standby_names = 'nobody'")
    system("SELECT pg_reload_conf()")
    first = threading.Thread(target=system, args=[FIRST])
    place.standby.catch_up_with(place.primary)
    first.start()
    try:
        wait_until(lambda: place.one(WAITING))
        yield
    finally:
        system("ALTER SYSTEM SET synchronous_commit = on")
        system("ALTER SYSTEM RESET synchronous_standby_names")
        system("SELECT pg_reload_conf()")
        first.join()


@contextmanager
def locked_there(place: Town, table: str) -> Iterator[None]:
    """A lock of the primary's that the replica took over, and has not heard of the end of."""
    with psycopg.connect(place.primary.url(DATABASE)) as connection:
        connection.execute(f"LOCK TABLE {table} IN ACCESS EXCLUSIVE MODE")
        place.standby.hurry(place.primary)
        wait_until(lambda: place.standby.query(DATABASE, LOCKED, table)[0][0])
        place.standby.pause(place.primary)
    try:
        yield
    finally:
        place.standby.resume()


def until(seconds: float) -> Iterator[None]:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        yield


def wait_until(true: Callable[[], bool]) -> None:
    for _ in until(PATIENCE):
        if true():
            return
    raise AssertionError(true)
