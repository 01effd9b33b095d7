"""A database that refuses nothing, for as long as a test writes what never should be there."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection, transaction
from django.db.backends.utils import CursorWrapper
from django.db.models import CheckConstraint

from administrators.models import Administrator

PEOPLE = Administrator._meta.db_table


@contextmanager
def unguarded() -> Iterator[CursorWrapper]:
    """Neither foreign keys nor check constraints; what is written is undone at the end."""
    connection.check_constraints()
    with transaction.atomic(), connection.cursor() as cursor:
        for statement in _guards_off():
            cursor.execute(statement)
        try:
            yield cursor
        finally:
            if connection.vendor == "sqlite":
                cursor.execute("PRAGMA ignore_check_constraints = OFF")
            transaction.set_rollback(True)


def _guards_off() -> list[str]:
    """SQLite puts the keys off until a commit that never comes."""
    if connection.vendor == "sqlite":
        return ["PRAGMA defer_foreign_keys = ON", "PRAGMA ignore_check_constraints = ON"]
    checks = (one for one in Administrator._meta.constraints if isinstance(one, CheckConstraint))
    drop = [f"ALTER TABLE {PEOPLE} DROP CONSTRAINT {check.name}" for check in checks]
    return ["SET LOCAL session_replication_role = replica", *drop]


def bound_no_longer_computed() -> list[str]:
    """The statements that make a plain column of the computed one."""
    if connection.vendor == "postgresql":
        return [f"ALTER TABLE {PEOPLE} ALTER COLUMN bound DROP EXPRESSION"]
    value = 'CASE WHEN NOT "is_superuser" THEN COALESCE("parent_id", "id") ELSE NULL END'
    computed = f"GENERATED ALWAYS AS ({value}) STORED"
    return [
        "PRAGMA writable_schema = ON",
        f"UPDATE sqlite_master SET sql = replace(sql, '{computed}', '') WHERE name = '{PEOPLE}'",
        "PRAGMA writable_schema = RESET",
    ]


def read_the_schema_again() -> None:
    """After those statements were undone."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA writable_schema = RESET")
