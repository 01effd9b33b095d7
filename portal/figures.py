"""The state of the portal in a few figures, read when Prometheus asks.

Each comes from an index, or from one row: people are not counted, which would read them all.
"""

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.contrib.sessions.models import Session
from django.db import Error
from django.db.models import Count, Min, Q
from django.utils import timezone
from prometheus_client.metrics_core import GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

from administrators.models import OutgoingMail
from permissions.models import Act, AuditEntry, IntegrityCheck
from sites.paging import CAP

LATELY = timedelta(minutes=5)
WORDS = {
    "database_up": "Whether the database answered.",
    "mails_waiting": "Mails that have not left.",
    "oldest_mail_seconds": "Age of the oldest of them.",
    "refused_attempts": "Refused attempts of the last 5 minutes.",
    "failed_sign_ins": "Failed sign-ins of the last 5 minutes.",
    "integrity_faults": "Faults that the last integrity check found.",
    "integrity_check_age_seconds": "Age of that check.",
    "sessions": f"Sessions that have not run out, at most {CAP + 1}.",
}


class FigureCollector(Collector):
    """Prometheus is told that the database is gone, and gets the counts of the process."""

    def collect(self) -> Iterator[Metric]:
        try:
            found = figures(timezone.now())
        except Error:
            found = {"database_up": 0.0}
        for name, value in found.items():
            yield GaugeMetricFamily(f"portal_{name}", WORDS[name], value=value)


def figures(now: datetime) -> dict[str, float]:
    """By name; the integrity check's are missing as long as none has run."""
    return {"database_up": 1.0, **_mails(now), **_attempts(now), **_integrity(now)} | {
        "sessions": Session.objects.filter(expire_date__gt=now)[: CAP + 1].count()
    }


def _mails(now: datetime) -> dict[str, float]:
    waiting = OutgoingMail.objects.filter(sent_at=None)
    found = waiting.aggregate(number=Count("pk"), oldest=Min("created_at"))
    age = _age(found["oldest"], now) if found["number"] else 0.0
    return {"mails_waiting": found["number"], "oldest_mail_seconds": age}


def _attempts(now: datetime) -> dict[str, float]:
    kinds = {"refused_attempts": Act.REFUSED, "failed_sign_ins": Act.SIGN_IN_FAILED}
    counts = {name: Count("pk", filter=Q(act=act)) for name, act in kinds.items()}
    return AuditEntry.objects.filter(at__gt=now - LATELY).order_by().aggregate(**counts)


def _integrity(now: datetime) -> dict[str, float]:
    last = IntegrityCheck.objects.defer("report").first()
    if last is None:
        return {}
    return {"integrity_faults": last.faults, "integrity_check_age_seconds": _age(last.at, now)}


def _age(since: datetime, now: datetime) -> float:
    return max((now - since).total_seconds(), 0.0)
