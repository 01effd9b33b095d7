"""When a site is open: its hours by day of the week, and its holidays."""

from collections.abc import Iterable, Mapping
from datetime import date, time
from itertools import chain, groupby
from typing import Any

from django.utils.translation import gettext as _

from permissions import audit, audit_items, scopes
from permissions.acts import act, changed_meanwhile
from permissions.errors import Refused
from permissions.features import FeatureCode
from permissions.models import Act, AuditEntry
from portal.acts.writing import take_whole_site, unless_taken
from sites.models import Holiday, OpeningHours, Site

FEATURE = FeatureCode.PROFILE
Period = tuple[time, time]
Week = Mapping[int, Iterable[Period]]


class HolidayTaken(Refused):
    """A day is a holiday of a site once."""

    field = "day"

    @property
    def message(self) -> str:
        return _("This day is a holiday of this site already.")


@act
def set_hours(site: Site, week: Week, *, by: Any, version: str) -> int:
    """Set the hours of the days in `week`, in order; returns how many days changed.

    Raises OutOfScope, or StaleVersion if the week of the site is no longer `version`.
    """
    held = take_whole_site(site, by=by, feature=FEATURE)
    before = hours_of(OpeningHours.objects.filter(site=held))
    if version != version_of(before):
        raise changed_meanwhile(audit.last_edit_among([_item_of(held)], of=held), reader=by)
    wanted = {day: sorted(periods) for day, periods in week.items()}
    changed = [day for day, periods in wanted.items() if periods != before.get(day, [])]
    OpeningHours.objects.filter(site=held, weekday__in=changed).delete()
    for day in changed:
        for opens, closes in wanted[day]:
            OpeningHours.objects.create(site=held, weekday=day, opens=opens, closes=closes)
    audit.record_all(
        _entry(held, said(day, before.get(day, [])), said(day, wanted[day]), by=by)
        for day in changed
    )
    return len(changed)


@act
def add_holiday(site: Site, day: date, name: str, *, by: Any) -> Holiday:
    """Close a site on one day. Raises OutOfScope, HolidayTaken."""
    held = take_whole_site(site, by=by, feature=FEATURE)
    with unless_taken(HolidayTaken):
        holiday = Holiday.objects.create(site=held, day=day, name=name)
    audit.record_row(Act.ADD, holiday, by=by, after=str(holiday))
    return holiday


@act
def remove_holiday(holiday: Holiday, *, by: Any) -> None:
    """Have a site open on that day as on any other. Raises OutOfScope."""
    fresh = scopes.take(holiday, by=by, feature=FEATURE)
    audit.record_row(Act.REMOVE, fresh, by=by, before=str(fresh))
    fresh.delete()


def hours_of(rows: Iterable[OpeningHours]) -> dict[int, list[Period]]:
    """The periods of each day on which a site is open; `rows` in the order of the model."""
    days = groupby(rows, key=lambda row: row.weekday)
    return {day: [(row.opens, row.closes) for row in periods] for day, periods in days}


def version_of(week: Week) -> str:
    """A whole week as one text, by which an open page knows whether it was changed meanwhile."""
    days = sorted((day, [f"{one:%H:%M:%S}" for one in chain(*week[day])]) for day in week)
    return " ".join(f"{day}={'-'.join(times)}" for day, times in days)


def said(day: int, periods: Iterable[Period]) -> str:
    """The hours of one day in words: «lundi 08:00–12:00, 14:00–18:00»."""
    times = ", ".join(f"{opens:%H:%M}–{closes:%H:%M}" for opens, closes in periods)
    name = OpeningHours.Weekday(day).label
    return f"{name} {times}" if times else _("%(day)s closed") % {"day": name}


def _entry(site: Site, before: str, after: str, *, by: Any) -> AuditEntry:
    """Rows are replaced, so the audit names the hours of the site, not one of them."""
    name = str(OpeningHours._meta.verbose_name)
    texts = {"item_name": name, "before": before, "after": after}
    return audit.entry(Act.EDIT, by=by, to=None, item=_item_of(site), of=site, site=site, **texts)


def _item_of(site: Site) -> str:
    return f"{audit_items.of_model(OpeningHours)}{site.pk}"
