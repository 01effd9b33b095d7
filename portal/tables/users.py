"""People who telephone."""

import django_tables2 as tables
from django.utils.translation import gettext_lazy as _

from portal.cells import page_from_list
from sites.lists import CellColumn, ListTable
from sites.models import Subscriber
from sites.templatetags.phones import phone, phone_numbers

CELLS = "portal/cells"


def listed(joined: str | None) -> str:
    """Numbers in one cell of a file."""
    return ", ".join(phone(number) for number in phone_numbers(joined))


class UserTable(ListTable):
    """List by user."""

    name = tables.Column(
        empty_values=(),
        verbose_name=_("Name"),
        order_by=("search_key", "pk"),
        orderable=True,
        linkify=page_from_list,
    )
    email = CellColumn(
        template_name=f"{CELLS}/email.html",
        verbose_name=_("Email"),
        orderable=False,
        attrs={"td": {"class": "parts"}},
    )
    user_id = CellColumn(
        template_name=f"{CELLS}/user_id.html",
        verbose_name=_("User id"),
        orderable=False,
        attrs={"td": {"class": "parts"}},
    )
    numbers = CellColumn(
        template_name=f"{CELLS}/numbers.html", verbose_name=_("Numbers"), orderable=False
    )
    extension = tables.Column(
        verbose_name=_("Extension"), order_by=("extension", "search_key", "pk")
    )
    station = tables.Column(verbose_name=_("Station"), orderable=False)
    devices = CellColumn(
        template_name=f"{CELLS}/devices.html", verbose_name=_("Devices"), orderable=False
    )
    site = tables.Column(verbose_name=_("Site"), order_by=("site__search_key", "search_key", "pk"))

    class Meta(ListTable.Meta):
        order_by = "name"
        empty_text = _("No user at your sites yet.")

    def render_name(self, record: Subscriber) -> str:
        return str(record)

    def value_email(self, value: str) -> str:
        return value

    def value_user_id(self, value: str) -> str:
        return value

    def value_numbers(self, record: Subscriber) -> str:
        return listed(record.joined_numbers)

    def value_devices(self, record: Subscriber) -> str:
        return ", ".join(str(device) for device in record.devices.all())
