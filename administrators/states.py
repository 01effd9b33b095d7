"""The states in which an administrator can be, as the list shows and filters them."""

from datetime import datetime
from typing import TYPE_CHECKING

from django.db.models import Q, TextChoices
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from administrators.models import Administrator


class State(TextChoices):
    """Exactly one holds for each administrator."""

    ACTIVE = "active", _("Active")
    OWED = "owed", _("Password to be changed")
    EXPIRED = "expired", _("Password expired")
    MAIL_PENDING = "mail_pending", _("Email pending")
    DISABLED = "disabled", _("Disabled")


def state_of(person: "Administrator") -> State:
    """The state in which `person` is now."""
    if not person.is_active:
        return State.DISABLED
    if not person.must_change_password:
        return State.ACTIVE
    if person.password_expires_at is None:
        return State.MAIL_PENDING
    expired = person.temporary_used or person.password_expires_at <= timezone.now()
    return State.EXPIRED if expired else State.OWED


def in_state(state: State, now: datetime) -> Q:
    """The same as `state_of`, for a query."""
    gone = Q(temporary_used=True) | Q(password_expires_at__lte=now)
    owes = Q(is_active=True, must_change_password=True)
    return {
        State.DISABLED: Q(is_active=False),
        State.MAIL_PENDING: owes & Q(password_expires_at=None),
        State.EXPIRED: owes & Q(password_expires_at__isnull=False) & gone,
        State.OWED: owes & Q(password_expires_at__gt=now, temporary_used=False),
        State.ACTIVE: Q(is_active=True, must_change_password=False),
    }[state]
