"""What every filter of a list can do."""

from datetime import date, datetime, time, timedelta
from typing import Any

import django_filters
from django import forms
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from sites.text import SearchQuerySet, help_of_search

# Nothing has a time outside these days, and no clock is that far from UTC.
FIRST_DAY, LAST_DAY = date(1900, 1, 1), date(2999, 12, 31)


class DayInput(forms.DateInput):
    """The browser's own calendar."""

    input_type = "date"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs, format="%Y-%m-%d")


class DayFilter(django_filters.DateFilter):
    """Times from a day on, or up to its end, by the clock of the reader.

    As a time, which an index has, and not as the day of each row, which none has.
    """

    def __init__(self, field_name: str, *, lookup: str, label: Any) -> None:
        """`lookup` is "gte" for times from the day on, "lt" for those up to its end."""
        self.days = {"gte": 0, "lt": 1}[lookup]
        super().__init__(field_name=field_name, lookup_expr=lookup, label=label, widget=DayInput)

    def filter(self, rows: QuerySet, value: date | None) -> QuerySet:
        return super().filter(rows, value and self._time(value))

    def _time(self, day: date) -> datetime:
        near = min(max(day, FIRST_DAY), LAST_DAY) + timedelta(days=self.days)
        return timezone.make_aware(datetime.combine(near, time()))


def since(field: str) -> DayFilter:
    """From which day on."""
    return DayFilter(field, lookup="gte", label=_("From"))


def until(field: str) -> DayFilter:
    """Up to the end of which day."""
    return DayFilter(field, lookup="lt", label=_("To"))


class PeriodForm(forms.Form):
    """The form of a filter with `since` and `until`, in this order."""

    def clean(self) -> None:
        super().clean()
        first, last = (self.cleaned_data.get(name) for name in ("since", "until"))
        if first and last and last < first:
            self.add_error("until", _("This day is before the first one."))


class BaseFilter(django_filters.FilterSet):
    """A filter that can say what it does."""

    def looks(self) -> str:
        """All that its form shows, beside what stands in the address."""
        fields = self.form.fields.items()
        return str([(name, one.help_text, _choices(one)) for name, one in fields])

    def chosen(self) -> dict[str, Any]:
        """What the address says of each field; nothing of what a field does not offer."""
        if not self.is_bound:
            return {}
        self.form.is_valid()  # which cleans it
        return self.form.cleaned_data

    def narrowed(self, rows: QuerySet) -> QuerySet:
        """Other rows, narrowed by what was chosen."""
        return self.filter_queryset(rows) if self.chosen() else rows

    def applied(self) -> list[tuple[str, str, Any]]:
        """What narrows the list: parameter, label, value, for removable chips."""
        return [
            (name, self.form.fields[name].label, self.shown(name, value))
            for name, value in self.chosen().items()
            if value
        ]

    def shown(self, name: str, value: Any) -> Any:
        """A chosen value in words."""
        choices = getattr(self.form.fields[name], "choices", ())
        return dict(choices).get(value, value) if isinstance(value, str) else value


def _choices(field: forms.Field) -> list[tuple[str, str]]:
    offered = getattr(field, "choices", ())
    return [(str(value), str(label)) for value, label in offered]


class SearchFilter(BaseFilter):
    """A search box over the `search_key` of the rows, which says what it searches."""

    q = django_filters.CharFilter(
        method="search", label=_("Search"), widget=forms.TextInput(attrs={"type": "search"})
    )

    def __init__(self, *args: Any, **how: Any) -> None:
        super().__init__(*args, **how)
        self.filters["q"].extra["help_text"] = help_of_search(self.queryset.model)

    def search(self, rows: SearchQuerySet, name: str, value: str) -> SearchQuerySet:
        return rows.search(value)
