"""What every list page shares: filters and paging in the address, words when it is empty."""

from typing import Any

import django_tables2 as tables
from django.utils.translation import gettext as _
from django_filters.views import FilterView

from sites.paging import OfferedPaginator
from sites.text import SEARCH_LENGTH, printable


class ListTable(tables.Table):
    """A table in the portal's look. `way_on` is where to go when a search found nothing.

    `everywhere` is the page to come back to, if one site is chosen and all of them may hold more.
    """

    way_on = everywhere = ""

    class Meta:
        template_name = "components/table.html"


class ListPage(tables.SingleTableMixin, FilterView):
    """A table with filters. What a filter does not offer is ignored, never an error."""

    table_pagination = {"paginator_class": OfferedPaginator, "per_page": 10}
    strict = False

    def get_table(self, **kwargs: Any) -> ListTable:
        """Say what was searched in vain; a list that is empty by itself has its own words."""
        table = super().get_table(**kwargs)
        query = printable(self.request.GET.get("q", "")[:SEARCH_LENGTH])
        if query:
            table.empty_text = _("No result for “%(query)s”.") % {"query": query}
        elif self.filterset.applied():
            table.empty_text = _("No result with these filters.")
        table.way_on = self.request.path if self.filterset.applied() else ""
        return table
