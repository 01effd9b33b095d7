"""What stands around every page: the badges of the menu and the site that was chosen.

All of it is one query, whatever the number of rows: counts stop at `CAP`.
"""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.db.models import CharField, IntegerField, QuerySet, Subquery
from django.http import HttpRequest
from django.utils.translation import gettext as _

from administrators.models import Administrator
from permissions.features import FeatureCode
from permissions.scopes import Scope
from sites.models import Device, PhoneNumber, Subscriber
from sites.paging import CAP

CHOSEN = "site"  # the session's key of the chosen site
BADGES = {"numbers": PhoneNumber, "devices": Device, "users": Subscriber}


class CappedCount(Subquery):
    """How many rows there are, at most `CAP` + 1."""

    template = "(SELECT COUNT(*) FROM (%(subquery)s) AS capped)"
    output_field = IntegerField()

    def __init__(self, rows: QuerySet) -> None:
        super().__init__(rows.order_by().values("pk")[: CAP + 1])


@dataclass(frozen=True)
class Frame:
    """The badges by the name of their page, how many sites are held, and the chosen one's name."""

    badges: dict[str, int]
    site_count: int
    site_name: str | None


def frame_of(scope: Scope) -> Frame:
    """The frame of whoever has that scope."""
    found: dict[str, Any] = (
        Administrator.objects.filter(pk=scope.actor.pk)
        .annotate(
            site_count=CappedCount(scope.everywhere().sites()),
            site_name=Subquery(scope.sites().values("name")[:1], output_field=CharField()),
            **{
                name: CappedCount(scope.of(model, FeatureCode.USER_ASSIGNMENTS))
                for name, model in _opened(scope)
            },
        )
        .values("site_count", "site_name", *dict(_opened(scope)))
        .get()
    )
    count, name = found.pop("site_count"), found.pop("site_name")
    return Frame(found, count, name if scope.site is not None else None)


def _opened(scope: Scope) -> list[tuple[str, Any]]:
    return list(BADGES.items()) if FeatureCode.USER_ASSIGNMENTS in scope.features else []


def scope_for(request: HttpRequest) -> Scope:
    """The scope of whoever asks, narrowed to the chosen site as long as it is held.

    A site that was closed, or taken away, meanwhile falls back to all, and the page says so.
    """
    chosen = request.session.get(CHOSEN)
    scope = Scope(request.user, request.features, chosen if isinstance(chosen, int) else None)
    if scope.site is None:
        return scope
    request.frame = frame_of(scope)
    if request.frame.site_name is not None:
        return scope
    del request.session[CHOSEN], request.frame
    messages.warning(request, _("The chosen site is no longer yours: all your sites are shown."))
    return scope.everywhere()


def frame_for(request: HttpRequest) -> Frame:
    """The frame of the page that is being made, read once."""
    if not hasattr(request, "scope"):  # an address that no view answers
        request.scope = scope_for(request)
    if not hasattr(request, "frame"):
        request.frame = frame_of(request.scope)
    return request.frame
