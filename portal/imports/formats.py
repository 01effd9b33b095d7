"""Every kind of file. `docs/import.md` says the same for those who write the files."""

from collections.abc import Iterator
from typing import Any

from django.db.models import Count, F, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from permissions.delegation import open_sites
from portal.imports import cells
from portal.imports.cells import choice_of
from portal.imports.extensions import EXTENSION, extension_taken, sharing
from portal.imports.kinds import SITE, Column, Kind, ModelReference, Reference
from portal.imports.leaving import leave_recordings, leave_requests, who_have_left
from portal.imports.overlapping import overlapping, periods_overlap
from sites import models

REGISTRATION = choice_of(models.Device.Registration)
TRUNK_REGISTRATION = choice_of(models.SipTrunk.Registration, *models.SipTrunk.STATES)
STATION = Reference(models.Station, ("code",))
USER = Reference(models.Subscriber, ("user_id",), read=cells.user_id)
DEVICE = Reference(models.Device, ("mac",), read=cells.mac)
SERVICE = Reference(models.Service, ("kind", "name"))
TRUNK = Reference(models.SipTrunk, ("name",))
MODEL = ModelReference(models.DeviceModel, ("model",), same_site=False)
SECONDS = gettext_lazy("in seconds: 75")
ANSWERED = gettext_lazy("in seconds, 0 if nobody answered: 75")
COUNTRY = gettext_lazy("two letters, or the name: FR, France")
ORDER = Reference(models.Order, ("reference",), same_site=False)


def assigned_once(row: models.PhoneNumber) -> Iterator[tuple[str, str]]:
    """Of the four columns of the assignment, one at most is filled."""
    filled = [name for name in row.ASSIGNEES if getattr(row, f"{name}_id") is not None]
    if len(filled) > 1:
        others = ", ".join(filled[:-1])
        yield filled[-1], _("Already assigned by: %(columns)s.") % {"columns": others}


def overfull(enterprise: models.Enterprise) -> QuerySet[models.Device]:
    """Devices with more numbers than lines."""
    devices = models.Device.objects.filter(enterprise=enterprise)
    return devices.annotate(given=Count("numbers")).filter(given__gt=F("model__lines"))


def overfilling(enterprise: models.Enterprise) -> QuerySet[models.PhoneNumber]:
    """Their numbers."""
    devices = overfull(enterprise).order_by().values("pk")
    return models.PhoneNumber.objects.filter(device__in=devices)


def too_many_numbers(row: Any) -> str:
    return _("The device has more numbers than lines.")


def on_the_clock(row: models.OpeningHours) -> Iterator[tuple[str, str]]:
    """What the page of the site can show and save: whole minutes, the earlier ones first."""
    for name in ("opens", "closes"):
        at = getattr(row, name)
        if at.second or at.microsecond:
            yield name, _("“%(value)s” is not on a whole minute.") % {"value": at}
    if row.closes <= row.opens:
        yield "closes", _("The site closes before it opens.")


def within_capacity(row: models.SipTrunk) -> Iterator[tuple[str, str]]:
    if row.in_use > row.capacity:
        yield "in_use", _("More calls than the capacity.")


def answered_if_long(row: models.CallRecord) -> Iterator[tuple[str, str]]:
    if row.seconds and not row.answered:
        yield "seconds", _("A call that nobody answered has no length.")


def rings_what_it_says(row: models.CallHandling) -> Iterator[tuple[str, str]]:
    """A user for the action "subscriber", a service for "service", neither for the others."""
    for name in ("subscriber", "service"):
        given = getattr(row, f"{name}_id") is not None
        if given != (row.action == name):
            yield name, _("Superfluous for this action.") if given else _("The cell is empty.")
    if bool(row.forward_to) != (row.action == row.Action.FORWARD):
        said = _("Superfluous for this action.") if row.forward_to else _("The cell is empty.")
        yield "forward_to", said


def one(name: str, **options: Any) -> Column:
    return Column(name, **options)


def must(name: str, **options: Any) -> Column:
    return Column(name, True, **options)


