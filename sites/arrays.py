"""Many ids in one query (docs/decisions/0016-lists.md)."""

import json
from collections.abc import Collection
from typing import Any

from django.db.models import (
    BigIntegerField,
    BooleanField,
    Func,
    QuerySet,
    Subquery,
    TextField,
    Value,
)
from django_cte import CTE, with_cte


class IsAnyOf(Func):
    """Whether a value is one of an array, which PostgreSQL reads once, before any row.

    SQLite, which has no arrays, is asked `value IN (query)`.
    """

    template, arg_joiner = "%(expressions)s", " = ANY "
    output_field = BooleanField()

    def as_sqlite(self, compiler: Any, connection: Any, **context: Any) -> Any:
        return self.as_sql(compiler, connection, arg_joiner=" IN ", **context)


class AmongIds(Func):
    """Whether a value is one of these ids, which may be a hundred thousand.

    Up to `few` are named, so that an index finds them. More are hashed, and each row that is left
    by the other conditions is looked up: as a join, PostgreSQL compared each row to each id where
    it had no statistics yet. SQLite looks them up always.
    """

    output_field = BooleanField()
    template, arg_joiner = "(%(expressions)s::text::bigint[]))) IS TRUE", " IN (SELECT unnest("
    named = {"template": "%(expressions)s::text::bigint[])", "arg_joiner": " = ANY ("}
    of_json = {"template": "%(expressions)s))", "arg_joiner": " IN (SELECT value FROM json_each("}

    def __init__(self, value: Any, ids: Collection[int], *, few: int = 100) -> None:
        """Ids that no column holds are none."""
        possible = sorted(pk for pk in ids if abs(pk) <= BigIntegerField.MAX_BIGINT)
        self.are_few = len(possible) <= few
        super().__init__(value, Value(json.dumps(possible), output_field=TextField()))

    def as_postgresql(self, compiler: Any, connection: Any, **context: Any) -> Any:
        written = self.named if self.are_few else {}
        sql, (*before, ids) = self.as_sql(compiler, connection, **written, **context)
        return sql, (*before, f"{{{ids[1:-1]}}}")

    def as_sqlite(self, compiler: Any, connection: Any, **context: Any) -> Any:
        return self.as_sql(compiler, connection, **self.of_json, **context)


class ArrayOf(Subquery):
    """The values of a query, in one value."""

    template = "(ARRAY(%(subquery)s))"
    output_field = BigIntegerField()

    def as_sqlite(self, compiler: Any, connection: Any) -> Any:
        return self.as_sql(compiler, connection, template="(%(subquery)s)")


class ReadFirst:
    """Ids that a query reads once, however often it asks for them (docs/decisions/0016-lists.md).

    SQLite is asked for them each time.
    """

    def __init__(self, ids: QuerySet, name: str) -> None:
        self.ids, self.name = ids, name

    @property
    def again(self) -> "Again":
        """The ids, anywhere within the query."""
        return Again(self.ids, self.name)

    def before(self, one: QuerySet, query: QuerySet) -> QuerySet:
        """`query`, which may ask for the ids; they are read beside `one`, a single row."""
        ids = one.order_by().values(ids=ArrayOf(self.ids))
        return with_cte(CTE(ids, self.name), select=query)


class Again(ArrayOf):
    """What `ReadFirst` has read."""

    read = '((SELECT "ids" FROM %s)::bigint[])'

    def __init__(self, ids: QuerySet, name: str) -> None:
        super().__init__(ids)
        self.name = name

    def as_sql(
        self, compiler: Any, connection: Any, template: str | None = None, **context: Any
    ) -> tuple[str, tuple[str | int, ...]]:
        return self.read % connection.ops.quote_name(self.name), ()

    def as_sqlite(self, compiler: Any, connection: Any) -> Any:
        return super().as_sql(compiler, connection, template="(%(subquery)s)")
