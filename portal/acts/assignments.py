"""Giving a phone number to somebody or something of its site, and taking it back."""

from django.utils.translation import gettext as _

from permissions import audit, scopes
from permissions.acts import act
from permissions.errors import OutOfScope, Refused
from permissions.features import FeatureCode
from permissions.models import Act
from portal.acts.writing import at_site, check_holder
from sites.models import Device, PhoneNumber, Service, SipTrunk, Subscriber

FEATURE = FeatureCode.USER_ASSIGNMENTS
Assignee = Subscriber | Device | Service | SipTrunk
COLUMN: dict[type[Assignee], str] = {
    Subscriber: "subscriber",
    Device: "device",
    Service: "service",
    SipTrunk: "trunk",
}


class AlreadyAssigned(Refused):
    """Somebody was quicker: a number is assigned once."""

    @property
    def message(self) -> str:
        return _("This number has been assigned meanwhile. Unassign it first.")


class LinesTaken(Refused):
    """A device has no more numbers than lines."""

    @property
    def message(self) -> str:
        return _("All lines of this device are taken.")


class AnswersNoCall(Refused):
    """No call ends at a service of some kinds: at time schedules, at music on hold."""

    @property
    def message(self) -> str:
        return _("A service of this type takes no call: no number can lead to it.")


@act
def assign(number: PhoneNumber, to: Assignee, *, by: object) -> PhoneNumber:
    """Assign a free number to something at the same site, both in scope of `by`.

    Raises OutOfScope, AlreadyAssigned, LinesTaken, AnswersNoCall.
    """
    assignee = at_site(number.site_id, to)  # locked before the number, as a file locks them
    fresh = scopes.take(number, by=by, feature=FEATURE)
    if fresh.site_id != assignee.site_id:
        raise OutOfScope
    if fresh.assignee is not None:
        raise AlreadyAssigned
    _check_takes_calls(assignee)
    setattr(fresh, COLUMN[type(assignee)], assignee)
    fresh.save(update_fields=[COLUMN[type(assignee)]])
    audit.record_row(Act.ASSIGN, fresh, by=by, after=str(assignee))
    return fresh


def _check_takes_calls(assignee: Assignee) -> None:
    """A number leads only to what can answer. Raises LinesTaken, AnswersNoCall."""
    if isinstance(assignee, Device) and assignee.numbers.count() >= assignee.model.lines:
        raise LinesTaken
    if isinstance(assignee, Service) and not assignee.answers:
        raise AnswersNoCall


@act
def unassign(number: PhoneNumber, *, by: object, holder: str) -> PhoneNumber:
    """Take a number from `holder` (see `holder_of`); a free one stays as it is.

    Raises OutOfScope, HolderChanged.
    """
    fresh = scopes.take(number, by=by, feature=FEATURE)
    before = fresh.assignee
    if before is not None:
        check_holder(fresh, holder)
        for column in PhoneNumber.ASSIGNEES:
            setattr(fresh, column, None)
        fresh.save(update_fields=list(PhoneNumber.ASSIGNEES))
        audit.record_row(Act.UNASSIGN, fresh, by=by, before=str(before))
    return fresh
