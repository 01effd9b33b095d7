"""How many calls there were, by hour, by day, by site."""

from collections.abc import Callable, Iterable
from datetime import date, datetime, time, timedelta
from operator import attrgetter
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.db.models.functions import TruncDate, TruncHour
from django.utils import timezone

from portal.charts import Chart, stacked
from portal.days import short_day, short_hour, short_month

COUNTS = {
    "answered_count": Count("pk", filter=Q(answered=True)),
    "missed_count": Count("pk", filter=Q(answered=False)),
}
BY_DAY_UP_TO = 92  # days; a longer time is drawn by month
MONTHS = 12  # of a longer time, that many are drawn
SITES = 15
NO_CALL = (0, 0)
HOUR = attrgetter("hour")
Times = dict[Any, tuple[int, int]]  # answered and missed, of each time
Row = tuple[str, int, int]  # what it is of, answered, missed


def since(calls: QuerySet, days: int) -> QuerySet:
    """The calls of the last `days` days, today included, or of the last months."""
    return calls.filter(at__gte=timezone.make_aware(datetime.combine(first_day(days), time())))


def first_day(days: int) -> date:
    """What is drawn by month begins with a whole one; the present one is the twelfth."""
    today = timezone.localdate()
    if not drawn_by_month(days):
        return today - timedelta(days=days - 1)
    years_back, month = divmod(today.month - MONTHS, 12)
    return date(today.year + years_back, month + 1, 1)


def by_day_and_hour(calls: QuerySet, days: int) -> tuple[Chart, Chart]:
    """Each day, or each month when there are many; each hour, whatever the day.

    Both from one reading of what may be millions of calls.
    """
    found = _counted(calls.annotate(of=TruncHour("at")))
    return _by_day(_summed(found, datetime.date), days), _by_hour(_summed(found, HOUR))


def drawn_by_month(days: int) -> bool:
    """Whether so long a time is drawn by month."""
    return days > BY_DAY_UP_TO


def by_day(calls: QuerySet, days: int) -> Chart:
    """Each day, or each month when there are many, even those without a call."""
    return _by_day(_counted(calls.annotate(of=TruncDate("at"))), days)


def by_site(calls: QuerySet) -> list[Row]:
    """Every site with a call: those with the most first, then by name."""
    rows = calls.values("site__name").annotate(**COUNTS, total=Count("pk"))
    ordered = rows.order_by("-total", "site__search_key")
    return [(row["site__name"], row["answered_count"], row["missed_count"]) for row in ordered]


def _by_hour(found: Times) -> Chart:
    return stacked([(short_hour(hour), *found.get(hour, NO_CALL)) for hour in range(24)])


def _by_day(found: Times, days: int) -> Chart:
    if drawn_by_month(days):
        found = _summed(found, _month)
        months = _months(first_day(days))
        return stacked([(short_month(month), *found.get(month, NO_CALL)) for month in months])
    every = (first_day(days) + timedelta(days=n) for n in range(days))
    return stacked([(short_day(day), *found.get(day, NO_CALL)) for day in every])


def _month(day: date) -> date:
    return day.replace(day=1)


def _months(first: date) -> Iterable[date]:
    month, last = first, timezone.localdate()
    while month <= last:
        yield month
        month = (month + timedelta(days=32)).replace(day=1)


def _counted(calls: QuerySet) -> Times:
    rows = calls.order_by().values("of").annotate(**COUNTS)
    return {row["of"]: (row["answered_count"], row["missed_count"]) for row in rows}


def _summed(found: Times, of: Callable[[Any], Any]) -> Times:
    """The same for what `of` makes of each time: several may be one."""
    sums: Times = {}
    for each, (answered, missed) in found.items():
        before = sums.get(of(each), NO_CALL)
        sums[of(each)] = (before[0] + answered, before[1] + missed)
    return sums
