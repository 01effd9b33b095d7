"""From when to when, several times a day."""

from datetime import time
from itertools import pairwise
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

LABELS = (gettext_lazy("Opens at"), gettext_lazy("Closes at"))
SHOWN = 2


class ClockInput(forms.TimeInput):
    """The browser's own clock."""

    input_type = "time"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs, format="%H:%M")


class PeriodsWidget(forms.MultiWidget):
    """Two clocks for each period, each with a label of its own."""

    template_name = "portal/widgets/periods.html"

    def __init__(self, count: int) -> None:
        super().__init__([ClockInput() for _number in range(2 * count)])

    def decompress(self, value: Any) -> list[time | None]:
        """Only asked of nothing: what is shown comes as a list of times already."""
        return [None] * len(self.widgets)

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        widgets = context["widget"]["subwidgets"]
        for number, one in enumerate(widgets):
            one["label"] = LABELS[number % 2]
        pairs = zip(widgets[::2], widgets[1::2], strict=True)
        context["widget"]["periods"] = list(pairs)
        return context


class PeriodsField(forms.MultiValueField):
    """The periods of one day, in order and apart; none means closed."""

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

    def compress(self, values: list[time | None]) -> list[tuple[time, time]]:
        pairs = list(zip(values[::2], values[1::2], strict=True))
        periods = [(opens, closes) for opens, closes in pairs if opens and closes]
        if any((opens is None) != (closes is None) for opens, closes in pairs):
            raise ValidationError(_("Enter both the beginning and the end of each period."))
        if any(closes <= opens for opens, closes in periods):
            raise ValidationError(_("Each period ends after it begins."))
        ordered = sorted(periods)
        if any(ends > begins for (_b, ends), (begins, _e) in pairwise(ordered)):
            raise ValidationError(_("Two periods of a day may not overlap."))
        return ordered
