"""The same acts with one protection taken away, to show that the protection is what helps."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.db import connection
from django.db.models import QuerySet

from permissions import locks

SITE_GRANTS = "permissions_sitegrant"
CASCADE = """
CREATE FUNCTION race_cascade() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
DELETE FROM permissions_sitegrant WHERE bound_id = OLD.user_id AND user_id <> OLD.user_id
AND permission_id = OLD.permission_id AND content_object_id = OLD.content_object_id;
RETURN NULL; END $$;
CREATE TRIGGER race_cascade AFTER DELETE ON permissions_sitegrant
FOR EACH ROW EXECUTE FUNCTION race_cascade()"""


def without_locks(monkeypatch: pytest.MonkeyPatch) -> None:
    """`select_for_update` reads without waiting, and branches are not locked either."""
    monkeypatch.setattr(QuerySet, "select_for_update", lambda rows, **how: rows.all())
    without_branch_locks(monkeypatch)


def without_branch_locks(monkeypatch: pytest.MonkeyPatch) -> None:
    """Rights are given in a branch while they are taken there."""
    monkeypatch.setattr(locks, "_lock", lambda sql, which: None)


@contextmanager
def without_key(table: str, name: str, *, instead: str = "", after: str = "") -> Iterator[None]:
    """A key of a table is gone for a while, and something else may stand in its place."""
    definition = _run(
        "SELECT pg_get_constraintdef(oid) FROM pg_constraint WHERE conname = %s", name
    )
    _run(f"ALTER TABLE {table} DROP CONSTRAINT {name}; {instead}")
    try:
        yield
    finally:
        _run(f"{after}; ALTER TABLE {table} ADD CONSTRAINT {name} {definition}")


@contextmanager
def without_within_bound() -> Iterator[None]:
    """Cascades go on, by a trigger; but nothing keeps the row that bounds a new one."""
    gone = f"DROP TRIGGER race_cascade ON {SITE_GRANTS}; DROP FUNCTION race_cascade()"
    with without_key(SITE_GRANTS, "site_grant_within_bound", instead=CASCADE, after=gone):
        yield


def _run(sql: str, *parameters: str) -> str:
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters or None)
        return cursor.fetchone()[0] if parameters else ""
