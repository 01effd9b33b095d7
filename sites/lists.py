"""What every list page shares: filters and paging in the address, words when it is empty."""

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

import django_tables2 as tables
from django.db import DEFAULT_DB_ALIAS
from django.db.models import QuerySet
from django.http import HttpRequest
from django.template.loader import get_template
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django_filters.views import FilterView

from sites import paging
from sites.paging import OfferedPaginator
from sites.text import SEARCH_LENGTH, printable


class HtmlColumn(tables.Column):
    """Cells that a function writes from a row and the request."""

    def __init__(self, show: Callable[[Any, HttpRequest], str], **how: Any) -> None:
        super().__init__(empty_values=(), **({"orderable": "order_by" in how} | how))
        self.show = show

    def render(self, record: Any, table: "ListTable") -> str:
        return self.show(record, table.request)


class CellColumn(tables.TemplateColumn):
    """Cells from a template, in the page's own context instead of a new one for each cell."""

    def render(self, record: Any, table: "ListTable", value: Any, **others: Any) -> str:
        given = self.get_context_data(record=record, table=table, value=value, **others)
        page = getattr(table, "context", None)
        if page is None or not self.template_name:  # not on a page, but in a file
            return super().render(record=record, table=table, value=value, **others)
        with page.update(given):
            return get_template(self.template_name).template.render(page)


class ListTable(tables.Table):
    """A table in the portal's look. `way_on` is where to go when a search found nothing.

    `everywhere` is the page to come back to, if one site is chosen and all of them may hold more.
    `labelled_by` is the heading that names it, on most pages that of the page.
    """

    way_on = everywhere = ""
    labelled_by = "heading"

    class Meta:
        template_name = "components/table.html"

    @property
    def order_by(self) -> Any:
        return super().order_by

    @order_by.setter
    def order_by(self, value: Any) -> None:
        """By names of columns; the library would take a dot in one for a path, and warn."""
        names = value.split(",") if isinstance(value, str) else value or ()
        tables.Table.order_by.fset(self, [name for name in names if "." not in name])


class SortedWithin(tables.SingleTableMixin):
    """What no index puts in order is sorted as long as it is not more than is counted.

    A column that an index puts in order says so itself: `orderable=True`.
    """

    always_sorted = False  # however many there are

    @cached_property
    def counted(self) -> int:
        """How many rows there are, at most one more than is counted."""
        return paging.count_to_cap(self.get_table_data())

    def get_table_pagination(self, table: "ListTable") -> dict[str, Any]:
        return super().get_table_pagination(table) | {"known": self.counted}

    def get_table_kwargs(self) -> dict[str, Any]:
        orderable = self.always_sorted or self.counted <= paging.CAP
        return super().get_table_kwargs() | {"orderable": orderable}


class ListPage(tables.SingleTableMixin, FilterView):
    """A table with filters. What a filter does not offer is ignored, never an error."""

    table_pagination = {"paginator_class": OfferedPaginator, "per_page": 10}
    strict = False

    def get_table_data(self) -> QuerySet:
        """The rows, from a replica where one may be read."""
        return self.routed(super().get_table_data())

    @property
    def alias(self) -> str:
        """The database that this list reads."""
        reads = getattr(self.request, "reads", None)
        return DEFAULT_DB_ALIAS if reads is None else reads.alias

    def routed(self, rows: QuerySet) -> QuerySet:
        """The same rows, from the database that this list reads."""
        return rows.using(self.alias)

    def get_table(self, **kwargs: Any) -> ListTable:
        """Say what was searched in vain; a list that is empty by itself has its own words."""
        table = super().get_table(**kwargs)
        query = printable(self.request.GET.get("q", "")[:SEARCH_LENGTH])
        if query:
            table.empty_text = _("No result for “%(query)s”.") % {"query": query}
        elif self.filterset.applied():
            table.empty_text = _("No result with these filters.")
        table.way_on = self.unfiltered if self.filterset.applied() else ""
        return table

    @property
    def unfiltered(self) -> str:
        """The page without its filters; what it lists, and the list that one came from, stay."""
        given = {name: self.request.GET.get(name, "") for name in ("kind", "list")}
        others = given.keys() - self.filterset.form.fields.keys()
        query = urlencode({name: given[name] for name in sorted(others) if given[name]})
        return f"{self.request.path}?{query}" if query else self.request.path
