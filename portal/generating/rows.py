"""Many rows at once: one statement for a thousand of them.

`bulk_create` cannot use UNNEST for a row with a binary path, and spends longer on placeholders
than the database on the rows.
"""

from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from itertools import islice
from typing import Any, TypeVar

from django.db import connection, connections, models
from django.db.models import Max

Item = TypeVar("Item")
Columns = Mapping[str, list[Any]]  # the values of each field, row after row

BATCH = 1000


def batches(items: Iterable[Item]) -> Iterator[list[Item]]:
    """`BATCH` at a time."""
    rest = iter(items)
    while some := list(islice(rest, BATCH)):
        yield some


def ahead(items: Iterable[Item]) -> Iterator[Item]:
    """The same, each made while its predecessor is used: Python and the database work at once."""
    rest = iter(items)
    with ThreadPoolExecutor(1) as worker:
        coming = worker.submit(next, rest, None)
        while (item := coming.result()) is not None:
            coming = worker.submit(next, rest, None)
            yield item


def insert(model: type[models.Model], columns: Columns, /, **same: Any) -> None:
    """A row for each value of the lists, which name fields by `attname`.

    All these rows share the values of `same`, and the defaults of what is not given; a key that
    is not given is the database's own.
    """
    ordinary = model(**same)
    fields = [field for field in model._meta.concrete_fields if not field.generated]
    fields = [field for field in fields if field.attname in columns or not field.primary_key]
    own = [field for field in fields if field.attname in columns]
    shared = [field for field in fields if field.attname not in columns]
    lists = [_saved(field, columns[field.attname]) for field in own]
    values = [_saved(field, [field.pre_save(ordinary, add=True)])[0] for field in shared]
    write = _with_arrays if connection.vendor == "postgresql" else _one_by_one
    write(
        f"INSERT INTO {model._meta.db_table} ({_names(own + shared)})", own, lists, shared, values
    )


def execute_with(
    sql: str, rows: Iterable[tuple[int, ...]], others: list[Any], **texts: str
) -> None:
    """A statement with a list of rows in it: whole numbers, which stand there as they are."""
    values = ", ".join(f"({', '.join(map(str, row))})" for row in rows)
    if values:
        with connection.cursor() as cursor:
            cursor.execute(sql.format(rows=values, **texts), others)


def reserve_ids(model: type[models.Model], amount: int) -> int:
    """The first of so many ids, which nobody else will be given."""
    first = (model._default_manager.aggregate(last=Max("pk"))["last"] or 0) + 1
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            sequence = "pg_get_serial_sequence(%s, 'id')"
            table = model._meta.db_table
            cursor.execute(f"SELECT setval({sequence}, %s)", [table, first + amount])
    return first


def analyze() -> None:
    """Let the database look at its rows before it plans how to read them."""
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def _saved(field: Any, values: list[Any]) -> list[Any]:
    """As the database takes them; the connection is looked up once, not for each of millions."""
    own = connections[connection.alias]
    return [field.get_db_prep_save(value, own) for value in values]


def _names(fields: list[Any]) -> str:
    return ", ".join(connection.ops.quote_name(field.column) for field in fields)


def _with_arrays(
    begin: str, own: list[Any], lists: list[Any], shared: list[Any], values: list[Any]
) -> None:
    arrays = ", ".join(f"%s::{field.rel_db_type(connection)}[]" for field in own)
    others = "".join(f", %s::{field.rel_db_type(connection)}" for field in shared)
    sql = f"{begin} SELECT given.*{others} FROM unnest({arrays}) given"  # noqa: S608 - our names
    with connection.cursor() as cursor:
        cursor.execute(sql, values + lists)


def _one_by_one(
    begin: str, own: list[Any], lists: list[Any], shared: list[Any], values: list[Any]
) -> None:
    places = ", ".join(["%s"] * len(own + shared))
    with connection.cursor() as cursor:
        each = [(*row, *values) for row in zip(*lists, strict=True)]
        cursor.executemany(f"{begin} VALUES ({places})", each)
