"""A query that Django builds once, and that is then asked again with other values.

Building what stands around every page takes Django several times as long as the database takes to
answer it (docs/decisions/0015-prepared-queries.md).
"""

from collections.abc import Callable, Hashable, Mapping
from typing import Any, NamedTuple

from django.db import connection
from django.db.models import QuerySet

# Ids are positive: no constant of a query is ever one of these.
FIRST_STAND_IN = -(2**31) + 1


class Prepared(NamedTuple):
    """The text of a query; each parameter is a constant, or the name of a value."""

    sql: str
    constants: list[Any]
    names: list[str | None]

    def filled(self, values: Mapping[str, int | None]) -> list[Any]:
        pairs = zip(self.names, self.constants, strict=True)
        return [constant if name is None else values[name] for name, constant in pairs]


_prepared: dict[tuple[Hashable, ...], Prepared] = {}


def ask(
    shape: tuple[Hashable, ...],
    build: Callable[[Mapping[str, int]], QuerySet],
    values: Mapping[str, int | None],
) -> dict[str, Any]:
    """The first row of `build(values)`, whose columns come as the database gives them.

    `shape` names everything on which the text of the query depends, its constants too: `build` is
    called once for each, with stand-ins for the ids in `values`, which it only puts into filters.
    """
    key = (connection.vendor, *shape)
    if key not in _prepared:
        _prepared[key] = _prepare(build, list(values))
    prepared = _prepared[key]
    with connection.cursor() as cursor:
        cursor.execute(prepared.sql, prepared.filled(values))
        names = [column[0] for column in cursor.description]
        return dict(zip(names, cursor.fetchone(), strict=True))


def _prepare(build: Callable[[Mapping[str, int]], QuerySet], names: list[str]) -> Prepared:
    stand_ins = {name: FIRST_STAND_IN + n for n, name in enumerate(names)}
    sql, constants = build(stand_ins).query.sql_with_params()
    known = {value: name for name, value in stand_ins.items()}
    return Prepared(sql, list(constants), [known.get(constant) for constant in constants])
