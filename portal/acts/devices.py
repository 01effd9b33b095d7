"""Adding devices and removing them, giving them to people, and asking for a restart."""

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from permissions import audit, scopes
from permissions.acts import act
from permissions.errors import Refused
from permissions.features import FeatureCode
from permissions.models import Act
from portal.acts.writing import at_site, check_holder, unless_taken
from sites.macs import canonical_mac
from sites.models import Device, DeviceModel, EquipmentRequest, Site, Subscriber

FEATURE = FeatureCode.USER_ASSIGNMENTS
State = EquipmentRequest.State


class MacTaken(Refused):
    """A device stands once in the whole network; whose it is, is not said."""

    field = "mac"

    @property
    def message(self) -> str:
        return _("This MAC address is already in use. Check it on the label of the device.")


class MacIllFormed(Refused):
    """Not twelve hexadecimal digits."""

    field = "mac"

    @property
    def message(self) -> str:
        return _("Enter the 12 digits of the MAC address, such as 00:15:65:a1:b2:c3.")


class NotApproved(Refused):
    """Only models that the carrier has approved are added."""

    field = "model"

    @property
    def message(self) -> str:
        return _("This model is no longer approved. Choose another one.")


class NumbersAssigned(Refused):
    """A device goes once nobody can be calling it."""

    @property
    def message(self) -> str:
        return _("Numbers are assigned to this device. Unassign them first.")


class DeviceAssigned(Refused):
    """Somebody was quicker: a device has one user."""

    @property
    def message(self) -> str:
        return _("This device has been assigned meanwhile. Take it back first.")


@act
def add_device(site: Site, *, mac: str, model: DeviceModel, name: str = "", by: object) -> Device:
    """Add a device at a site in scope. Raises OutOfScope, MacIllFormed, MacTaken, NotApproved."""
    held = scopes.take_site(site, by=by, feature=FEATURE)
    if not (canonical := canonical_mac(mac)):
        raise MacIllFormed
    approved = DeviceModel.objects.filter(pk=model.pk, is_approved=True).first()
    if approved is None:
        raise NotApproved
    device = Device(site=held, mac=canonical, model=approved, name=name)
    with unless_taken(MacTaken):
        device.save(force_insert=True)
    audit.record_row(Act.ADD, device, by=by, after=str(approved))
    return device


@act
def remove_device(device: Device, *, by: object, holder: str) -> None:
    """Remove a device from the site, and from `holder`; what was asked of it stays.

    Raises OutOfScope, HolderChanged, NumbersAssigned.
    """
    fresh = scopes.take(device, by=by, feature=FEATURE)
    check_holder(fresh, holder)
    if fresh.numbers.exists():
        raise NumbersAssigned
    give_up_requests(fresh, _("%(device)s was removed.") % {"device": fresh}, by=by)
    audit.record_row(Act.REMOVE, fresh, by=by, before=str(fresh.model))
    fresh.delete()


def give_up_requests(device: Device, text: str, *, by: object) -> None:
    """What the carrier has not taken up must not reach the device at its next owner's."""
    answer = {"state": State.FAILED, "answer": text}
    for request in device.requests.select_for_update().filter(state=State.WAITING):
        entries = audit.edits_of(request, answer, by=by)
        request.answered_at = timezone.now()
        request.save(update_fields=["state", "answer", "answered_at"])
        audit.record_all(entries)


@act
def assign_device(device: Device, to: Subscriber, *, by: object) -> Device:
    """Give a device to a user of its site. Raises OutOfScope, DeviceAssigned."""
    fresh = scopes.take(device, by=by, feature=FEATURE)
    user = at_site(fresh.site_id, to)
    if fresh.subscriber_id is not None:
        raise DeviceAssigned
    fresh.subscriber = user
    fresh.save(update_fields=["subscriber"])
    audit.record_row(Act.ASSIGN, fresh, by=by, after=str(user))
    return fresh


@act
def take_back_device(device: Device, *, by: object, holder: str) -> Device:
    """Take a device back from `holder`; a free one stays as it is.

    Raises OutOfScope, HolderChanged.
    """
    fresh = scopes.take(device, by=by, feature=FEATURE)
    if fresh.subscriber is not None:
        check_holder(fresh, holder)
        before = str(fresh.subscriber)
        fresh.subscriber = None
        fresh.save(update_fields=["subscriber"])
        audit.record_row(Act.UNASSIGN, fresh, by=by, before=before)
    return fresh


@act
def ask_restart(device: Device, *, by: Any) -> EquipmentRequest:
    """Ask the carrier to restart a device; an open request is not doubled. Raises OutOfScope."""
    fresh = scopes.take(device, by=by, feature=FEATURE)
    action = EquipmentRequest.Action.RESTART
    asked = fresh.requests.filter(action=action, state__in=EquipmentRequest.OPEN).first()
    if asked is not None:
        return asked
    request = EquipmentRequest(site=fresh.site, device=fresh, action=action, asked_by=by)
    request.save(force_insert=True)
    audit.record_row(Act.REQUEST, request, by=by, after=str(request.reference))
    return request
