"""The opening hours of a site, and its holidays."""

from itertools import chain
from typing import Any

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from permissions.forms import ActForm, LineField
from portal.acts.hours import Period, add_holiday, set_hours
from portal.forms.periods import SHOWN, PeriodsField
from sites.filters import DayInput
from sites.models import Holiday, OpeningHours, Site

Day = OpeningHours.Weekday
DAYS = {day.name.lower(): day for day in Day}


class HoursForm(ActForm):
    """A week: two periods a day, or as many as there are already."""

    monday = PeriodsField(label=Day.MONDAY.label)
    tuesday = PeriodsField(label=Day.TUESDAY.label)
    wednesday = PeriodsField(label=Day.WEDNESDAY.label)
    thursday = PeriodsField(label=Day.THURSDAY.label)
    friday = PeriodsField(label=Day.FRIDAY.label)
    saturday = PeriodsField(label=Day.SATURDAY.label)
    sunday = PeriodsField(label=Day.SUNDAY.label)

    def __init__(
        self, *args: Any, site: Site, actor: Any, hours: dict[int, list[Period]], **kwargs: Any
    ) -> None:
        initial = {name: list(chain(*hours.get(day, []))) for name, day in DAYS.items()}
        super().__init__(*args, initial=initial, **kwargs)
        self.site, self.actor = site, actor
        for name, day in DAYS.items():
            count = max(SHOWN, len(hours.get(day, [])))
            self.fields[name] = PeriodsField(label=capfirst(day.label), count=count)

    def save(self) -> int:
        week = {int(day): self.cleaned_data[name] for name, day in DAYS.items()}
        return set_hours(self.site, week, by=self.actor)


class HolidayForm(ActForm):
    """One day on which the site is closed."""

    day = forms.DateField(label=_("Day"), widget=DayInput)
    name = LineField(label=_("Name"), max_length=100)

    def __init__(self, *args: Any, site: Site, actor: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.site, self.actor = site, actor

    def save(self) -> Holiday:
        return add_holiday(self.site, **self.cleaned_data, by=self.actor)
