"""Figures in rows."""

from dataclasses import dataclass
from typing import Any

import django_tables2 as tables
from django.utils.formats import number_format
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from administrators.templatetags.administrators import state_badge
from permissions.features import FeatureCode
from permissions.rules import features_read_with
from portal.charts import share_of
from portal.reports import NAMED, Report, Share
from sites.joined import lines_of
from sites.lists import ListTable
from sites.text import fold


class ReportTable(ListTable):
    """One report; which columns it has comes with `columns_of`."""

    labelled_by = "report"

    class Meta(ListTable.Meta):
        order_by = "name"
        empty_text = _("Nothing to report yet.")


class NameColumn(tables.Column):
    """What the row is of, and the way to its page."""

    def __init__(self, report: Report) -> None:
        super().__init__(
            empty_values=(),
            verbose_name=report.of,
            order_by=("search_key", "pk"),
            orderable=True,
            linkify=(report.link, [tables.A("pk")]),
        )

    def render(self, record: Any) -> str:
        return str(record)


class FigureColumn(tables.Column):
    """A figure as people read it; files hold it bare."""

    def render(self, value: int) -> str:
        return number_format(value, use_l10n=True, force_grouping=True)

    def value(self, value: int) -> int:
        return value


class FeaturesColumn(tables.Column):
    """The features that a person holds, by name; they were read with the person."""

    def __init__(self) -> None:
        super().__init__(empty_values=(), verbose_name=_("Which features"), orderable=False)

    def render(self, record: Any) -> str:
        held = features_read_with(record)
        return ", ".join(str(code.label) for code in FeatureCode if code in held)


class SitesColumn(tables.Column):
    """The sites that a person holds, by name: all, which is more than each of today's, or some."""

    def __init__(self) -> None:
        super().__init__(empty_values=(), verbose_name=_("Which sites"), orderable=False)

    def render(self, record: Any) -> str:
        if record.all_sites:
            return _("All sites, present and future")
        first = lines_of(record.first_sites)
        more = ["…"] if len(first) > NAMED else []
        return ", ".join([*sorted(first[:NAMED], key=fold), *more])


class StateColumn(tables.Column):
    """How somebody's account is, as in the list of administrators."""

    def render(self, record: Any) -> str:
        return state_badge(record.state)

    def value(self, record: Any) -> str:
        return str(record.state.label)


class ShareColumn(tables.TemplateColumn):
    """The first of two figures as a part of both, drawn; files hold the figures themselves."""

    def __init__(self, share: Share) -> None:
        looks = {"template_name": "portal/cells/share.html", "attrs": {"td": {"class": "rank"}}}
        super().__init__(
            **looks, verbose_name=share.label, orderable=False, exclude_from_export=True
        )
        self.share = share

    def render(self, record: Any, **kwargs: Any) -> str:
        percent = share_of(getattr(record, self.share.part), getattr(record, self.share.rest))
        rest = None if percent is None else 100 - percent
        look = self.share.rest_look
        self.extra_context = {"percent": percent, "rest_percent": rest, "rest_look": look}
        return super().render(record, **kwargs)


WORDS = {"state__label": StateColumn}


@dataclass(frozen=True)
class Key:
    """What a colour of a drawing stands for."""

    look: str
    label: Promise


def key_of(report: Report) -> list[Key]:
    """What the colours of the drawn shares stand for; nothing where none is drawn."""
    if report.share is None:
        return []
    part, rest = report.figures[report.share.part], report.figures[report.share.rest]
    return [Key("answered", part), Key(report.share.rest_look, rest)]


def columns_of(report: Report) -> list[tuple[str, tables.Column]]:
    """The name, words, figures, and at last what is listed or drawn of them."""
    words = [
        (name, WORDS.get(name, tables.Column)(verbose_name=label, orderable=False, accessor=name))
        for name, label in report.words.items()
    ]
    figures = [
        (name, FigureColumn(verbose_name=label, order_by=(name, "search_key", "pk")))
        for name, label in report.figures.items()
    ]
    listed = [("sites", SitesColumn()), ("features", FeaturesColumn())]
    rights = listed if report.lists_rights else []
    share = [("share", ShareColumn(report.share))] if report.share else []
    return [("name", NameColumn(report)), *words, *figures, *rights, *share]
