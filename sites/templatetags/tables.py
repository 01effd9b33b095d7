"""The rows of a table, which are most of a page: no template is read for each of their cells."""

from typing import Any

from django import template
from django.utils.formats import localize
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe

from sites.lists import HtmlColumn, ListTable

register = template.Library()
HEAD = '<th {} scope="row" role="rowheader" data-label="{}">', "</th>"
CELL = '<td {} role="cell" data-label="{}">', "</td>"


@register.simple_tag
def table_rows(table: ListTable) -> SafeString:
    """The shown rows, each cell with the heading that narrow screens put beside it.

    The first of a row says of what the others are: it is their head.
    """
    columns = [(one, *_tags(one, CELL if n else HEAD)) for n, one in enumerate(table.columns)]
    rows = (_row(row, columns, table.request) for row in table.paginated_rows)
    return mark_safe("\n".join(rows))  # noqa: S308 - made of what was escaped


def _tags(column: Any, tags: tuple[str, str]) -> tuple[str, str]:
    """How the cells of a column begin and end."""
    opening, ending = tags
    return format_html(opening, column.attrs["td"].as_html(), column.header), ending


def _row(row: Any, columns: list[tuple[Any, str, str]], request: Any) -> str:
    cells = (f"{opening}{_cell(row, one, request)}{ending}" for one, opening, ending in columns)
    return f'<tr role="row">{"".join(cells)}</tr>'


def _cell(row: Any, column: Any, request: Any) -> str:
    if isinstance(column.column, HtmlColumn):
        return conditional_escape(column.column.show(row.record, request))
    return conditional_escape(localize(row.get_cell(column.name)))
