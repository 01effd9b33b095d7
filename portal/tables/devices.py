"""Devices, and to whom they can be given."""

import django_tables2 as tables
from django.utils.translation import gettext_lazy as _

from portal.cells import page_from_list
from portal.templatetags.portal import request_label
from sites.lists import CellColumn, ListTable
from sites.models import Device

CELLS = "portal/cells"


class DeviceTable(ListTable):
    """List by device. `free_lines` and `last_request` come with the rows."""

    mac = tables.Column(verbose_name=_("MAC address"), orderable=True, linkify=page_from_list)
    name = tables.Column(verbose_name=_("Name"), order_by=("name", "mac"))
    model = tables.Column(verbose_name=_("Model"), orderable=False)
    free_lines = tables.Column(verbose_name=_("Lines available"), orderable=False)
    subscriber = tables.Column(verbose_name=_("User"), orderable=False)
    station = tables.Column(verbose_name=_("Station"), orderable=False)
    site = tables.Column(verbose_name=_("Site"), order_by=("site__search_key", "mac"))
    registration = CellColumn(
        template_name=f"{CELLS}/registration.html", verbose_name=_("Status"), orderable=False
    )
    last_request = CellColumn(
        template_name=f"{CELLS}/last_request.html", verbose_name=_("Last request"), orderable=False
    )

    class Meta(ListTable.Meta):
        order_by = "mac"
        empty_text = _("No device at your sites yet.")

    def value_registration(self, record: Device) -> str:
        return record.get_registration_display()

    def value_last_request(self, record: Device) -> str:
        return request_label(record.last_request) if record.last_request else ""


class UserChoiceTable(ListTable):
    """Users to whom a device can be given; each is a button."""

    name = CellColumn(
        template_name=f"{CELLS}/assign_to.html", verbose_name=_("Name"), orderable=False
    )
    user_id = tables.Column(verbose_name=_("User id"), orderable=False)
    extension = tables.Column(verbose_name=_("Extension"), orderable=False)

    class Meta(ListTable.Meta):
        empty_text = _("Nobody at this site yet.")
