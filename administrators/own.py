"""The acts of somebody on their own account."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.auth.hashers import make_password
from django.utils import timezone

from administrators.errors import TooMuchFeedback
from administrators.models import Administrator, OutgoingMail
from administrators.writing import ADDRESS, CONTACT, apply_changes, post
from permissions import audit, rules
from permissions.acts import act, changed_meanwhile
from permissions.errors import OutOfScope
from permissions.models import Act

FEEDBACK_AN_HOUR = 5


@act
def update_own_details(
    person: Administrator, changes: Mapping[str, Any], *, by: Administrator, version: int
) -> list[str]:
    """Somebody changes their own contact and address; never their username, sites or features."""
    if person.pk != by.pk or not set(changes) <= {*CONTACT, *ADDRESS}:
        raise OutOfScope
    fresh = get_user_model().objects.select_for_update(no_key=True).get(pk=person.pk)
    if not rules.may_act(fresh):
        raise OutOfScope
    if fresh.version != version:
        raise changed_meanwhile(audit.last_edit(fresh), reader=fresh)
    return apply_changes(fresh, changes, by=by)


@act
def change_own_password(person: Administrator, password: str, *, by: Administrator) -> None:
    """Set the password that `person` chose; all their other sessions end.

    Raises OutOfScope if the password they were checked against was reset meanwhile.
    """
    if person.pk != by.pk:
        raise OutOfScope
    mine = get_user_model().objects.filter(pk=person.pk, password=person.password, is_active=True)
    changed = mine.update(
        password=make_password(password),
        must_change_password=False,
        password_expires_at=None,
        temporary_used=False,
    )
    if not changed:
        raise OutOfScope
    audit.record(Act.PASSWORD, by=by, to=person)


@act
def send_feedback(text: str, *, by: Administrator) -> None:
    """Put a person's opinion in the outbox, for the operator. Raises TooMuchFeedback."""
    get_user_model().objects.select_for_update(no_key=True).get(pk=by.pk)  # one at a time
    lately = timezone.now() - timedelta(hours=1)
    sent = by.mails.filter(kind=OutgoingMail.Kind.FEEDBACK, created_at__gt=lately)
    if sent.count() >= FEEDBACK_AN_HOUR:
        raise TooMuchFeedback
    post(OutgoingMail.Kind.FEEDBACK, by, text=text)


def choose_language(person: Administrator, code: str) -> None:
    """Remember the language that `person` reads; not a matter of permissions."""
    get_user_model().objects.filter(pk=person.pk).update(language=code)
