"""How the list of orders is narrowed."""

import django_filters
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from sites.filters import SearchFilter
from sites.models import Order

CURRENT = "current"


class OrderFilter(SearchFilter):
    """Search by order number; one status, or all orders that are still on their way."""

    status = django_filters.ChoiceFilter(
        choices=[(CURRENT, _("Current orders")), *Order.Status.choices],
        method="with_status",
        label=_("Status"),
        empty_label=_("All statuses"),
    )

    def with_status(self, orders: QuerySet, name: str, value: str) -> QuerySet:
        return orders.filter(status__in=Order.CURRENT if value == CURRENT else [value])
