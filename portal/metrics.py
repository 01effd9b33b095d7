"""What Prometheus is told: requests by the name of their URL, and the state of the portal.

Never by path: there is no id in it, and no more series than there are URLs. Workers share their
counts through the files of `METRICS_FOLDER`.
"""

from collections.abc import Callable
from functools import cache
from time import perf_counter
from typing import Any, NamedTuple

from django.conf import settings
from django.http import HttpRequest
from prometheus_client import CollectorRegistry, Counter, Histogram, generate_latest
from prometheus_client.exposition import CONTENT_TYPE_PLAIN_0_0_4 as CONTENT_TYPE
from prometheus_client.multiprocess import MultiProcessCollector

from portal.figures import FigureCollector

__all__ = ["CONTENT_TYPE", "Meter", "count", "exposition"]

SECONDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10)
METHODS = {"GET", "HEAD", "POST"}
NOWHERE = "none"  # an address that no view answers, a file of whitenoise's

OF_PROCESS, OF_DATABASE = CollectorRegistry(), CollectorRegistry()
OF_DATABASE.register(FigureCollector())
REQUESTS = Histogram(
    "portal_request_seconds",
    "Seconds until the answer.",
    ["view", "method"],
    buckets=SECONDS,
    registry=OF_PROCESS,
)
ANSWERS = Counter(
    "portal_answers", "Answers by class of status.", ["view", "status"], registry=OF_PROCESS
)
QUERIES = Counter("portal_queries", "Statements sent.", ["view"], registry=OF_PROCESS)
QUERY_SECONDS = Counter(
    "portal_query_seconds", "Seconds waited for them.", ["view"], registry=OF_PROCESS
)
LISTS = Counter(
    "portal_lists",
    "Pages with a list, where there is a replica.",
    ["database"],
    registry=OF_PROCESS,
)


class Meter:
    """Counts and times the statements of one request."""

    __slots__ = ("queries", "seconds")

    def __init__(self) -> None:
        self.queries, self.seconds = 0, 0.0

    def __call__(self, execute: Callable[..., Any], *arguments: Any) -> Any:
        start = perf_counter()
        try:
            return execute(*arguments)
        finally:
            self.queries += 1
            self.seconds += perf_counter() - start


class Series(NamedTuple):
    """What one request adds to."""

    seconds: Histogram
    answers: Counter
    queries: Counter
    query_seconds: Counter


def count(request: HttpRequest, status: int, seconds: float, meter: Meter) -> None:
    """One answered request."""
    match = request.resolver_match
    view = match.view_name if match is not None else NOWHERE
    method = request.method if request.method in METHODS else "other"
    series = _series(view, method, status // 100)
    series.seconds.observe(seconds)
    series.answers.inc()
    if meter.queries:
        series.queries.inc(meter.queries)
        series.query_seconds.inc(meter.seconds)
    reads = getattr(request, "reads", None)
    if reads is not None and reads.decided:
        LISTS.labels(reads.decided).inc()


@cache
def _series(view: str, method: str, hundreds: int) -> Series:
    return Series(
        REQUESTS.labels(view, method),
        ANSWERS.labels(view, f"{hundreds}xx"),
        QUERIES.labels(view),
        QUERY_SECONDS.labels(view),
    )


def exposition() -> bytes:
    """What the workers of this machine have counted, and the database's figures of now."""
    return generate_latest(_of_all_workers()) + generate_latest(OF_DATABASE)


def _of_all_workers() -> CollectorRegistry:
    if not settings.METRICS_FOLDER:
        return OF_PROCESS
    shared = CollectorRegistry()
    MultiProcessCollector(shared, path=settings.METRICS_FOLDER)
    return shared
