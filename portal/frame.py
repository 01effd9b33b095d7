"""What stands around every page: the badges of the menu and the site that was chosen.

All of it is one query, whatever the number of rows: badges stop at `MENU_CAP`, what a page counts
at `CAP`.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.db.models import BigIntegerField, CharField, QuerySet, Subquery, Value
from django.http import HttpRequest
from django.utils.translation import gettext as _

from administrators.models import Administrator
from permissions import rules, scopes
from permissions.features import FeatureCode
from permissions.models import SiteGrant
from permissions.scopes import OFFERED, FramingScope, Scope
from portal.tallies import TALLIES, of_page
from sites import paging, prepared
from sites.models import Device, PhoneNumber, Subscriber
from sites.paging import CappedCount

CHOSEN = "site"  # the session's key of the chosen site
MAX_ID = BigIntegerField.MAX_BIGINT  # no row has a greater one
BADGE, TALLY = "badge_", "tally_"
# All that a prepared frame asks for: it is built for each set of them.
ASKED = frozenset({FeatureCode.USER_ASSIGNMENTS, FeatureCode.DASHBOARD})
BADGES = {"numbers": PhoneNumber, "devices": Device, "users": Subscriber}


@dataclass(frozen=True)
class Frame:
    """The badges by the name of their page, what the page counts, and the chosen site.

    The badge of the page itself goes as far as its list; the others say that they are more.
    `site_count` says how many sites are held, but of more than `OFFERED` only that they are more.
    """

    badges: dict[str, int]
    tally: dict[str, int]
    site_count: int
    site_name: str | None


def frame_of(scope: Scope, page: str = "", **address: Any) -> Frame:
    """The frame of whoever has that scope, and what the page of that URL name counts."""
    found = _read(scope, page, **address).get() if address else _read_prepared(scope, page)
    return Frame(
        badges=_named(found, BADGE),
        tally=_named(found, TALLY),
        site_count=found["site_count"],
        site_name=found["site_name"],
    )


def _named(found: dict[str, Any], prefix: str) -> dict[str, int]:
    of_kind = (name for name in found if name.startswith(prefix))
    return {name.removeprefix(prefix): found[name] for name in of_kind}


def _read_prepared(scope: Scope, page: str) -> dict[str, Any]:
    """The frame from a query built once; for pages whose address holds no id."""
    active, features = rules.may_act(scope.actor), scope.features & ASKED

    def build(ids: Mapping[str, Any]) -> QuerySet:
        who = {"pk": ids["actor"], "enterprise_id": ids["enterprise"], "is_active": active}
        actor = Administrator(**who, all_sites=scope.actor.all_sites)
        chosen = ids["site"] if scope.site is not None else None
        return _read(Scope(actor, features, chosen), page)

    constants = (SiteGrant.permission_pk(), paging.CAP, paging.MENU_CAP, scopes.FIRST)
    shape = (page, active, features, scope.site is None, scope.actor.all_sites, *constants)
    values = {
        "actor": scope.actor.pk, "enterprise": scope.actor.enterprise_id, "site": scope.site,
    }  # fmt: skip
    return prepared.rows(shape, build, values, planned_once=True)[0]


def _read(scope: Scope, page: str, **address: Any) -> QuerySet:
    framing = scope.framing()
    badges = BADGES if FeatureCode.USER_ASSIGNMENTS in scope.features else {}
    counted = {BADGE + name: _badge(framing, name, own=name == page) for name in badges}
    tally = of_page(page, framing, **address)
    counted |= {TALLY + name: CappedCount(rows) for name, rows in tally.items()}
    reader = Administrator.objects.filter(pk=scope.actor.pk).order_by()
    around = reader.annotate(
        site_count=CappedCount(framing.held(), OFFERED), site_name=_name_of_site(scope), **counted
    )
    return framing.before(reader, around.values("site_count", "site_name", *counted))


def _badge(framing: FramingScope, name: str, *, own: bool) -> CappedCount:
    """The badge of the page itself is what its list counts; the others may stop early."""
    model, by = BADGES[name], FeatureCode.USER_ASSIGNMENTS
    if own:
        return CappedCount(framing.of(model, by))
    first, *others = (part.of(model, by).order_by().values("pk") for part in framing.parts())
    return CappedCount(first.union(*others, all=True) if others else first, paging.MENU_CAP)


def _name_of_site(scope: Scope) -> Subquery | Value:
    if scope.site is None:
        return Value(None, output_field=CharField())
    return Subquery(scope.sites().values("name")[:1], output_field=CharField())


def scope_for(request: HttpRequest) -> Scope:
    """The scope of whoever asks, narrowed to the chosen site as long as it is held.

    A site that was closed, or taken away, meanwhile falls back to all, and the page says so.
    """
    chosen = request.session.get(CHOSEN)
    scope = Scope(request.user, request.features, chosen if isinstance(chosen, int) else None)
    if scope.site is None:
        return scope
    request.frame = _frame_of_page(request, scope)
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
        request.frame = _frame_of_page(request, request.scope)
    return request.frame


def holds_many_sites(request: HttpRequest) -> bool:
    """Whether the reader holds more sites than one list offers."""
    return frame_for(request).site_count > OFFERED


def _frame_of_page(request: HttpRequest, scope: Scope) -> Frame:
    match = request.resolver_match
    counts = match is not None and match.url_name in TALLIES.keys() | BADGES.keys()
    if not counts or any(one > MAX_ID for one in match.kwargs.values()):
        return frame_of(scope)
    return frame_of(scope, match.url_name, **match.kwargs)
