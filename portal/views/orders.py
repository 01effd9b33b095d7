"""«Commandes»: what was ordered, and the steps that each order went through."""

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from permissions.features import FeatureCode
from permissions.scopes import Scope
from portal.filters.orders import OrderFilter
from portal.tables.orders import OrderTable
from portal.views.scoped import ScopedList
from sites.models import Order

FEATURE = FeatureCode.ORDERS


class OrderList(ScopedList):
    """The orders for the sites in scope, newest first."""

    model, feature, page_name = Order, FEATURE, "orders"
    table_class = OrderTable
    filterset_class = OrderFilter

    def rows(self, scope: Scope) -> QuerySet:
        return super().rows(scope).prefetch_related("items")


def order(request: HttpRequest, pk: int) -> HttpResponse:
    """One order: its items, and its steps in time."""
    orders = request.scope.of(Order, FEATURE).select_related("site")
    found = get_object_or_404(orders.prefetch_related("items", "steps"), pk=pk)
    return render(request, "portal/order.html", {"order": found})
