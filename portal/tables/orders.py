"""Orders, and what was ordered."""

from datetime import date

import django_tables2 as tables
from django.utils.translation import gettext_lazy as _

from portal import cells
from sites.lists import HtmlColumn, ListTable
from sites.models import Order
from sites.templatetags.days import day

SHOWN = 2


class OrderTable(ListTable):
    """What was ordered, for which site, and how far it is."""

    reference = tables.Column(
        verbose_name=_("Order number"),
        order_by=("search_key", "pk"),
        linkify=("order", [tables.A("pk")]),
    )
    ordered_on = tables.Column(
        verbose_name=_("Date"), order_by=("ordered_on", "pk"), orderable=True
    )
    site = tables.Column(verbose_name=_("Site"), orderable=False)
    contents = tables.Column(empty_values=(), verbose_name=_("Items"), orderable=False)
    status = HtmlColumn(cells.status, verbose_name=_("Status"))

    class Meta(ListTable.Meta):
        order_by = "-ordered_on"
        empty_text = _("No order for your sites yet.")

    def render_contents(self, record: Order) -> str:
        items = [str(item) for item in record.items.all()]
        return ", ".join(items[:SHOWN] + ["…"] * (len(items) > SHOWN))

    def value_contents(self, record: Order) -> str:
        return ", ".join(str(item) for item in record.items.all())

    def render_ordered_on(self, value: date) -> str:
        return day(value)

    def value_ordered_on(self, value: date) -> date:
        return value

    def value_status(self, record: Order) -> str:
        return record.get_status_display()
