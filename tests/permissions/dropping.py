"""The tables with one constraint less, for as long as a block lasts.

PostgreSQL drops it inside the transaction. SQLite cannot: there the text of the table is edited,
and a unique constraint is made one column wider, which forbids nothing any more.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from django.apps import apps
from django.db import connection, models, transaction

from administrators.models import Administrator
from permissions.models import FeatureGrant, SiteGrant
from sites.constraints import CompositeForeignKey
from sites.models import Site
from tests.permissions.unguarded import read_the_schema_again

MODELS = (Administrator, SiteGrant, FeatureGrant, Site)
# Where a key may lean on a constraint of these.
EVERY_MODEL = apps.get_models()
# A column of each table that stands in none of its constraints.
OTHER_COLUMN = {Administrator: "username", SiteGrant: "id", FeatureGrant: "id", Site: "search_key"}
BEFORE_EACH = ', CONSTRAINT "'


@dataclass(frozen=True)
class Guard:
    """One constraint of a table, or one column of it that is never empty."""

    model: type[models.Model]
    name: str

    @property
    def table(self) -> str:
        return self.model._meta.db_table

    @property
    def constraint(self) -> models.BaseConstraint | None:
        found = (one for one in self.model._meta.constraints if one.name == self.name)
        return next(found, None)

    @property
    def columns(self) -> list[str]:
        fields = getattr(self.constraint, "fields", ())
        return [self.model._meta.get_field(field).column for field in fields]


def guards() -> dict[str, Guard]:
    """Every constraint of the tables on which containment rests, and every NOT NULL of a grant."""
    named = [Guard(model, one.name) for model in MODELS for one in model._meta.constraints]
    filled = [
        Guard(model, field.column)
        for model in (SiteGrant, FeatureGrant)
        for field in model._meta.concrete_fields
        if not field.primary_key and not field.null
    ]
    return {
        **{one.name: one for one in named},
        **{f"{one.model._meta.model_name}.{one.name}": one for one in filled},
    }


def leaning_on(unique: Guard) -> list[Guard]:
    """The composite keys that refer to a unique constraint: they cannot stand without it."""
    return [
        Guard(model, key.name)
        for model in EVERY_MODEL
        for key in model._meta.constraints
        if isinstance(key, CompositeForeignKey)
        and (key.to_table, key.to_fields) == (unique.table, unique.columns)
    ]


@contextmanager
def without(guard: Guard) -> Iterator[None]:
    """`guard` is gone, and the keys that lean on it; everything is undone at the end."""
    connection.check_constraints()
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            for statement in _statements(guard):
                cursor.execute(statement)
            yield
            transaction.set_rollback(True)
    finally:
        read_the_schema_again()


def _statements(guard: Guard) -> list[str]:
    if getattr(guard.constraint, "condition", None) and guard.columns:
        return [f"DROP INDEX {guard.name}"]
    if connection.vendor == "postgresql":
        return [_dropped(guard)]
    edits = [_edited(one) for one in (guard, *leaning_on(guard))]
    return [
        "PRAGMA writable_schema = ON",
        *edits,
        "PRAGMA writable_schema = RESET",
        f"REINDEX {guard.table}",
    ]


def _dropped(guard: Guard) -> str:
    if guard.constraint is None:
        return f"ALTER TABLE {guard.table} ALTER COLUMN {guard.name} DROP NOT NULL"
    return f"ALTER TABLE {guard.table} DROP CONSTRAINT {guard.name} CASCADE"


def _edited(guard: Guard) -> str:
    """The statement that takes the text of one constraint out of a table's."""
    old, new = _texts(guard)
    quoted = [text.replace("'", "''").replace("%", "%%") for text in (old, new)]
    return (
        f"UPDATE sqlite_master SET sql = replace(sql, '{quoted[0]}', '{quoted[1]}')"
        f" WHERE type = 'table' AND name = '{guard.table}'"
    )


def _texts(guard: Guard) -> tuple[str, str]:
    sql = _sql_of(guard.table)
    if guard.constraint is None:
        column = next(part for part in sql.split(", ") if part.startswith(f'"{guard.name}" '))
        return column, column.replace(" NOT NULL", "", 1)
    parts = sql.removesuffix(")").split(BEFORE_EACH)
    text = BEFORE_EACH + next(part for part in parts if part.startswith(f'{guard.name}"'))
    if isinstance(guard.constraint, models.UniqueConstraint):
        return text, f'{text.removesuffix(")")}, "{OTHER_COLUMN[guard.model]}")'
    return text, ""


def _sql_of(table: str) -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT sql FROM sqlite_master WHERE type = 'table' AND name = %s", [table])
        return cursor.fetchone()[0]
