"""What stands in the cells of the lists of the inventory."""

from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _

from portal.templatetags.portal import badge, kind_of, page_of
from sites.models import Order, PhoneNumber

QUIET = '<span class="text-body-secondary">{}</span>'


def kind(number: PhoneNumber, request: HttpRequest) -> str:
    return PhoneNumber.Kind(number.kind).label


def assignee(number: PhoneNumber, request: HttpRequest) -> str:
    """Who has it, as a link if the reader may open their page."""
    holder = number.assignee
    if holder is None:
        return format_html(QUIET, _("Unassigned"))
    page = page_of(holder, request.features)  # type: ignore[attr-defined]
    name = format_html('<a href="{}">{}</a>', page, holder) if page else holder
    return format_html(f"<span>{{}} {QUIET}</span>", name, kind_of(holder))


def status(row: PhoneNumber | Order, request: HttpRequest) -> str:
    return badge(row.status, type(row).Status(row.status).label)


def assigning(number: PhoneNumber, request: HttpRequest) -> str:
    """To give it to somebody, or to take it back."""
    url, act = ("number_assign", _("Assign"))
    if number.assignee:
        url, act = ("number_unassign", _("Unassign"))
    words = '<a href="{}">{}<span class="visually-hidden"> {}</span></a>'
    return format_html(words, reverse(url, args=[number.pk]), act, number)
