"""«Analyse» and «Rapports»: calls as charts, and the inventory in figures."""

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView

from permissions.features import FeatureCode
from portal import calls
from portal.charts import ranking
from portal.pages import BY_NAME
from portal.reports import REPORTS, Report
from portal.reports import USUAL as USUAL_REPORT
from portal.tables.reports import ReportTable, columns_of, key_of
from portal.views.scoped import ExportedTable
from sites.lists import SortedWithin
from sites.models import CallRecord
from sites.paging import OfferedPaginator

PERIODS: dict[str, tuple[int, Promise]] = {
    "7": (7, _("7 days")),
    "30": (30, _("30 days")),
    "90": (90, _("90 days")),
    "365": (365, _("12 months")),
}
USUAL = "30"


def period_of(request: HttpRequest) -> str:
    """The period that was chosen; the usual one for anything that is not offered."""
    asked = request.GET.get("period", USUAL)
    return asked if asked in PERIODS else USUAL


def periods(chosen: str) -> list[tuple[str, Promise, bool]]:
    return [(name, label, name == chosen) for name, (_days, label) in PERIODS.items()]


def analytics(request: HttpRequest) -> HttpResponse:
    """Calls by day, by hour and by site, answered and missed."""
    chosen = period_of(request)
    days = PERIODS[chosen][0]
    found = calls.since(request.scope.of(CallRecord, FeatureCode.ANALYTICS), days)
    by_day, by_hour = calls.by_day_and_hour(found, days)
    context = {
        "page": BY_NAME["analytics"],
        "periods": periods(chosen),
        "by_day": by_day,
        "drawn_by_month": calls.drawn_by_month(days),
        "by_hour": by_hour,
        "by_site": ranking(calls.by_site(found), calls.SITES),
    }
    return render(request, "portal/analytics.html", context)


class ReportList(ExportedTable, SortedWithin, TemplateView):
    """One report at a time, to read and to take away."""

    table_class = ReportTable
    table_pagination = {"paginator_class": OfferedPaginator, "per_page": 10}
    template_name = "portal/reports.html"

    @property
    def report(self) -> Report:
        """The one that was chosen; the usual one for anything that is not offered."""
        asked = REPORTS.get(self.request.GET.get("report", ""), USUAL_REPORT)
        return asked if asked.opens_to(self.request.scope) else USUAL_REPORT

    @property
    def file_title(self) -> Any:
        return self.report.label

    @property
    def audited_as(self) -> str:
        return f"report:{self.report.name}"

    def get_table_data(self) -> QuerySet:
        return self.report.rows(self.request.scope)

    def get_table_kwargs(self) -> dict[str, Any]:
        return super().get_table_kwargs() | {"extra_columns": columns_of(self.report)}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        opened = [one for one in REPORTS.values() if one.opens_to(self.request.scope)]
        offered = [(one.name, one.label, one is self.report) for one in opened]
        context = {"page": BY_NAME["reports"], "report": self.report, "reports": offered}
        return super().get_context_data(**kwargs) | context | {"key": key_of(self.report)}
