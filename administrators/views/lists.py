"""The list of all descendants."""

from django.db.models import QuerySet
from django_filters.views import FilterView
from django_tables2 import SingleTableMixin

from administrators.filters import AdministratorFilter
from administrators.models import Administrator
from administrators.tables import AdministratorTable
from sites.paging import OfferedPaginator


class AdministratorList(SingleTableMixin, FilterView):
    """Everybody below the reader, never the reader (rule 4)."""

    table_class = AdministratorTable
    table_pagination = {"paginator_class": OfferedPaginator, "per_page": 10}
    filterset_class = AdministratorFilter
    template_name = "administrators/list.html"
    strict = False

    def get_queryset(self) -> QuerySet[Administrator]:
        people = Administrator.objects.below(self.request.user)
        return people.select_related("parent").with_grant_counts()
