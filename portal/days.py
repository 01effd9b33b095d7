"""Days, months and hours in the few letters that there is room for under a chart."""

from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

MONTHS = (
    gettext_lazy("Jan"), gettext_lazy("Feb"), gettext_lazy("Mar"), gettext_lazy("Apr"),
    gettext_lazy("May"), gettext_lazy("Jun"), gettext_lazy("Jul"), gettext_lazy("Aug"),
    gettext_lazy("Sep"), gettext_lazy("Oct"), gettext_lazy("Nov"), gettext_lazy("Dec"),
)  # fmt: skip


def short_month(day: date) -> str:
    """The month and its year."""
    return f"{MONTHS[day.month - 1]} {day.year}"


def short_day(day: date) -> str:
    """The day and its month."""
    return f"{day.day} {MONTHS[day.month - 1]}"


def short_hour(hour: int) -> str:
    """An hour of the clock."""
    return _("%(hour)s:00") % {"hour": hour}
