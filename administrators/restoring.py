"""After a backup was restored: what was signed, lent or waiting in it counts no more."""

from dataclasses import dataclass

from django.contrib.auth.hashers import make_password
from django.contrib.sessions.models import Session
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from administrators.models import Administrator, OutgoingMail
from permissions import audit
from permissions.acts import act
from permissions.audit_items import RESTORE
from permissions.models import Act


@dataclass(frozen=True)
class Voided:
    """How many sessions and mails; who can sign in only after a reset."""

    sessions: int
    mails: int
    owing: list[Administrator]


@act
def void_what_was_restored(*, by: Administrator | None) -> Voided:
    """End all sessions and temporary passwords, and keep back the mails that waited.

    Each may have been ended, used or sent after the backup was made, which nothing here knows.
    """
    sessions = Session.objects.all().delete()[0]
    Administrator.objects.update(session_epoch=F("session_epoch") + 1)
    owing = _end_temporary_passwords()
    voided = Voided(sessions, _keep_mails_back(), [one for one in owing if one.is_active])
    resets = [audit.entry(Act.RESET, by=by, to=one, item=RESTORE) for one in owing]
    said = audit.entry(Act.EDIT, by=by, to=None, item=RESTORE, after=_in_words(voided))
    audit.record_all([*resets, said])
    return voided


def _end_temporary_passwords() -> list[Administrator]:
    """Their state becomes «expired», which says that a reset is needed."""
    owe = Administrator.objects.filter(must_change_password=True)
    owing = list(owe.order_by("path", "pk"))
    owe.update(
        password=make_password(None), password_expires_at=timezone.now(), temporary_used=True
    )
    return owing


def _keep_mails_back() -> int:
    """They stay to be read, and are never sent."""
    waiting = OutgoingMail.objects.filter(sent_at=None)
    return waiting.update(sent_at=timezone.now(), last_error=_("Not sent: restored from a backup"))


def _in_words(voided: Voided) -> str:
    said = _("Sessions: %(sessions)s, mails not sent: %(mails)s, temporary passwords: %(owing)s")
    return said % {
        "sessions": voided.sessions, "mails": voided.mails, "owing": len(voided.owing),
    }  # fmt: skip
