"""The quick starts of the dashboard: several steps at one site as one act."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.translation import gettext as _

from permissions import audit, audit_items
from permissions.acts import act, changed_meanwhile
from permissions.errors import Refused
from permissions.features import FeatureCode
from permissions.models import Act
from portal.acts.assignments import assign
from portal.acts.devices import add_device, assign_device
from portal.acts.services import add_member
from portal.acts.users import add_user
from portal.acts.writing import at_site, take_whole_site
from sites.models import (
    CallHandling,
    Device,
    DeviceModel,
    PhoneNumber,
    Placed,
    Service,
    Site,
    Station,
    Subscriber,
)
from sites.templatetags.phones import phone
from sites.text import labelled


class Taken(Refused):
    """Something that was free when the page was shown."""

    def __init__(self, field: str) -> None:
        super().__init__(field)
        self.field = field

    @property
    def message(self) -> str:
        return _("This one has been taken meanwhile. Choose another.")


@act
def set_up_user(
    site: Site,
    details: Mapping[str, str],
    *,
    by: Any,
    station: Station | None = None,
    number: PhoneNumber | None = None,
    device: Device | None = None,
    services: Iterable[Service] = (),
) -> Subscriber:
    """A person with what they need, all of it or nothing; services need their own feature.

    Raises OutOfScope, UserIdTaken, ExtensionTaken, Taken, AlreadyAssigned, DeviceAssigned.
    """
    person = add_user(site, details, by=by)
    if station is not None:
        _take_station(station, person, by=by)
    if device is not None:
        assign_device(device, person, by=by)
    if number is not None:
        assign(number, person, by=by)
    for service in services:
        add_member(service, person, by=by)
    return person


@act
def add_phone(
    site: Site,
    *,
    mac: str,
    model: DeviceModel,
    name: str,
    by: Any,
    station: Station | None = None,
    number: PhoneNumber | None = None,
) -> Device:
    """A device for a place rather than a person, with its number. Raises as its steps do."""
    device = add_device(site, mac=mac, model=model, name=name, by=by)
    if station is not None:
        _take_station(station, device, by=by)
    if number is not None:
        assign(number, device, by=by)
    return device


@act
def set_call_handling(
    site: Site,
    wanted: Mapping[str, Mapping[str, Any]],
    *,
    by: Any,
    versions: Mapping[str, str],
) -> list[str]:
    """What becomes of calls to the main number; returns the situations that really changed.

    `wanted` maps a situation to the fields action, subscriber, service and forward_to. Raises
    OutOfScope, or StaleVersion if one of the situations no longer has its version.
    """
    held = take_whole_site(site, by=by, feature=FeatureCode.SERVICES)
    rows = CallHandling.objects.select_for_update(no_key=True).filter(site=held)
    present = {row.situation: row for row in rows}
    names = CallHandling.Situation.values
    if versions != {name: version_of(held, present.get(name)) for name in names}:
        items = [audit_items.of_row(row) for row in present.values()]
        raise changed_meanwhile(audit.last_edit_among(items, of=held), reader=by)
    changed = []
    for situation, fields in wanted.items():
        row = present.get(situation) or CallHandling(site=held, situation=situation)
        if _handled(row, fields, by=by):
            changed.append(situation)
    return changed


def _take_station(station: Station, to: Subscriber | Device, *, by: Any) -> None:
    """A station is taken once. Raises OutOfScope, Taken."""
    found = at_site(to.site_id, station)
    used = Subscriber.objects.filter(station=found).exists()
    if used or Device.objects.filter(station=found).exists():
        raise Taken("station")
    to.station = found
    to.save(update_fields=["station"])
    audit.record_row(Act.ASSIGN, found, by=by, after=str(to))


def _handled(row: CallHandling, fields: Mapping[str, Any], *, by: Any) -> bool:
    """Write one situation; every user or service in it stands at the same site."""
    for value in fields.values():
        if isinstance(value, Placed):
            at_site(row.site_id, value)
    before, version = said(row) if row.pk else "", version_of(row.site, row if row.pk else None)
    for field, value in fields.items():
        setattr(row, field, value)
    if version == version_of(row.site, row):
        return False
    row.save()
    entry = audit.of_row(Act.EDIT, row, by=by, before=before, after=said(row))
    entry.item_name = str(row.get_situation_display())
    audit.record_all([entry])
    return True


def said(row: CallHandling) -> str:
    """What happens to a call, in words."""
    to = row.subscriber or row.service or phone(row.forward_to)
    return labelled(row.get_action_display(), to) if to else str(row.get_action_display())


def version_of(site: Site, row: CallHandling | None) -> str:
    """What a page shows of one situation, by which it knows whether that changed meanwhile.

    The site is part of it: another one may have been chosen meanwhile.
    """
    if row is None:
        return f"{site.pk}:"
    to = row.subscriber_id or row.service_id or row.forward_to or ""
    return f"{site.pk}:{row.action}:{to}"
