"""What an enterprise has, as a file that can be imported again."""

from collections.abc import Iterator
from typing import Any

from portal.imports.cells import written
from portal.imports.kinds import Column, Kind
from sites.chunks import in_chunks
from sites.exports import defused
from sites.models import Enterprise


def rows_of(kind: Kind, enterprise: Enterprise) -> Iterator[list[str]]:
    """The head, then every row in the order in which they were added."""
    yield [column.name for column in kind.columns]
    related = [column.name for column in kind.columns if column.to]
    rows = kind.model._default_manager.order_by("pk").select_related(*related)
    for row in in_chunks(_of(kind, rows, enterprise)):
        yield [defused(_cell(column, getattr(row, column.name))) for column in kind.columns]


def _of(kind: Kind, rows: Any, enterprise: Enterprise) -> Any:
    """Models of devices belong to nobody; the parts of an order to who ordered it."""
    if kind.placed:
        return rows.filter(enterprise=enterprise)
    return rows.filter(order__enterprise=enterprise) if kind.owned else rows


def _cell(column: Column, value: Any) -> str:
    return column.to.write(value) if column.to else written(value)
