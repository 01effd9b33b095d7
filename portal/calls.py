"""How many calls there were, by hour, by day, by site."""

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.db.models.functions import ExtractHour, TruncDate, TruncMonth
from django.utils import timezone
from django.utils.formats import date_format

from portal.charts import Chart, stacked

COUNTS = {
    "answered_count": Count("pk", filter=Q(answered=True)),
    "missed_count": Count("pk", filter=Q(answered=False)),
}
BY_DAY_UP_TO = 92  # days; a longer time is drawn by month
SITES = 15


def since(calls: QuerySet, days: int) -> QuerySet:
    """The calls of the last `days` days, today included."""
    return calls.filter(at__gte=timezone.make_aware(datetime.combine(first_day(days), time())))


def first_day(days: int) -> date:
    return timezone.localdate() - timedelta(days=days - 1)


def by_hour(calls: QuerySet) -> Chart:
    """Each hour of the day, whatever the day."""
    found = _counted(calls.annotate(of=ExtractHour("at")))
    return stacked([(f"{hour} h", *found.get(hour, (0, 0))) for hour in range(24)])


def by_day(calls: QuerySet, days: int) -> Chart:
    """Each day, or each month when there are many, even those without a call."""
    if days > BY_DAY_UP_TO:
        return _by_month(calls, days)
    found = _counted(calls.annotate(of=TruncDate("at")))
    every = (first_day(days) + timedelta(days=n) for n in range(days))
    return stacked([(date_format(day, "j b"), *found.get(day, (0, 0))) for day in every])


def by_site(calls: QuerySet) -> list[tuple[str, int, int]]:
    """The sites with the most calls: name, answered, missed."""
    rows = calls.values("site__name").annotate(**COUNTS, total=Count("pk")).order_by("-total")
    return [(row["site__name"], row["answered_count"], row["missed_count"]) for row in rows[:SITES]]


def totals(calls: QuerySet) -> dict[str, int]:
    """Answered, missed, and all."""
    found = calls.aggregate(**COUNTS)
    return {**found, "total": sum(found.values())}


def _by_month(calls: QuerySet, days: int) -> Chart:
    found = {
        at.date(): counts for at, counts in _counted(calls.annotate(of=TruncMonth("at"))).items()
    }
    return stacked(
        [(date_format(m, "b Y"), *found.get(m, (0, 0))) for m in _months(first_day(days))]
    )


def _months(first: date) -> Iterable[date]:
    month, last = first.replace(day=1), timezone.localdate()
    while month <= last:
        yield month
        month = (month + timedelta(days=32)).replace(day=1)


def _counted(calls: QuerySet) -> dict[Any, tuple[int, int]]:
    rows = calls.order_by().values("of").annotate(**COUNTS)
    return {row["of"]: (row["answered_count"], row["missed_count"]) for row in rows}
