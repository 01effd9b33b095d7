"""What the portal's pages share."""

import re
from urllib.parse import urlencode

from django import template
from django.http import HttpRequest
from django.utils.html import format_html_join
from django.utils.safestring import mark_safe

from sites import cells
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


@register.simple_tag
def badge(value: str, label: str) -> str:
    """The state of a row of the inventory, whatever its kind."""
    tone = TONES.get(value, QUIET)
    return cells.state(tone, ICONS[tone], label)


register.filter(capped)


@register.filter
def in_parts(address: str) -> str:
    """An address that may go on in the next line after its “@” and its dots, not inside a word."""
    parts = re.split(r"(?<=[@.])", address)
    return format_html_join(mark_safe("<wbr>"), "{}", ((part,) for part in parts))


@register.filter
def from_holder(url: str, request: HttpRequest) -> str:
    """`url` with the word by which a number's page leads back to the page of who has it."""
    listed = request.GET.get("list", "")
    return f"{url}?{urlencode({'from': 'holder'} | ({'list': listed} if listed else {}))}"


@register.filter
def request_label(state: str) -> str:
    """The state of a request to a device, in a word."""
    return str(EquipmentRequest.State(state).label)
