"""«Analyse» and «Rapports»: calls as charts, and the inventory in figures."""

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from permissions import audit
from permissions.features import FeatureCode
from permissions.models import Act
from portal import calls, reports
from portal.charts import ranked
from portal.pages import BY_NAME
from sites.exports import FORMATS
from sites.models import CallRecord

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
    context = {
        "page": BY_NAME["analytics"],
        "periods": periods(chosen),
        "by_day": calls.by_day(found, days),
        "by_hour": calls.by_hour(found),
        "by_site": ranked(calls.by_site(found)),
    }
    return render(request, "portal/analytics.html", context)


def report_list(request: HttpRequest) -> HttpResponseBase:
    """One report at a time, to read and to take away."""
    chosen = request.GET.get("report", "")
    report = reports.REPORTS.get(chosen) or reports.REPORTS[reports.FIRST]
    rows = report.rows(request.scope)
    respond = FORMATS.get(request.GET.get("export", ""))
    if respond is not None:
        audit.record(Act.EXPORT, by=request.user, item=f"report:{report.name}")
        return respond(report.name, [[str(head) for head in report.head], *rows])
    return render(request, "portal/reports.html", _shown(report, rows))


def _shown(report: reports.Report, rows: list[list[Any]]) -> dict[str, Any]:
    offered = [(one.name, one.label, one is report) for one in reports.REPORTS.values()]
    return {
        "page": BY_NAME["reports"],
        "report": report,
        "reports": offered,
        "rows": [list(zip(report.head, row, strict=True)) for row in rows[: reports.SHOWN]],
        "row_count": len(rows),
        "formats": [(name, name.upper()) for name in FORMATS],
    }
