"""When a site is open."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from sites.models.placed import Placed
from sites.templatetags import days


class OpeningHours(Placed):
    """From when to when a site is open on one day of the week; a day may have several."""

    class Weekday(models.IntegerChoices):
        MONDAY = 0, _("Monday")
        TUESDAY = 1, _("Tuesday")
        WEDNESDAY = 2, _("Wednesday")
        THURSDAY = 3, _("Thursday")
        FRIDAY = 4, _("Friday")
        SATURDAY = 5, _("Saturday")
        SUNDAY = 6, _("Sunday")

    weekday = models.PositiveSmallIntegerField(_("day"), choices=Weekday)
    opens = models.TimeField(_("from"))
    closes = models.TimeField(_("until"))

    class Meta(Placed.Meta):
        verbose_name = _("opening hours")
        verbose_name_plural = _("opening hours")
        ordering = ("weekday", "opens")
        constraints = [
            *Placed.Meta.constraints,
            models.UniqueConstraint(
                fields=["enterprise", "site", "weekday", "opens"], name="hours_once"
            ),
            models.CheckConstraint(condition=Q(closes__gt=F("opens")), name="hours_in_order"),
            models.CheckConstraint(condition=Q(weekday__lte=6), name="hours_weekday"),
        ]

    def __str__(self) -> str:
        return f"{self.get_weekday_display()} {self.opens:%H:%M}–{self.closes:%H:%M}"


class Holiday(Placed):
    """A day on which a site is closed."""

    day = models.DateField(_("day"))
    name = models.CharField(_("name"), max_length=100)

    class Meta(Placed.Meta):
        verbose_name = _("holiday")
        verbose_name_plural = _("holidays")
        ordering = ("day",)
        constraints = [
            *Placed.Meta.constraints,
            models.UniqueConstraint(fields=["enterprise", "site", "day"], name="holiday_once"),
        ]

    def __str__(self) -> str:
        return f"{self.name} ({days.day(self.day)})"
