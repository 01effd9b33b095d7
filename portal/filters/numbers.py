"""How the list of numbers is narrowed."""

from typing import Any

import django_filters
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from sites.filters import SearchFilter
from sites.models import FREE_NUMBER, PhoneNumber

FREE, ASSIGNED = "free", "assigned"
USES = [(FREE, _("Unassigned")), (ASSIGNED, _("Assigned"))]


class UseFilter(django_filters.ChoiceFilter):
    """Assigned or not."""

    def __init__(self, **how: Any) -> None:
        offer = {"label": _("Assignment"), "empty_label": _("All assignments")}
        super().__init__(choices=USES, **offer, **how)


class NumberFilter(SearchFilter):
    """Search by digits; type, status, and whether the number is assigned."""

    kind = django_filters.ChoiceFilter(
        choices=PhoneNumber.Kind, label=_("Type"), empty_label=_("All types")
    )
    status = django_filters.ChoiceFilter(
        choices=PhoneNumber.Status, label=_("Status"), empty_label=_("All statuses")
    )
    use = UseFilter(method="in_use")

    def in_use(self, numbers: QuerySet, name: str, value: str) -> QuerySet:
        return numbers.filter(FREE_NUMBER) if value == FREE else numbers.exclude(FREE_NUMBER)
