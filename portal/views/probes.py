"""What machines ask: is the process alive, can it serve, what has it counted.

Nothing of the request is read but its token, so the answer is the same for any Host, over plain
HTTP too: balancers and Prometheus ask each machine by its address.
"""

from functools import cache

from django.conf import settings
from django.db import Error, connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.crypto import constant_time_compare
from django.views.decorators.http import require_safe

from portal import metrics

HEADERS = {"Cache-Control": "no-store", "X-Content-Type-Options": "nosniff"}


@require_safe
def healthz(request: HttpRequest) -> HttpResponse:
    """The process answers. No database: a machine is not restarted because the database is gone."""
    return _plain("ok")


@require_safe
def readyz(request: HttpRequest) -> HttpResponse:
    """This machine can serve people, or 503 and what is missing, without any name."""
    lacking = _lacking()
    return _plain(f"not ready: {lacking}", status=503) if lacking else _plain("ready")


def exposed_metrics(request: HttpRequest) -> HttpResponse:
    """For whoever has the token of `METRICS_TOKEN`; for anybody else there is no such page.

    No method is refused: that would say that there is one.
    """
    token = settings.METRICS_TOKEN
    sent = request.headers.get("Authorization", "")
    if not token or not constant_time_compare(sent, f"Bearer {token}"):
        raise Http404
    return HttpResponse(metrics.exposition(), content_type=metrics.CONTENT_TYPE, headers=HEADERS)


def _plain(text: str, status: int = 200) -> HttpResponse:
    return HttpResponse(f"{text}\n", content_type="text/plain", status=status, headers=HEADERS)


def _lacking() -> str:
    try:
        applied = _applied()
    except Error:
        return "database"
    return "" if _needed() <= applied else "migrations"


def _applied() -> set[tuple[str, str]]:
    """A database without the table has no migrations; more of them than needed do no harm."""
    recorder = MigrationRecorder(connection)
    return set(recorder.applied_migrations())


@cache
def _needed() -> frozenset[tuple[str, str]]:
    """Those of this code, which does not change while the process lives."""
    return frozenset(MigrationLoader(None).graph.nodes)


# By its path: asked before anything else of a request is read (portal/middleware.py).
PROBES = {"/healthz": healthz, "/readyz": readyz, "/metrics": exposed_metrics}
