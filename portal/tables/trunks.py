"""The trunks between the sites' own exchanges and the carrier."""

import django_tables2 as tables
from django.utils.translation import gettext_lazy as _

from sites.lists import CellColumn, ListTable
from sites.models import SipTrunk

CELLS = "portal/cells"


class TrunkTable(ListTable):
    """Trunks: how much they carry, how much they carry now, and whether they are registered."""

    name = tables.Column(verbose_name=_("Name"), order_by=("search_key", "pk"))
    site = tables.Column(verbose_name=_("Site"), order_by=("site__search_key", "search_key", "pk"))
    capacity = tables.Column(verbose_name=_("Capacity"), order_by=("capacity", "pk"))
    in_use = tables.Column(verbose_name=_("Calls in progress"), order_by=("in_use", "pk"))
    use = CellColumn(
        template_name=f"{CELLS}/use.html",
        accessor="percent",
        verbose_name=_("Use (%)"),
        order_by=("percent", "pk"),
    )
    number_count = tables.Column(verbose_name=_("Numbers"), orderable=False)
    registration = CellColumn(
        template_name=f"{CELLS}/registration.html", verbose_name=_("Status"), orderable=False
    )

    class Meta(ListTable.Meta):
        order_by = "name"
        empty_text = _("No SIP trunk at your sites yet.")

    def value_use(self, value: int) -> int:
        return value

    def value_registration(self, record: SipTrunk) -> str:
        return record.get_registration_display()
