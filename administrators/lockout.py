"""Wrong passwords are limited: few for a name from one address, more for a name from anywhere,
and for all names from one address."""

from datetime import timedelta
from typing import Any

from axes.handlers.database import AxesDatabaseHandler
from axes.models import AccessAttempt
from django.conf import settings
from django.db.models import Sum
from django.http import HttpRequest
from django.utils import timezone
from django.utils.crypto import salted_hmac

from administrators.models import Administrator
from administrators.usernames import sought_username
from permissions.models import Act, AuditEntry
from permissions.origin import client_address

KNOWN_FOR = timedelta(days=30)


def submitted_username(request: HttpRequest, credentials: dict[str, Any] | None = None) -> str:
    """The key that an attempt counts for."""
    return key_of((credentials or {}).get("username") or request.POST.get("username", ""))


def forgive(person: Administrator) -> None:
    """Forget the wrong passwords of somebody who is given another one: those were of the old."""
    AccessAttempt.objects.filter(username=key_of(person.username)).delete()


def key_of(username: str) -> str:
    """What the attempts of a name are counted by: one key for it, however it is written.

    A keyed hash: what was typed may have been a password, in the wrong field.
    """
    name = sought_username(username)
    return salted_hmac("administrators.lockout", name, algorithm="sha256").hexdigest()


class LockoutHandler(AxesDatabaseHandler):
    """axes' own limit on (name, address), and higher ones on the name and on the address.

    These do not hold at an address from which the person signed in lately, so that nobody can be
    locked out on purpose: from elsewhere, or by a colleague behind the same address.
    """

    def is_locked(self, request: HttpRequest, credentials: dict[str, Any] | None = None) -> bool:
        if super().is_locked(request, credentials):
            return True
        of_name = {"username": submitted_username(request, credentials)}
        of_address = {"ip_address": client_address(request)}
        too_many = (
            _failures(**of_name) >= settings.PORTAL_NAME_FAILURE_LIMIT
            or _failures(**of_address) >= settings.PORTAL_ADDRESS_FAILURE_LIMIT
        )
        return too_many and not _known((credentials or {}).get("username") or "", request)


def _failures(**of: str) -> int:
    since = timezone.now() - settings.AXES_COOLOFF_TIME
    attempts = AccessAttempt.objects.filter(attempt_time__gte=since, **of)
    return attempts.aggregate(total=Sum("failures_since_start"))["total"] or 0


def _known(name: str, request: HttpRequest) -> bool:
    person = Administrator.objects.filter(username=sought_username(name)).first()
    if person is None:
        return False
    lately = {"act": Act.SIGN_IN, "at__gte": timezone.now() - KNOWN_FOR}
    return AuditEntry.objects.of(person).filter(address=client_address(request), **lately).exists()
