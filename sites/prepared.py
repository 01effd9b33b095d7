"""A query that Django builds once, and that is then asked again with other values.

Building what is asked for every page takes Django several times as long as the database takes to
answer it, and planning it takes PostgreSQL longer than answering
(docs/decisions/0015-prepared-queries.md).
"""

from collections.abc import Callable, Hashable, Mapping, Sequence
from typing import Any, NamedTuple, TypeVar

from django.db import DEFAULT_DB_ALIAS, connection, connections
from django.db.models import Model, QuerySet
from psycopg.types.numeric import Int8

from sites import kept_plans

# Ids are positive: no constant of a query is ever one of these.
FIRST_STAND_IN = -(2**31) + 1
Given = int | bytes | str | None
Build = Callable[[Mapping[str, Any]], QuerySet]
Row = TypeVar("Row", bound=Model)


class Prepared(NamedTuple):
    """The text of a query; each parameter is a constant, or the name of a value.

    On PostgreSQL the constants stand in the text.
    """

    sql: str
    constants: list[Any]
    names: list[str | None]

    def filled(self, values: Mapping[str, Given]) -> list[Any]:
        pairs = zip(self.names, self.constants, strict=True)
        return [constant if name is None else _given(values[name]) for name, constant in pairs]


_prepared: dict[tuple[Hashable, ...], Prepared] = {}


def rows(
    shape: tuple[Hashable, ...], build: Build, values: Mapping[str, Given],
    *, using: str = DEFAULT_DB_ALIAS, planned_once: bool = False,
) -> list[dict[str, Any]]:  # fmt: skip
    """The rows of `build(values)`, whose columns come as the database gives them.

    `build` runs once for each `shape`, with stand-ins for `values`, which it may only use in
    filters. `shape` must hold everything else that changes the query, its constants too.
    `planned_once` is for what one plan answers as well as another, whatever the values.
    """
    prepared = _of(shape, build, values)

    def ask() -> list[dict[str, Any]]:
        with connections[using].cursor() as cursor:
            cursor.execute(prepared.sql, prepared.filled(values))
            names = [column[0] for column in cursor.description]
            return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]

    return kept_plans.asked(ask, using=using) if planned_once else ask()


def instances(
    model: type[Row], shape: tuple[Hashable, ...], build: Build, values: Mapping[str, Given],
    *, using: str = DEFAULT_DB_ALIAS, planned_once: bool = False,
) -> list[Row]:  # fmt: skip
    """The same as instances of `model`; what is annotated comes as the database gives it."""
    prepared = _of(shape, build, values)

    def ask() -> list[Row]:
        known = model._default_manager.using(using)
        return list(known.raw(prepared.sql, prepared.filled(values)))

    return kept_plans.asked(ask, using=using) if planned_once else ask()


def _of(shape: tuple[Hashable, ...], build: Build, values: Mapping[str, Given]) -> Prepared:
    key = (connection.vendor, *shape)
    if key not in _prepared:
        _prepared[key] = _prepare(build, values)
    return _prepared[key]


def _prepare(build: Build, values: Mapping[str, Given]) -> Prepared:
    stand_ins = {name: _stand_in(n, value) for n, (name, value) in enumerate(values.items())}
    sql, constants = build(stand_ins).query.sql_with_params()
    known = {stand_in: name for name, stand_in in stand_ins.items()}
    names = [known.get(_plain(one)) for one in constants]
    if connection.vendor == "postgresql":
        sql, names = _written(sql, constants, names), [name for name in names if name]
        constants = [None] * len(names)
    return Prepared(sql, list(constants), names)


def _written(sql: str, constants: Sequence[Any], names: Sequence[str | None]) -> str:
    """The text with its constants in it: a plan that is kept knows them, but no value."""
    pairs = zip(names, constants, strict=True)
    texts = ("%s" if name else _literal(one) for name, one in pairs)
    return sql.replace("%%", "%%%%") % tuple(texts)


def _literal(constant: Any) -> str:
    return str(connection.ops.compose_sql("%s", [constant])).replace("%", "%%")


def _stand_in(n: int, value: Given) -> int | bytes | str:
    """No id is negative; no path is 64 bytes of nearly nothing but zero, for each step is an id.

    No text that is stored begins with this character.
    """
    if isinstance(value, str):
        return f"\0{n}"
    return n.to_bytes(64, "big") if isinstance(value, bytes) else FIRST_STAND_IN + n


def _given(value: Given) -> Any:
    """As the driver takes it: an id has one type on PostgreSQL, however small it is."""
    if isinstance(value, bytes):
        return connection.Database.Binary(value)
    return Int8(value) if isinstance(value, int) and connection.vendor == "postgresql" else value


def _plain(constant: Any) -> Any:
    """Bytes as they are, without what the drivers put around them."""
    inside = getattr(constant, "obj", constant)
    return inside if isinstance(inside, Hashable) else None
