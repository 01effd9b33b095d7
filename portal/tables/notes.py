"""Remarks on sites."""

from datetime import datetime

import django_tables2 as tables
from django.utils import timezone
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.names import known_name
from sites.lists import CellColumn, ListTable
from sites.models import Note

CELLS = "portal/cells"
SHORT = 80


class NoteTable(ListTable):
    """The beginning of each remark, who wrote it, when, and whether it was edited since."""

    text = tables.Column(
        verbose_name=gettext_lazy("Text"),
        orderable=False,
        linkify=("note", [tables.A("pk")]),
        attrs={"td": {"class": "anywhere"}},
    )
    site = tables.Column(verbose_name=gettext_lazy("Site"), orderable=False)
    author = tables.Column(
        accessor="author_name", verbose_name=gettext_lazy("Author"), orderable=False
    )
    created_at = CellColumn(
        template_name=f"{CELLS}/when.html",
        verbose_name=gettext_lazy("Date"),
        order_by=("created_at", "pk"),
        orderable=True,
    )
    edited = tables.Column(accessor="version", verbose_name=gettext_lazy("Edited"), orderable=False)

    class Meta(ListTable.Meta):
        order_by = "-created_at"
        empty_text = gettext_lazy("No note on your sites yet.")

    def render_text(self, value: str) -> str:
        return Truncator(value).chars(SHORT)

    def value_text(self, value: str) -> str:
        return value

    def render_author(self, record: Note) -> str:
        author = getattr(record, "author", None)
        return known_name(self.request.user, author, record.author_name)

    def value_created_at(self, value: datetime) -> datetime:
        return timezone.localtime(value)

    def render_edited(self, value: int) -> str:
        return _("Yes") if value > 1 else _("No")
