"""Lists of what stands at the sites in scope, to read and to take away as a file."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.db import DEFAULT_DB_ALIAS
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponseBase
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django_tables2.rows import BoundRow

from permissions import audit
from permissions.features import FeatureCode
from permissions.models import Act
from permissions.scopes import Scope
from portal.frame import frame_for
from portal.pages import BY_NAME, FeaturePage
from sites import paging
from sites.chunks import in_chunks
from sites.exports import FORMATS
from sites.lists import ListPage, ListTable, SortedWithin
from sites.models import Placed
from sites.paging import PlacedPaginator
from sites.querysets import PlacedQuerySet


class ExportedTable:
    """`?export=csv` is the table of the page as a file, all of it; the audit says who took it."""

    request: HttpRequest
    file_title: Any = ""
    audited_as = ""  # what the audit calls the file

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        formats = [(name, name.upper()) for name in FORMATS]
        return super().get_context_data(**kwargs) | {"formats": formats}

    def render_to_response(self, context: dict[str, Any], **kwargs: Any) -> HttpResponseBase:
        respond = FORMATS.get(self.request.GET.get("export", ""))
        if respond is None:
            return super().render_to_response(context, **kwargs)
        audit.record(Act.EXPORT, by=self.request.user, item=self.audited_as)
        return respond(str(self.file_title), exported(context["table"]))


class ScopedList(ExportedTable, SortedWithin, ListPage):
    """Rows of one model, opened by one feature."""

    model: type[Placed]
    feature: FeatureCode
    related: tuple[str, ...] = ()
    page_name = ""
    template_name = "portal/list.html"

    def rows(self, scope: Scope) -> Any:
        """All that the list may show to whoever has that scope."""
        return scope.of(self.model, self.feature).select_related("site", *self.related)

    def get_queryset(self) -> QuerySet:
        return self.rows(self.request.scope)

    def by_sites(self) -> PlacedQuerySet:
        """The rows of the table, written so that they are counted and found by the sites held."""
        scope: Scope = self.request.scope
        return self.routed(self.filterset.narrowed(self.rows(scope.counting())))

    def get_table_pagination(self, table: ListTable) -> dict[str, Any]:
        scope: Scope = self.request.scope
        return super().get_table_pagination(table) | {
            "paginator_class": PlacedPaginator,
            "by_sites": self.by_sites,
            "owner": scope.actor.enterprise_id if scope.holds_some else None,
        }

    @cached_property
    def counted(self) -> int:
        """How many rows there are; the menu has counted them, unless a filter leaves only some."""
        badges, page = frame_for(self.request).badges, self.request.resolver_match.url_name
        if page == self.page_name and page in badges and not self.filterset.applied():
            return badges[page]
        return paging.count_to_cap(self.by_sites())

    def get_table(self, **kwargs: Any) -> ListTable:
        """A list that is empty at the chosen site says so, and leads to all the sites."""
        table = super().get_table(**kwargs)
        if self.request.scope.site is not None:
            table.everywhere = self.request.get_full_path()
            if not table.way_on:
                site = frame_for(self.request).site_name
                table.empty_text = _("No result at the site %(site)s.") % {"site": site}
        return table

    @property
    def page(self) -> FeaturePage:
        """The page of the menu that this list is."""
        return BY_NAME[self.page_name]

    @property
    def file_title(self) -> Any:
        return self.page.label

    @property
    def audited_as(self) -> str:
        return self.page_name

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {"page": self.page}


def exported(table: Any) -> Iterator[list[Any]]:
    """A head, then every row of the list in its order, read in chunks.

    The replica may break off a long reading, and nobody would see that the file is cut short.
    """
    columns = [one for one in table.columns.iterall() if not one.column.exclude_from_export]
    yield [str(column.header) for column in columns]
    for record in in_chunks(table.data.data.using(DEFAULT_DB_ALIAS)):
        row = BoundRow(record, table)
        yield [_cell(row.get_cell_value(column.name)) for column in columns]


def _cell(value: Any) -> Any:
    plain = isinstance(value, int | float | date | bool)
    return value if plain else "" if value is None else str(value)
