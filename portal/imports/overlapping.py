"""Opening hours that overlap: with them no hours of their site could be saved on its page again."""

from collections.abc import Iterable, Iterator
from itertools import groupby

from django.utils.translation import gettext as _

from sites.chunks import in_chunks
from sites.models import Enterprise, OpeningHours


def overlapping(enterprise: Enterprise) -> Iterable[OpeningHours]:
    """Each period that shares time with another one of its site and day."""
    rows = OpeningHours.objects.filter(enterprise=enterprise)
    ordered = in_chunks(rows.order_by("site_id", "weekday", "opens"))
    found: dict[int, OpeningHours] = {}
    for _of, periods in groupby(ordered, key=lambda row: (row.site_id, row.weekday)):
        found |= {row.pk: row for row in _of_a_day(periods)}
    return found.values()


def periods_overlap(row: OpeningHours) -> str:
    return _("Two periods of a day may not overlap.")


def _of_a_day(periods: Iterator[OpeningHours]) -> Iterator[OpeningHours]:
    """In the order in which they begin, each is compared with the one that ends last so far."""
    latest = next(periods)
    for row in periods:
        if row.opens < latest.closes:
            yield from (latest, row)
        latest = max(latest, row, key=lambda one: one.closes)
