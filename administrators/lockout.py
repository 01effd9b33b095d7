"""Wrong passwords are limited: few for a name from one address, more for a name from anywhere."""

from datetime import timedelta
from typing import Any

from axes.handlers.database import AxesDatabaseHandler
from axes.models import AccessAttempt
from django.conf import settings
from django.db.models import Sum
from django.http import HttpRequest
from django.utils import timezone

from administrators.usernames import canonical_username
from permissions.models import Act, AuditEntry
from permissions.origin import client_address

KNOWN_FOR = timedelta(days=30)


def submitted_username(request: HttpRequest, credentials: dict[str, Any] | None = None) -> str:
    """The name that an attempt counts for: one, however it is written."""
    given = (credentials or {}).get("username") or request.POST.get("username", "")
    return canonical_username(given)[:64]


class LockoutHandler(AxesDatabaseHandler):
    """axes' own limit on (name, address), and a higher one on the name.

    The higher one does not hold at an address from which the person signed in lately, so that
    nobody can be locked out on purpose from elsewhere.
    """

    def is_locked(self, request: HttpRequest, credentials: dict[str, Any] | None = None) -> bool:
        if super().is_locked(request, credentials):
            return True
        name = submitted_username(request, credentials)
        return _failures(name) >= settings.PORTAL_NAME_FAILURE_LIMIT and not _known(name, request)


def _failures(name: str) -> int:
    since = timezone.now() - settings.AXES_COOLOFF_TIME
    attempts = AccessAttempt.objects.filter(username=name, attempt_time__gte=since)
    return attempts.aggregate(total=Sum("failures_since_start"))["total"] or 0


def _known(name: str, request: HttpRequest) -> bool:
    signed_in = AuditEntry.objects.filter(
        act=Act.SIGN_IN,
        target__username=name,
        address=client_address(request),
        at__gte=timezone.now() - KNOWN_FOR,
    )
    return signed_in.exists()
