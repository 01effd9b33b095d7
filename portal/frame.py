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
from portal.tallies import of_page
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
    """The badges by the name of their page, what the page counts, and the sites held."""

    badges: dict[str, int]
    tally: dict[str, int]
    site_count: int
    site_name: str | None


def frame_of(scope: Scope, page: str = "") -> Frame:
    """The frame of whoever has that scope, and what the page of that URL name counts."""
    badges, tally = _badges(scope), of_page(page, scope)
    found: dict[str, Any] = (
        Administrator.objects.filter(pk=scope.actor.pk)
        .annotate(
            site_count=CappedCount(scope.everywhere().sites()),
            site_name=Subquery(scope.sites().values("name")[:1], output_field=CharField()),
            **{name: CappedCount(rows) for name, rows in {**badges, **tally}.items()},
        )
        .values("site_count", "site_name", *badges, *tally)
        .get()
    )
    return Frame(
        badges={name: found[name] for name in badges},
        tally={name: found[name] for name in tally},
        site_count=found["site_count"],
        site_name=found["site_name"] if scope.site is not None else None,
    )


def _badges(scope: Scope) -> dict[str, QuerySet]:
    by = FeatureCode.USER_ASSIGNMENTS
    opened = BADGES if by in scope.features else {}
    return {name: scope.of(model, by) for name, model in opened.items()}


def scope_for(request: HttpRequest) -> Scope:
    """The scope of whoever asks, narrowed to the chosen site as long as it is held.

    A site that was closed, or taken away, meanwhile falls back to all, and the page says so.
    """
    chosen = request.session.get(CHOSEN)
    scope = Scope(request.user, request.features, chosen if isinstance(chosen, int) else None)
    if scope.site is None:
        return scope
    request.frame = frame_of(scope, _page_of(request))
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
        request.frame = frame_of(request.scope, _page_of(request))
    return request.frame


def _page_of(request: HttpRequest) -> str:
    match = request.resolver_match
    return match.url_name or "" if match is not None else ""
