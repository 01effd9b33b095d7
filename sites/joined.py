"""A few values that belong to a row, read with it in the same query."""

from typing import Any

from django.db.models import Aggregate, F, QuerySet, Subquery, TextField
from django.db.models.expressions import Combinable
from django.db.models.functions import Cast

SEPARATOR = "\n"


class Joined(Subquery):
    """A column, or a text, of the rows of a subquery: a line for each of them, in their order."""

    template = "(SELECT group_concat(joined.shown, char(10)) FROM (%(subquery)s) AS joined)"
    output_field = TextField()

    def __init__(self, rows: QuerySet, shown: str | Combinable) -> None:
        super().__init__(rows.values(shown=F(shown) if isinstance(shown, str) else shown))

    def as_postgresql(self, compiler: Any, connection: Any) -> tuple[str, Any]:
        template = "(SELECT string_agg(joined.shown, chr(10)) FROM (%(subquery)s) AS joined)"
        return self.as_sql(compiler, connection, template=template)


def lines_of(joined: str | None) -> list[str]:
    """The values that `Joined` put together."""
    return joined.split(SEPARATOR) if joined else []


class JoinedIds(Aggregate):
    """The ids of a group in one text, each between two spaces: " 4 12 57 "."""

    template = "(' ' || %(function)s(%(expressions)s, ' ') || ' ')"
    function = "STRING_AGG"
    output_field = TextField()

    def __init__(self, ids: str, **how: Any) -> None:
        super().__init__(Cast(ids, TextField()), **how)

    def as_sqlite(self, compiler: Any, connection: Any, **context: Any) -> Any:
        return self.as_sql(compiler, connection, function="GROUP_CONCAT", **context)
