"""From when to when, several times a day."""

from collections.abc import Iterable, Iterator
from datetime import time
from itertools import pairwise
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from permissions.forms import PortalBoundField

NAMES = (gettext_lazy("First period"), gettext_lazy("Second period"))
LABELS = (gettext_lazy("Opens at"), gettext_lazy("Closes at"))
SHOWN = 2


class ClockInput(forms.TimeInput):
    """The browser's own clock."""

    input_type = "time"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs, format="%H:%M")


class PeriodsWidget(forms.MultiWidget):
    """Two clocks for each period, each with a label of its own; those that are `wrong` say so."""

    template_name = "portal/widgets/periods.html"
    wrong: tuple[int, ...] = ()

    def __init__(self, count: int) -> None:
        super().__init__([ClockInput() for _number in range(2 * count)])

    def decompress(self, value: Any) -> list[time | None]:
        """Only asked of nothing: what is shown comes as a list of times already."""
        return [None] * len(self.widgets)

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        widgets = context["widget"]["subwidgets"]
        for number, one in enumerate(widgets):
            one["period"], one["label"] = name_of(number // 2), LABELS[number % 2]
            if number in self.wrong:
                one["attrs"]["aria-describedby"] = f"{context['widget']['attrs']['id']}_error"
            elif self.wrong:
                del one["attrs"]["aria-invalid"]
        pairs = zip(widgets[::2], widgets[1::2], strict=True)
        context["widget"]["periods"] = list(pairs)
        return context


def name_of(period: int) -> str:
    """What tells two clocks of a day apart to whoever does not see where they stand."""
    if period < len(NAMES):
        return str(NAMES[period])
    return _("Period %(number)d") % {"number": period + 1}


class PeriodsBoundField(PortalBoundField):
    """Of the clocks of a day, an error concerns those that it names."""

    @property
    def wrong(self) -> tuple[int, ...]:
        named = (error.params["clocks"] for error in self.errors.as_data() if error.params)
        return next(named, ())

    @property
    def id_of_error(self) -> str:
        return f"{self.auto_id}_{min(self.wrong, default=0)}"

    def as_widget(self, *args: Any, **kwargs: Any) -> str:
        self.field.widget.wrong = self.wrong
        return super().as_widget(*args, **kwargs)


def refuse(message: Any, clocks: Iterable[int]) -> None:
    """An error about these clocks of a day, if there are any."""
    if named := tuple(clocks):
        raise ValidationError(message, params={"clocks": named})


class PeriodsField(forms.MultiValueField):
    """The periods of one day, in order and apart; none means closed."""

    bound_field_class = PeriodsBoundField

    def __init__(self, *, label: Any, count: int = SHOWN) -> None:
        formats = ["%H:%M", "%H:%M:00"]  # whole minutes: more is not shown
        times = [forms.TimeField(input_formats=formats, required=False) for _n in range(2 * count)]
        super().__init__(
            times,
            label=label,
            required=False,
            require_all_fields=False,
            widget=PeriodsWidget(count),
        )

    def clean(self, value: list[Any]) -> Any:
        refuse(self.fields[0].error_messages["invalid"], self._unread(value))
        return super().clean(value)

    def _unread(self, value: list[Any]) -> Iterator[int]:
        for number, (clock, text) in enumerate(zip(self.fields, value, strict=True)):
            try:
                clock.clean(text)
            except ValidationError:
                yield number

    def compress(self, values: list[time | None]) -> list[tuple[time, time]]:
        pairs = [(n, values[n], values[n + 1]) for n in range(0, len(values), 2)]
        half = [pair for pair in pairs if pair.count(None) == 1]
        missing = (n if opens is None else n + 1 for n, opens, _closes in half)
        refuse(_("Enter both the beginning and the end of each period."), missing)
        periods = sorted((opens, closes, n) for n, opens, closes in pairs if opens and closes)
        early = (n + 1 for opens, closes, n in periods if closes <= opens)
        refuse(_("Each period ends after it begins."), early)
        neighbours = pairwise(periods)
        within = (n for (_b, ends, _n), (begins, _e, n) in neighbours if ends > begins)
        refuse(_("Two periods of a day may not overlap."), within)
        return [(opens, closes) for opens, closes, _n in periods]
