"""The list of all descendants."""

from django.db.models import QuerySet

from administrators.filters import AdministratorFilter
from administrators.models import Administrator
from administrators.tables import AdministratorTable
from sites.lists import ListPage


class AdministratorList(ListPage):
    """Everybody below the reader, never the reader (rule 4)."""

    table_class = AdministratorTable
    filterset_class = AdministratorFilter
    template_name = "administrators/list.html"

    def get_queryset(self) -> QuerySet[Administrator]:
        people = Administrator.objects.below(self.request.user)
        return people.select_related("parent").with_grant_counts()
