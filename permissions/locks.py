"""In which order acts lock what they share, so that no two ever wait for each other.

First the enterprise, then branches, then people from the top down.
"""

from collections.abc import Iterable
from typing import Any

from django.db import connection
from django.db.models import QuerySet

from sites.models import Enterprise

# PostgreSQL knows these locks by a number alone: here it is this, and the id of a person.
BRANCH = 1 << 56
GIVE = "SELECT count(pg_advisory_xact_lock_shared(%s + id)) FROM unnest(%s::bigint[]) AS id"
TAKE = "SELECT pg_advisory_xact_lock(%s + %s)"


def lock_enterprise(enterprise_id: int | None) -> None:
    """Adding a site, and beginning or ceasing to hold all of them, must not pass each other.

    Carrier staff has none.
    """
    if enterprise_id is not None:
        list(Enterprise.objects.select_for_update(no_key=True).filter(pk=enterprise_id))


def lock_branch(target: Any, *, takes: bool) -> None:
    """Rights are given and taken along a branch, never both at once."""
    if takes:
        lock_taking(target)
    else:
        lock_giving(target.above)


def lock_giving(above: Iterable[int]) -> None:
    """Until the act ends, nobody takes a right from any of these, who are above who gets one.

    From the root down. They are shared: whoever else gives something does not wait.
    """
    _lock(GIVE, list(above))


def lock_taking(target: Any) -> None:
    """Until the act ends, nobody below `target` gets a right, nor loses one by another act.

    What is taken from them all is what the audit read before; a hundred thousand grants need no
    lock of their own.
    """
    lock_giving(target.above)
    _lock(TAKE, target.pk)


def lock_people(people: QuerySet) -> None:
    """Lock these people from the top down, and those whom others were just creating there.

    Each look waits for whoever creates somebody below one of them; once a look finds no more
    people than the last, nobody can come any more.
    """
    ordered = people.select_for_update(no_key=True).order_by("path", "pk")
    before, found = -1, _locked(ordered)
    while found != before:
        before, found = found, _locked(ordered)


def _locked(rows: QuerySet) -> int:
    """How many rows were locked; none of them is read, for there may be very many."""
    sql, values = rows.values("pk").query.sql_with_params()
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM ({sql}) AS locked", values)  # noqa: S608 - our rows
        (count,) = cursor.fetchone()
    return int(count)


def _lock(sql: str, which: Any) -> None:
    """SQLite, which has one writer at a time, needs none of these."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(sql, [BRANCH, which])
