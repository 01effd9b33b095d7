"""Lists may be read from a streaming replica, if it has every act that concerns their reader.

A replica that is behind would still show what was taken away. So the rows of `ActCount` are read
here, then there; only if each is the same is the list read there. Their sum would not do: the
replica may lack one act and have another.
"""

import logging
import time
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.core.exceptions import MiddlewareNotUsed
from django.db import DEFAULT_DB_ALIAS, Error
from django.db.models import BooleanField, Func, QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.functional import cached_property

from permissions.models import ActCount

REPLICA = "replica"
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
        except Error as error:
            return self.leave(error)

    @property
    def decided(self) -> str | None:
        """Where lists were read; None if there was none to read."""
        return self.__dict__.get("alias")

    @property
    def there(self) -> bool:
        """Whether a list was read on the replica."""
        return self.decided == REPLICA

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
    """Sets `request.reads`; if the replica fails, the page is made again from the primary."""

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
        if not isinstance(error, Error) or reads is None or not reads.there or match is None:
            return None
        reads.leave(error)
        response = match.func(request, *match.args, **match.kwargs)
        return response.render() if hasattr(response, "render") else response
