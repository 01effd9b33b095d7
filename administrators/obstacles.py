"""Why somebody cannot sign in, for the carrier alone: whoever tries gets one sentence for all."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from itertools import groupby

from axes.models import AccessAttempt
from django.conf import settings
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from administrators.lockout import key_of
from administrators.models import Administrator
from administrators.states import State, state_of


def obstacles(person: Administrator) -> list[str]:
    """All that stands in the way at this moment, in words."""
    return [*_of_the_account(person), *_of_the_password(person), *_locks(person)]


def _of_the_account(person: Administrator) -> Iterator[str]:
    if not person.is_active:
        yield _("disabled")
    if person.enterprise and not person.enterprise.is_active:
        yield _("enterprise suspended")


def _of_the_password(person: Administrator) -> Iterator[str]:
    state = state_of(person)
    if state == State.MAIL_PENDING:
        yield _("temporary password not sent yet")
    elif state == State.EXPIRED:
        used = person.temporary_used
        yield _("temporary password already used") if used else _("temporary password expired")


def _locks(person: Administrator) -> Iterator[str]:
    """From one address after few wrong passwords, from all together after more (decision 7)."""
    since = timezone.now() - settings.AXES_COOLOFF_TIME
    of_name = AccessAttempt.objects.filter(username=key_of(person.username))
    lately = of_name.filter(attempt_time__gte=since)
    attempts = list(lately.order_by("ip_address", "attempt_time"))
    for address, tried in groupby(attempts, lambda attempt: attempt.ip_address):
        if until := _until(list(tried), settings.AXES_FAILURE_LIMIT):
            said = _("locked until %(time)s from the address %(address)s")
            yield said % {"time": _clock(until), "address": address}
    attempts.sort(key=lambda attempt: attempt.attempt_time)
    if until := _until(attempts, settings.PORTAL_NAME_FAILURE_LIMIT):
        yield _("locked until %(time)s from every new address") % {"time": _clock(until)}


def _until(attempts: Sequence[AccessAttempt], limit: int) -> datetime | None:
    """When so many of them have been forgotten that fewer than `limit` are left."""
    left, until = sum(attempt.failures_since_start for attempt in attempts), None
    for attempt in attempts:
        if left < limit:
            break
        left -= attempt.failures_since_start
        until = attempt.attempt_time + settings.AXES_COOLOFF_TIME
    return until


def _clock(moment: datetime) -> str:
    return date_format(timezone.localtime(moment), _("H:i"))
