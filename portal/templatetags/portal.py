"""What the portal's pages share."""

from django import template
from django.db.models import Model

from sites.models import EquipmentRequest
from sites.paging import capped

register = template.Library()

GOOD, WARNING, BAD, QUIET = "good", "warning", "bad", "quiet"
TONES = {
    "active": GOOD, "registered": GOOD, "done": GOOD,
    "aged": WARNING, "porting": WARNING, "received": WARNING, "in_progress": WARNING,
    "shipped": WARNING, "waiting": WARNING, "sent": WARNING,
    "unregistered": BAD, "suspended": BAD, "failed": BAD,
    "cancelled": QUIET,
}  # fmt: skip
ICONS = {GOOD: "circle-check", WARNING: "clock-alert", BAD: "circle-x", QUIET: "ban"}


@register.inclusion_tag("components/badge.html")
def badge(value: str, label: str) -> dict[str, str]:
    """A state as a word with its colour and its sign, never colour alone."""
    tone = TONES.get(value, QUIET)
    return {"tone": tone, "icon": ICONS[tone], "label": label}


register.filter(capped)


@register.filter
def kind_of(row: Model) -> str:
    """What a row is, in a word: "user", "device"."""
    return str(row._meta.verbose_name)


@register.filter
def request_label(state: str) -> str:
    """The state of a request to a device, in a word."""
    return str(EquipmentRequest.State(state).label)
