"""The opening hours of a site, and its holidays."""

from itertools import chain, count
from typing import Any

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from permissions.features import FeatureCode
from permissions.forms import ActForm, LineField, VersionedForm
from permissions.scopes import scope_of
from portal.acts.hours import Period, add_holiday, hours_of, said, set_hours, version_of
from portal.forms.periods import SHOWN, PeriodsField
from sites.filters import DayInput
from sites.models import Holiday, OpeningHours, Site

Day = OpeningHours.Weekday
DAYS = {day.name.lower(): day for day in Day}


class HoursForm(VersionedForm):
    """A week: two periods a day, or as many as there are or were typed already."""

    version = forms.CharField(widget=forms.HiddenInput, required=False)
    monday = PeriodsField(label=Day.MONDAY.label)
    tuesday = PeriodsField(label=Day.TUESDAY.label)
    wednesday = PeriodsField(label=Day.WEDNESDAY.label)
    thursday = PeriodsField(label=Day.THURSDAY.label)
    friday = PeriodsField(label=Day.FRIDAY.label)
    saturday = PeriodsField(label=Day.SATURDAY.label)
    sunday = PeriodsField(label=Day.SUNDAY.label)

    def __init__(self, *args: Any, hours: dict[int, list[Period]], **kwargs: Any) -> None:
        initial = {name: list(chain(*hours.get(day, []))) for name, day in DAYS.items()}
        initial["version"] = version_of(hours)
        super().__init__(*args, initial=initial, **kwargs)
        for name, day in DAYS.items():
            shown = max(SHOWN, len(hours.get(day, [])), self._typed(name))
            self.fields[name] = PeriodsField(label=capfirst(day.label), count=shown)

    def _typed(self, name: str) -> int:
        """How many periods of a day were sent: what was typed stays, whatever is there now."""
        return next(n for n in count() if self.add_prefix(f"{name}_{2 * n}") not in self.data)

    def current(self) -> dict[str, Any]:
        rows = scope_of(self.actor).of(OpeningHours, FeatureCode.PROFILE)
        week = hours_of(rows.filter(site=self.target))
        days = {name: week.get(day, []) for name, day in DAYS.items()}
        return {**days, "version": version_of(week)}

    def said(self, name: str, value: list[Period]) -> str:
        return said(DAYS[name], value)

    def save(self) -> int:
        week = {int(day): self.cleaned_data[name] for name, day in DAYS.items()}
        version = self.cleaned_data["version"]
        return set_hours(self.target, week, by=self.actor, version=version)


class HolidayForm(ActForm):
    """One day on which the site is closed."""

    day = forms.DateField(label=_("Day"), widget=DayInput)
    name = LineField(label=_("Name"), max_length=100)

    def __init__(self, *args: Any, site: Site, actor: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.site, self.actor = site, actor

    def save(self) -> Holiday:
        return add_holiday(self.site, **self.cleaned_data, by=self.actor)
