"""What somebody is told of their sign-ins, read from the audit."""

from typing import Any

from django.conf import settings
from django.db.models import QuerySet
from django.forms import Form
from django.http import HttpRequest
from django.utils import timezone

from administrators.models import Administrator
from administrators.usernames import sought_username
from permissions import audit
from permissions.models import Act, AuditEntry

NOTICE, GUESSES = "sign_in_notice", "guesses_before"
RECORDED = 100  # failures of one person, or of unknown names, in a quarter of an hour


def since_last(person: Administrator) -> dict[str, Any]:
    """The last sign-in and the failed attempts since; read before the new one is written."""
    failures = AuditEntry.objects.of(person).filter(act=Act.SIGN_IN_FAILED)
    if person.last_login:
        failures = failures.filter(at__gt=person.last_login)
    last_failure = failures.values_list("at", flat=True).first()
    return {
        "last": person.last_login.isoformat() if person.last_login else "",
        "failures": failures.count(),
        "last_failure": last_failure.isoformat() if last_failure else "",
    }


def record_failure(username: str) -> None:
    """A failed attempt, on whom if the name exists. What was typed is not kept: it may be a
    password typed into the wrong field.

    Rows of the audit stay for ever: nobody fills it, or somebody's history, by trying on and on.
    """
    person = Administrator.objects.filter(username=sought_username(username)).first()
    lately = AuditEntry.objects.filter(
        enterprise=person and person.enterprise_id, target=person, act=Act.SIGN_IN_FAILED,
        at__gte=timezone.now() - settings.AXES_COOLOFF_TIME,
    )  # fmt: skip
    if lately[:RECORDED].count() < RECORDED:
        audit.record(Act.SIGN_IN_FAILED, by=None, to=person)


def guessing(request: HttpRequest, form: Form) -> bool:
    """Whether the person's current password was wrong too often since this session began.

    Each time is recorded, and those are counted: a number in the session would be written over by
    whoever tries many at once.
    """
    if not form.has_error("old_password", "password_incorrect"):
        return False
    before = request.session.setdefault(GUESSES, guesses(request.user))
    audit.record(Act.SIGN_IN_FAILED, by=request.user, to=request.user)
    return guesses(request.user) - before >= settings.AXES_FAILURE_LIMIT


def guesses(person: Administrator) -> int:
    """How often somebody who was signed in as that person gave another current password."""
    failures = AuditEntry.objects.of(person).filter(act=Act.SIGN_IN_FAILED)
    return failures.filter(actor=person).count()


def lately(person: Administrator) -> QuerySet[AuditEntry]:
    """The person's last sign-ins and failed attempts, newest first."""
    kinds = [Act.SIGN_IN, Act.SIGN_IN_FAILED]
    return AuditEntry.objects.of(person).filter(act__in=kinds)[:20]
