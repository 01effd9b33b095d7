"""Recorded calls, and for whom calls are recorded."""

from datetime import datetime
from typing import Any

import django_tables2 as tables
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from phonenumber_field.phonenumber import to_python

from sites.lists import CellColumn, ListTable
from sites.models import Recording, Subscriber
from sites.templatetags.phones import phone

CELLS = "portal/cells"
ON_ONE_LINE = {"td": {"class": "nowrap"}}


class RecordingTable(ListTable):
    """Recorded calls, newest first; the sound itself stays with the carrier."""

    at = CellColumn(
        template_name=f"{CELLS}/when.html",
        verbose_name=_("Date"),
        order_by=("at", "pk"),
        orderable=True,
    )
    number = tables.Column(verbose_name=_("Number"), orderable=False, attrs=ON_ONE_LINE)
    peer = tables.Column(verbose_name=_("Other party"), orderable=False, attrs=ON_ONE_LINE)
    seconds = tables.Column(verbose_name=_("Length"), orderable=False, attrs=ON_ONE_LINE)
    subscriber = tables.Column(empty_values=(), verbose_name=_("User"), orderable=False)
    site = tables.Column(verbose_name=_("Site"), orderable=False)
    reference = tables.Column(
        verbose_name=_("Reference"), orderable=False, attrs={"td": {"class": "parts"}}
    )

    class Meta(ListTable.Meta):
        order_by = "-at"
        empty_text = _("No recorded call at your sites yet.")

    def value_at(self, value: datetime) -> datetime:
        return timezone.localtime(value)

    def render_number(self, value: Any) -> str:
        return phone(value)

    def render_peer(self, value: str) -> str:
        return phone(to_python(value) or "")

    def render_subscriber(self, record: Recording) -> str:
        return str(record.subscriber or record.user_name or self.default)

    def value_subscriber(self, record: Recording) -> str:
        return str(record.subscriber or record.user_name)

    def render_seconds(self, value: int) -> str:
        minutes, seconds = divmod(value, 60)
        if not minutes:
            return _("%(seconds)s s") % {"seconds": seconds}
        return _("%(minutes)s min %(seconds)s s") % {"minutes": minutes, "seconds": f"{seconds:02}"}


class PolicyTable(ListTable):
    """What is recorded for whom."""

    name = tables.Column(
        empty_values=(), verbose_name=_("Name"), order_by=("search_key", "pk"), orderable=True
    )
    user_id = tables.Column(verbose_name=_("User id"), orderable=False)
    extension = tables.Column(verbose_name=_("Extension"), orderable=False)
    site = tables.Column(verbose_name=_("Site"), orderable=False)
    recording = tables.Column(verbose_name=_("Calls recorded"), orderable=False)

    class Meta(ListTable.Meta):
        order_by = "name"
        empty_text = _("No user at your sites yet.")

    def render_name(self, record: Subscriber) -> str:
        return str(record)
