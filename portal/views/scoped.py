"""Lists of what stands at the sites in scope, to read and to take away as a file."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponseBase
from django_tables2.rows import BoundRow

from permissions import audit
from permissions.features import FeatureCode
from permissions.models import Act
from portal.pages import BY_NAME, FeaturePage
from sites.exports import FORMATS
from sites.lists import ListPage
from sites.models import Placed

CHUNK = 2000


class ExportedTable:
    """`?export=csv` is the table of the page as a file, all of it; the audit says who took it."""

    request: HttpRequest
    file_name = ""

    @property
    def audited_as(self) -> str:
        """What the audit calls the file."""
        return self.file_name

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        formats = [(name, name.upper()) for name in FORMATS]
        return super().get_context_data(**kwargs) | {"formats": formats}

    def render_to_response(self, context: dict[str, Any], **kwargs: Any) -> HttpResponseBase:
        respond = FORMATS.get(self.request.GET.get("export", ""))
        if respond is None:
            return super().render_to_response(context, **kwargs)
        audit.record(Act.EXPORT, by=self.request.user, item=self.audited_as)
        return respond(self.file_name, exported(context["table"]))


class ScopedList(ExportedTable, ListPage):
    """Rows of one model, opened by one feature."""

    model: type[Placed]
    feature: FeatureCode
    related: tuple[str, ...] = ()
    page_name = ""
    template_name = "portal/list.html"

    def get_queryset(self) -> QuerySet:
        return self.request.scope.of(self.model, self.feature).select_related("site", *self.related)

    @property
    def page(self) -> FeaturePage:
        """The page of the menu that this list is."""
        return BY_NAME[self.page_name]

    @property
    def file_name(self) -> str:
        return self.page_name

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {"page": self.page}


def exported(table: Any) -> Iterator[list[Any]]:
    """A head, then every row of the list in its order, read in chunks."""
    columns = [one for one in table.columns.iterall() if not one.column.exclude_from_export]
    yield [str(column.header) for column in columns]
    for record in table.data.data.iterator(CHUNK):
        row = BoundRow(record, table)
        yield [_cell(row.get_cell_value(column.name)) for column in columns]


def _cell(value: Any) -> Any:
    plain = isinstance(value, int | float | date | bool)
    return value if plain else "" if value is None else str(value)
