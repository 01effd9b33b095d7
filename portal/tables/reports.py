"""Figures in rows."""

from typing import Any

import django_tables2 as tables
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from portal.charts import share_of
from portal.reports import Report
from sites.lists import ListTable


class ReportTable(ListTable):
    """One report; which figures it has comes with `columns_of`."""

    name = tables.Column(empty_values=(), verbose_name=_("Name"), order_by=("search_key", "pk"))

    class Meta(ListTable.Meta):
        fields = ()
        order_by = "name"
        empty_text = _("Nothing to report yet.")

    def render_name(self, record: Any) -> str:
        return str(record)

    def value_name(self, record: Any) -> str:
        return str(record)


class ShareColumn(tables.TemplateColumn):
    """The first of two figures as a part of both, drawn; files hold the figures themselves."""

    def __init__(self, part: str, rest: str, label: Promise) -> None:
        looks = {"template_name": "portal/cells/share.html", "attrs": {"td": {"class": "rank"}}}
        super().__init__(**looks, verbose_name=label, orderable=False, exclude_from_export=True)
        self.part, self.rest = part, rest

    def render(self, record: Any, **kwargs: Any) -> str:
        percent = share_of(getattr(record, self.part), getattr(record, self.rest))
        self.extra_context = {"percent": percent}
        return super().render(record, **kwargs)


def columns_of(report: Report) -> list[tuple[str, tables.Column]]:
    """The columns beside the name: words, figures, and the share if there is one to draw."""
    words = [(name, tables.Column(verbose_name=label, orderable=False, accessor=name))
             for name, label in report.words.items()]  # fmt: skip
    figures = [(name, tables.Column(verbose_name=label)) for name, label in report.figures.items()]
    return words + figures + ([("share", ShareColumn(*report.share))] if report.share else [])
