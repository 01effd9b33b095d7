"""A few values that belong to a row, read with it in the same query."""

from typing import Any

from django.db.models import F, QuerySet, Subquery, TextField
from django.db.models.expressions import Combinable

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
