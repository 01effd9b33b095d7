"""An index for words found anywhere in a text, where PostgreSQL has what it takes.

pg_trgm is a part of PostgreSQL that not every machine installs: search is right without it, and
slow among millions (docs/decisions/0016-lists.md).
"""

from collections.abc import Callable
from typing import Any

from django.db import migrations, transaction
from django.db.utils import DatabaseError

AVAILABLE = "SELECT 1 FROM pg_available_extensions WHERE name = 'pg_trgm'"


def index(*tables: str) -> migrations.RunPython:
    """A migration that indexes the `search_key` of these tables, if it can."""
    return migrations.RunPython(_add(tables), _remove(tables))


def _add(tables: tuple[str, ...]) -> Callable[[Any, Any], None]:
    def add(apps: Any, editor: Any) -> None:
        if _usable(editor.connection):
            for table in tables:
                column = "USING gin (search_key gin_trgm_ops)"
                editor.execute(f"CREATE INDEX IF NOT EXISTS {table}_words ON {table} {column}")

    return add


def _remove(tables: tuple[str, ...]) -> Callable[[Any, Any], None]:
    def remove(apps: Any, editor: Any) -> None:
        if editor.connection.vendor == "postgresql":
            for table in tables:
                editor.execute(f"DROP INDEX IF EXISTS {table}_words")

    return remove


def _usable(connection: Any) -> bool:
    """Whether the extension is there, or was made now: its owner may not be allowed to."""
    if connection.vendor != "postgresql":
        return False
    with connection.cursor() as cursor:
        cursor.execute(AVAILABLE)
        if cursor.fetchone() is None:
            return False
        try:
            with transaction.atomic(using=connection.alias):
                cursor.execute("CREATE EXTENSION IF NOT EXISTS pg_trgm")
        except DatabaseError:
            return False
    return True
