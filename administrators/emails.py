"""Sending what is in the outbox, one mail at a time; a temporary password is born here."""

import secrets
from datetime import timedelta
from smtplib import SMTPException

from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.core.mail import EmailMessage
from django.db import transaction
from django.template.loader import render_to_string
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from administrators.models import Administrator, OutgoingMail
from administrators.writing import PASSWORD_KINDS

ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"  # nothing that can be misread
LEASE = timedelta(minutes=5)  # after which a mail whose sender died is taken up again
LIFETIME = timedelta(hours=24)


def temporary_password() -> str:
    """20 random characters out of 31, 99 bits, in groups that can be typed."""
    groups = ("".join(secrets.choice(ALPHABET) for _ in range(4)) for _ in range(5))
    return "-".join(groups)


def send_due() -> int:
    """Send every mail that is due now; returns how many left."""
    sent = 0
    while (claimed := _claim()) is not None:
        sent += _send(*claimed)
    return sent


def _claim() -> tuple[OutgoingMail, str] | None:
    """Take the oldest due mail, so that no other process does, and make its password.

    A mail whose person is being changed just now waits: they may be being reset once more.
    """
    with transaction.atomic():
        due = OutgoingMail.objects.select_related("person").select_for_update(
            skip_locked=True, of=("self", "person"), no_key=True
        )
        mail = due.filter(sent_at=None, due_at__lte=timezone.now()).first()
        if mail is None:
            return None
        mail.due_at, mail.tries = timezone.now() + LEASE, mail.tries + 1
        mail.save(update_fields=["due_at", "tries"])
        password = _give_password(mail) if mail.kind in PASSWORD_KINDS else ""
        return mail, password


def _give_password(mail: OutgoingMail) -> str:
    """A new temporary password for its person, unless an earlier try reached them: then ""."""
    password = temporary_password()
    mail.person.password = make_password(password)
    owing = Administrator.objects.filter(
        pk=mail.person_id, is_active=True, must_change_password=True, temporary_used=False
    )
    given = owing.update(
        password=mail.person.password, password_expires_at=timezone.now() + LIFETIME
    )
    return password if given else ""


def _send(mail: OutgoingMail, password: str) -> bool:
    if mail.kind in PASSWORD_KINDS and not password:
        _close(mail, _("Not sent: no password is owed any more"))
        return False
    try:
        _message(mail, password).send()
    except (OSError, SMTPException, ValueError) as error:
        return _postpone(mail, error, bool(password))
    _close(mail)
    return True


def _close(mail: OutgoingMail, reason: str = "") -> None:
    """It is not looked at again; `reason` says why it did not leave."""
    OutgoingMail.objects.filter(pk=mail.pk).update(sent_at=timezone.now(), last_error=reason)


def _postpone(mail: OutgoingMail, error: Exception, had_password: bool) -> bool:
    """Try again later, and void the password that may or may not have left, not a newer one."""
    wait = timedelta(minutes=min(2**mail.tries, 60))
    reason = type(error).__name__
    with transaction.atomic():
        if had_password:
            Administrator.objects.filter(
                pk=mail.person_id, password=mail.person.password, temporary_used=False
            ).update(password=make_password(None), password_expires_at=None)
        OutgoingMail.objects.filter(pk=mail.pk).update(
            due_at=timezone.now() + wait, last_error=reason
        )
    return False


def _message(mail: OutgoingMail, password: str) -> EmailMessage:
    """The mail as text. Only its own templates and settings shape it, never a request."""
    person = mail.person
    feedback = mail.kind == OutgoingMail.Kind.FEEDBACK
    context = {"person": person, "password": password, "mail": mail, "url": settings.PORTAL_URL}
    with translation.override("fr" if feedback else person.language):
        template = f"administrators/emails/{mail.kind}"
        return EmailMessage(
            subject=render_to_string(f"{template}_subject.txt", context).strip(),
            body=render_to_string(f"{template}.txt", context),
            to=[settings.OPERATOR_EMAIL if feedback else mail.address or person.email],
            reply_to=[person.email] if feedback else None,
        )
