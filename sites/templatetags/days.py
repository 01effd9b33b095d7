"""Days as people write them."""

from datetime import date, datetime, timedelta
from typing import Any

from django import template
from django.contrib.humanize.templatetags.humanize import naturaltime
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.timezone import localtime, now
from django.utils.translation import get_language, gettext

register = template.Library()


@register.filter(expects_localtime=True)
def day(value: date | None) -> str:
    """«12 mars 2026»."""
    return _written(value, "j F Y") if value else ""


@register.filter(expects_localtime=True)
def moment(value: datetime | None) -> str:
    """«12 mars 2026 à 14:05»."""
    return _written(value, gettext("j F Y, H:i")) if value else ""


@register.filter
def in_words(value: Any) -> Any:
    """A day as people write it, and anything else as it is."""
    return day(value) if isinstance(value, date) else value


@register.filter
def ago(value: datetime) -> str:
    """«il y a 3 jours»; the moment itself for whoever points at it, and for machines."""
    value = localtime(value)
    recent = abs(now() - value) < timedelta(minutes=1)  # another machine's clock may be ahead
    said = gettext("just now") if recent else naturaltime(value)
    words, exact = '<time datetime="{}" title="{}">{}</time>', value.isoformat(timespec="seconds")
    return format_html(words, exact, moment(value), said)


def _written(value: date, form: str) -> str:
    """The French number the first day of a month alone: «1er janvier»."""
    text = date_format(value, form)
    french = (get_language() or "").startswith("fr")
    return f"1er{text[1:]}" if french and value.day == 1 else text
