"""The list of all descendants."""

from typing import Any

from django.db.models import QuerySet

from administrators.filters import AdministratorFilter
from administrators.models import Administrator
from administrators.querysets import NAMES
from administrators.tables import AdministratorTable
from sites.lists import ListPage
from sites.paging import count_to_cap

# What the table shows, or tells the state from, beside the names.
SHOWN = ("enterprise", "parent", "all_sites", "last_login", "is_active", "must_change_password")
SHOWN += ("password_expires_at", "temporary_used")


class AdministratorList(ListPage):
    """Everybody below the reader, never the reader (rule 4)."""

    table_class = AdministratorTable
    filterset_class = AdministratorFilter
    template_name = "administrators/list.html"

    def get_queryset(self) -> QuerySet[Administrator]:
        people = Administrator.objects.listed_below(self.request.user)
        of_parent = (f"parent__{name}" for name in NAMES)
        shown = people.select_related("parent").only(*NAMES, *SHOWN, *of_parent)
        return shown.with_grant_counts()

    def get_table_pagination(self, table: AdministratorTable) -> dict[str, Any]:
        """Counted by the index of the paths, while the rows are found by that of their order."""
        below = Administrator.objects.below(self.request.user)
        known = count_to_cap(self.routed(self.filterset.narrowed(below)))
        return super().get_table_pagination(table) | {"known": known}
