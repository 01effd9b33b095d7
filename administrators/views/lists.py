"""The list of all descendants."""

from typing import Any

from django.db.models import QuerySet

from administrators import prepared
from administrators.filters import AdministratorFilter
from administrators.models import Administrator
from administrators.paging import PeoplePaginator
from administrators.tables import AdministratorTable
from sites.lists import ListPage
from sites.paging import count_to_cap


class AdministratorList(ListPage):
    """Everybody below the reader, never the reader (rule 4)."""

    table_class = AdministratorTable
    filterset_class = AdministratorFilter
    template_name = "administrators/list.html"

    def get_queryset(self) -> QuerySet[Administrator]:
        return Administrator.objects.listed_below(self.request.user)

    def get_table_pagination(self, table: AdministratorTable) -> dict[str, Any]:
        how = super().get_table_pagination(table) | {"paginator_class": PeoplePaginator}
        if self.filterset.applied():
            return how | {"known": self.count_found()}
        known = prepared.count_below(self.request.user, using=self.alias)
        return how | {"known": known, "first_page": self.first_page}

    def count_found(self) -> int:
        """Counted by the index of the paths, while the rows are found by that of their order."""
        below = Administrator.objects.below(self.request.user)
        return count_to_cap(self.routed(self.filterset.narrowed(below)))

    def first_page(self, order: prepared.Order, size: int) -> list[Administrator]:
        """The page that opens most."""
        return prepared.first_listed(self.request.user, order, size, using=self.alias)
