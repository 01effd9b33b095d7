"""Lists may be read from a streaming replica, but only while it lacks no act that concerns them.

A list asks for its reader's grants too: a replica that is behind would show what was taken away.
So the counts of `ActCount` there are compared with those here. Row by row, for a sum could be that
of other acts: of two commits the replica may show one first, the primary the other. They are read
here first, there next, the list last: what was committed before the request is then in the list.
"""

import logging
import time
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.core.exceptions import MiddlewareNotUsed
from django.db import DEFAULT_DB_ALIAS, DatabaseError, InterfaceError
from django.db.models import BooleanField, Func, QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.functional import cached_property

from permissions.models import ActCount

REPLICA = "replica"
LOST = (DatabaseError, InterfaceError)
PAUSE = 10  # seconds for which a replica that did not answer is not asked again
IS_REPLICA = Func(function="pg_is_in_recovery", output_field=BooleanField())
Counts = dict[int, int]
logger = logging.getLogger(__name__)


class Reading:
    """Where one request reads its lists, decided when the first of them is read."""

    left_until = 0.0  # of the process; what one request learns spares the others the wait

    def __init__(self, enterprise: int | None) -> None:
        self.enterprise = enterprise

    @cached_property
    def alias(self) -> str:
        """The replica, if it answers and lacks nothing; otherwise the primary."""
        if time.monotonic() < Reading.left_until:
            return DEFAULT_DB_ALIAS
        here = self.counts_here()
        try:
            return REPLICA if here and here == self.counts_there() else DEFAULT_DB_ALIAS
        except LOST as error:
            return self.leave(error)

    @property
    def there(self) -> bool:
        """Whether a list was read on the replica."""
        return self.__dict__.get("alias") == REPLICA

    def leave(self, error: Exception) -> str:
        """Read the primary instead, and leave the replica alone for a while."""
        logger.warning("Lists are read from the primary for %s seconds: %s", PAUSE, error)
        Reading.left_until = time.monotonic() + PAUSE
        self.alias = DEFAULT_DB_ALIAS
        return self.alias

    def counts_here(self) -> Counts:
        """By their row, those of the reader's enterprise and of the carrier."""
        return _counts(ActCount.objects.all(), self.enterprise)

    def counts_there(self) -> Counts:
        """The same on the replica; none if it is one no more, and goes its own way."""
        return _counts(ActCount.objects.using(REPLICA).filter(IS_REPLICA), self.enterprise)


def _counts(rows: QuerySet, enterprise: int | None) -> Counts:
    mine = rows.filter(enterprise__in=[ActCount.CARRIER, enterprise])
    return dict(mine.values_list("pk", "count"))


class ReplicaMiddleware:
    """Sets `request.reads`; a page of which the replica broke off is made again without it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        if REPLICA not in settings.DATABASES:
            raise MiddlewareNotUsed
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> None:
        if request.method in {"GET", "HEAD"} and request.user.is_authenticated:
            request.reads = Reading(request.user.enterprise_id)  # type: ignore[attr-defined]

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        reads, match = getattr(request, "reads", None), request.resolver_match
        if not isinstance(error, LOST) or reads is None or not reads.there or match is None:
            return None
        reads.leave(error)
        response = match.func(request, *match.args, **match.kwargs)
        return response.render() if hasattr(response, "render") else response
