"""Plans that PostgreSQL keeps in a connection (docs/decisions/0015-prepared-queries.md)."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, TypeVar

import psycopg
from django.db import DEFAULT_DB_ALIAS, NotSupportedError, connections

Found = TypeVar("Found")


def asked(ask: Callable[[], Found], *, using: str) -> Found:
    """What `ask` finds, by a plan that is kept where `DATABASE_PREPARE` allows it.

    A plan that no longer fits, for a migration changed the type of a column, is forgotten and made
    anew; inside a transaction, which is lost by then, it is left to whoever began that.
    """
    connection: Any = connections[using]
    if not _may_keep_plans(connection):
        return ask()
    try:
        with _values_apart(connection.connection):
            return ask()
    except NotSupportedError:
        if connection.in_atomic_block:
            raise
        connection.connection.execute("ROLLBACK")  # psycopg forgets all that it prepared
        return ask()


def plan_anew() -> None:
    """Until this transaction ends each statement is planned for what stands there then.

    A key's check keeps its plan too, whatever `DATABASE_PREPARE` says: one that was made for few
    rows reads all of a table for each row that names one of it, until PostgreSQL looks at the
    table by itself.
    """
    connection = connections[DEFAULT_DB_ALIAS]
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL plan_cache_mode = force_custom_plan")


def _may_keep_plans(connection: Any) -> bool:
    """Whether its plans may be kept; it is there from now on, and not another one when asked."""
    if connection.vendor != "postgresql":
        return False
    connection.close_if_health_check_failed()
    connection.ensure_connection()
    return connection.connection.prepare_threshold is not None


@contextmanager
def _values_apart(raw: psycopg.Connection) -> Iterator[None]:
    """Cursors that are made inside send the values of a query apart from its text."""
    usual, raw.cursor_factory = raw.cursor_factory, psycopg.Cursor
    try:
        yield
    finally:
        raw.cursor_factory = usual