NUMBER = must("number", read=cells.phone)
KINDS: dict[str, Kind] = {
    "sites": Kind(
        models.Site, ("name",), add=open_sites, traced=True,
        columns=(
            must("name"), one("street"), one("street_extra"), one("postal_code"),
            one("city"), one("country", read=cells.country, form=COUNTRY),
            one("contact_name"), one("contact_email"), one("phone", read=cells.phone),
        ),
    ),
    "models": Kind(
        models.DeviceModel, ("maker", "name"), worldwide=True,
        columns=(
            must("maker"), must("name"), must("lines", read=cells.counted),
            one("is_approved", read=cells.boolean),
        ),
    ),
    "stations": Kind(
        models.Station, ("code",),
        columns=(SITE, must("code"), one("kind", read=choice_of(models.Station.Kind))),
    ),
    "users": Kind(
        models.Subscriber, ("user_id",),
        after=(EXTENSION, sharing(models.Subscriber), extension_taken), locked=models.Site,
        leave=leave_recordings,
        columns=(
            SITE, must("user_id", read=cells.user_id), must("first_name"), must("last_name"),
            one("email"), one("extension", read=cells.extension), one("station", to=STATION),
            one("recording", read=choice_of(models.Subscriber.RecordingPolicy)),
        ),
    ),
    "devices": Kind(
        models.Device, ("mac",), worldwide=True, related=("model",),
        after=("model", overfull, too_many_numbers), leave=leave_requests,
        columns=(
            SITE, must("mac", read=cells.mac), must("model", to=MODEL), one("name"),
            one("station", to=STATION), one("subscriber", to=USER),
            one("registration", read=REGISTRATION),
        ),
    ),
    "services": Kind(
        models.Service, ("site_id", "kind", "name"),
        after=(EXTENSION, sharing(models.Service), extension_taken), locked=models.Site,
        columns=(
            SITE, must("kind", read=choice_of(models.Service.Kind)), must("name"),
            one("extension", read=cells.extension), one("is_active", read=cells.boolean),
        ),
    ),
    "members": Kind(
        models.ServiceMember, ("service_id", "subscriber_id"),
        columns=(
            SITE, must("service", to=SERVICE), must("subscriber", to=USER), one("position"),
        ),
    ),
    "trunks": Kind(
        models.SipTrunk, ("name",), check=within_capacity,
        columns=(
            SITE, must("name"), must("capacity"), one("in_use"),
            one("registration", read=TRUNK_REGISTRATION),
        ),
    ),
    "numbers": Kind(
        models.PhoneNumber, ("number",), worldwide=True, check=assigned_once,
        after=("device", overfilling, too_many_numbers), locked=models.Device,
        columns=(
            SITE, NUMBER, one("kind", read=choice_of(models.PhoneNumber.Kind)),
            one("status", read=choice_of(models.PhoneNumber.Status)),
            one("is_main", read=cells.boolean), one("subscriber", to=USER),
            one("device", to=DEVICE), one("service", to=SERVICE), one("trunk", to=TRUNK),
        ),
    ),
    "hours": Kind(
        models.OpeningHours, ("site_id", "weekday", "opens"), check=on_the_clock,
        after=("opens", overlapping, periods_overlap), locked=models.Site,
        columns=(
            SITE, must("weekday", read=choice_of(models.OpeningHours.Weekday)), must("opens"),
            must("closes"),
        ),
    ),
    "holidays": Kind(
        models.Holiday, ("site_id", "day"),
        columns=(SITE, must("day", read=cells.day), must("name")),
    ),
    "handling": Kind(
        models.CallHandling, ("site_id", "situation"), check=rings_what_it_says,
        locked=models.Site,
        columns=(
            SITE, must("situation", read=choice_of(models.CallHandling.Situation)),
            must("action", read=choice_of(models.CallHandling.Action)),
            one("subscriber", to=USER), one("service", to=SERVICE),
            one("forward_to", read=cells.phone),
        ),
    ),
    "orders": Kind(
        models.Order, ("reference",),
        columns=(
            SITE, must("reference"), must("ordered_on", read=cells.day),
            must("status", read=choice_of(models.Order.Status)),
        ),
    ),
    "order_items": Kind(
        models.OrderItem, ("order_id", "label"),
        columns=(
            must("order", to=ORDER), must("label"), one("quantity", read=cells.counted),
        ),
    ),
    "order_steps": Kind(
        models.OrderStep, ("order_id", "status"),
        columns=(
            must("order", to=ORDER), must("status", read=choice_of(models.Order.Status)),
            must("on", read=cells.day), one("comment"),
        ),
    ),
    "calls": Kind(
        models.CallRecord, ("reference",), check=answered_if_long,
        columns=(
            SITE, must("reference"), must("at", read=cells.past),
            must("direction", read=choice_of(models.CallRecord.Direction)), NUMBER,
            one("peer"), one("seconds", form=ANSWERED), must("answered", read=cells.boolean),
        ),
    ),
    "recordings": Kind(
        models.Recording, ("reference",),
        columns=(
            SITE, must("reference"), must("at", read=cells.past),
            one("subscriber", to=USER, outlived=who_have_left), NUMBER, one("peer"),
            must("seconds", form=SECONDS),
        ),
    ),
}  # fmt: skip
