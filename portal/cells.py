"""What stands in the cells of the lists of numbers and orders.

A function takes a fraction of what a template takes for each cell.
"""

from collections.abc import Container, Mapping

from django.db.models import Model
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from administrators.templatetags.administrators import from_list
from permissions.features import FeatureCode as F
from portal.templatetags.portal import badge
from sites.cells import act_on, url
from sites.lists import ListTable
from sites.models import Device, Order, PhoneNumber, Service, Subscriber

PAGES: Mapping[type[Model], tuple[str, F]] = {
    Subscriber: ("subscriber_edit", F.USER_ASSIGNMENTS),
    Device: ("device", F.USER_ASSIGNMENTS),
    Service: ("service", F.SERVICES),
}
# Django's own `get_kind_display` and the like hash every choice, for each cell.
KINDS = dict(PhoneNumber.Kind.choices)
STATUSES = {PhoneNumber: dict(PhoneNumber.Status.choices), Order: dict(Order.Status.choices)}
MUTED = '<span class="text-body-secondary">{}</span>'


def kind(number: PhoneNumber, request: HttpRequest) -> str:
    return str(KINDS.get(number.kind, number.kind))


def assignee(number: PhoneNumber, request: HttpRequest) -> str:
    """Who has it, as a link if the reader may open their page."""
    holder = number.assignee
    if holder is None:
        return format_html(MUTED, _("Unassigned"))
    page = page_of(holder, request.features)  # type: ignore[attr-defined]
    name = format_html('<a href="{}">{}</a>', page, holder) if page else holder
    what = format_html(MUTED, capfirst(holder._meta.verbose_name))
    return format_html("<span>{} {}</span>", what, name)


def status(row: PhoneNumber | Order, request: HttpRequest) -> str:
    return badge(row.status, STATUSES[type(row)].get(row.status, row.status))


def assigning(number: PhoneNumber, request: HttpRequest) -> str:
    """To give it to somebody, or to take it back."""
    if number.assignee:
        return act_on(number, _("Unassign"), from_list(url("number_unassign", number.pk), request))
    return act_on(number, _("Assign"), from_list(url("number_assign", number.pk), request))


def page_from_list(record: Model, table: ListTable) -> str | None:
    """The page of a row of a list, for whoever may open it; it leads back to the list."""
    page = page_of(record, table.request.features)
    return from_list(page, table.request) if page else None


def page_of(row: Model, features: Container[F]) -> str | None:
    """The page of what a number is assigned to, if one of the features held opens it."""
    name, feature = PAGES.get(type(row), ("", None))
    return url(name, row.pk) if feature in features else None
