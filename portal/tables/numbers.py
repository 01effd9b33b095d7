"""Numbers, and to whom they can be assigned."""

import django_tables2 as tables
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from portal import cells
from sites.lists import CellColumn, HtmlColumn, ListTable
from sites.models import Device, PhoneNumber, Service, Subscriber
from sites.templatetags.phones import phone
from sites.text import labelled

CELLS = "portal/cells"


class NumberTable(ListTable):
    """List by number."""

    number = tables.Column(
        verbose_name=_("Number"),
        order_by=("number",),
        orderable=True,
        attrs={"td": {"class": "nowrap"}},
    )
    kind = HtmlColumn(cells.kind, verbose_name=_("Type"))
    assignee = HtmlColumn(cells.assignee, verbose_name=_("Assigned to"))
    site = tables.Column(verbose_name=_("Site"), order_by=("site__search_key", "number"))
    status = HtmlColumn(cells.status, verbose_name=_("Status"))
    actions = HtmlColumn(cells.assigning, verbose_name="", exclude_from_export=True)

    class Meta(ListTable.Meta):
        order_by = "number"
        empty_text = _("No number at your sites yet.")

    def render_number(self, value: object) -> str:
        return phone(value)

    def value_assignee(self, record: PhoneNumber) -> str:
        """What kind of thing it is, too: the page has an icon for that."""
        to = record.assignee
        return labelled(capfirst(to._meta.verbose_name), to) if to else ""

    def value_status(self, record: PhoneNumber) -> str:
        return record.get_status_display()


class AssigneeTable(ListTable):
    """People, devices, services or trunks to which a number can be assigned; each is a button."""

    name = CellColumn(
        template_name=f"{CELLS}/assign_to.html", verbose_name=_("Name"), orderable=False
    )
    detail = tables.Column(empty_values=(), verbose_name=_("Details"), orderable=False)

    def render_detail(self, record: Subscriber | Device | Service) -> str:
        if isinstance(record, Subscriber):
            return record.user_id
        return _of_device(record) if isinstance(record, Device) else record.kind_and_state


def _of_device(device: Device) -> str:
    """Its model and its free lines, for its MAC address is its name already."""
    free = device.free_lines  # type: ignore[attr-defined]
    count = ngettext("%(free)d line available", "%(free)d lines available", free) % {"free": free}
    return f"{device.model}, {count}"
