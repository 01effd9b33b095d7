"""How many calls there were, by hour, by day, by site."""

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.db.models.functions import ExtractHour, TruncDate, TruncMonth
from django.utils import timezone

from portal.charts import Chart, stacked
from portal.days import short_day, short_hour, short_month

COUNTS = {
    "answered_count": Count("pk", filter=Q(answered=True)),
    "missed_count": Count("pk", filter=Q(answered=False)),
}
BY_DAY_UP_TO = 92  # days; a longer time is drawn by month
SITES = 15
Row = tuple[str, int, int]  # what it is of, answered, missed


def since(calls: QuerySet, days: int) -> QuerySet:
    """The calls of the last `days` days, today included."""
    return calls.filter(at__gte=timezone.make_aware(datetime.combine(first_day(days), time())))


def first_day(days: int) -> date:
    return timezone.localdate() - timedelta(days=days - 1)


def by_hour(calls: QuerySet) -> Chart:
    """Each hour of the day, whatever the day."""
    found = _counted(calls.annotate(of=ExtractHour("at")))
    return stacked([(short_hour(hour), *found.get(hour, (0, 0))) for hour in range(24)])


def drawn_by_month(days: int) -> bool:
    """Whether so long a time is drawn by month."""
    return days > BY_DAY_UP_TO


def by_day(calls: QuerySet, days: int) -> Chart:
    """Each day, or each month when there are many, even those without a call."""
    if drawn_by_month(days):
        return _by_month(calls, days)
    found = _counted(calls.annotate(of=TruncDate("at")))
    every = (first_day(days) + timedelta(days=n) for n in range(days))
    return stacked([(short_day(day), *found.get(day, (0, 0))) for day in every])


def by_site(calls: QuerySet) -> list[Row]:
    """Every site with a call: those with the most first, then by name."""
    rows = calls.values("site__name").annotate(**COUNTS, total=Count("pk"))
    ordered = rows.order_by("-total", "site__search_key")
    return [(row["site__name"], row["answered_count"], row["missed_count"]) for row in ordered]


def _by_month(calls: QuerySet, days: int) -> Chart:
    found = {
        at.date(): counts for at, counts in _counted(calls.annotate(of=TruncMonth("at"))).items()
    }
    months = _months(first_day(days))
    return stacked([(short_month(month), *found.get(month, (0, 0))) for month in months])


def _months(first: date) -> Iterable[date]:
    month, last = first.replace(day=1), timezone.localdate()
    while month <= last:
        yield month
        month = (month + timedelta(days=32)).replace(day=1)


def _counted(calls: QuerySet) -> dict[Any, tuple[int, int]]:
    rows = calls.order_by().values("of").annotate(**COUNTS)
    return {row["of"]: (row["answered_count"], row["missed_count"]) for row in rows}
