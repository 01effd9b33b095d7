"""Days, months and hours in the few letters that there is room for under a chart."""

from datetime import date

from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

MONTHS = (
    gettext_lazy("Jan"), gettext_lazy("Feb"), gettext_lazy("Mar"), gettext_lazy("Apr"),
    gettext_lazy("May"), gettext_lazy("Jun"), gettext_lazy("Jul"), gettext_lazy("Aug"),
    gettext_lazy("Sep"), gettext_lazy("Oct"), gettext_lazy("Nov"), gettext_lazy("Dec"),
)  # fmt: skip


def short_month(day: date) -> str:
    """The month and its year."""
    return f"{MONTHS[day.month - 1]} {day.year}"


def short_day(day: date) -> str:
    """The day and its month; the French number the first day of a month alone: «1er nov.»."""
    first = day.day == 1 and (get_language() or "").startswith("fr")
    return f"{'1er' if first else day.day} {MONTHS[day.month - 1]}"


def short_hour(hour: int) -> str:
    """An hour of the clock."""
    return _("%(hour)s:00") % {"hour": hour}
