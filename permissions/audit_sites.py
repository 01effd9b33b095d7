"""Sites that an act gives or takes: each person's in one row of the audit, however many they are.

What is taken from somebody goes from thousands below: with a row for each site of each person, the
audit took longer than the act (docs/decisions/0022-sites-in-the-audit.md).
"""

from collections.abc import Collection
from typing import Any

from django.contrib.auth import get_user_model
from django.db.models import (
    Case,
    Count,
    F,
    Min,
    OuterRef,
    QuerySet,
    Subquery,
    TextField,
    Value,
    When,
)
from django.db.models.functions import Cast, Concat
from django_cte import CTE, with_cte

from permissions import audit
from permissions.audit_items import SITE, SITES
from permissions.audit_rows import insert, record_each
from permissions.models import Act, AuditedSite
from sites.arrays import AmongIds
from sites.joined import JoinedIds
from sites.models import Site


def record_sites(
    act: Act,
    grants: QuerySet,
    sites: Collection[int],
    *,
    enterprise: int,
    by: Any,
    cause: Any = None,
) -> None:
    """One row of the audit for each person who has one of `grants`, which are of `sites` (ids).

    It names a single site as `item`, and several in `site_ids`. Only within an act.
    """
    each = grants.order_by().values("user")
    held = CTE(
        each.annotate(
            count=Count("pk"), first=Min("content_object"), ids=JoinedIds("content_object_id")
        ),
        name="held",
    )
    people = held.join(get_user_model(), pk=held.col.user)
    people = people.annotate(count=held.col.count, first=held.col.first, ids=held.col.ids)
    people = with_cte(held, select=people.order_by("pk"))
    record_each(people, act, by=by, cause=cause, **_texts())
    if len(sites) > 1:
        _keep_names(Site.objects.filter(AmongIds(F("pk"), sites), enterprise=enterprise))


def _texts() -> dict[str, Any]:
    """What the audit says of `count` sites, the `first` of which may be the only one."""
    name = Site.objects.filter(pk=OuterRef("first")).order_by().values("name")
    return {
        "item": _if_single(_joined(SITE, "first"), _joined(SITES, "count")),
        "item_name": _if_single(Subquery(name), Value("")),
        "site_ids": _if_single(Value(""), F("ids")),
    }


def _if_single(single: Any, several: Any) -> Case:
    return Case(When(count=1, then=single), default=several, output_field=TextField())


def _joined(kind: str, number: str) -> Concat:
    return Concat(Value(kind), Cast(number, TextField()), output_field=TextField())


def _keep_names(sites: QuerySet) -> None:
    """Each once for an act, whatever it does with them."""
    columns = {
        "enterprise": F("enterprise_id"),
        "act_id": Value(audit.act_id()),
        "site": F("pk"),
        "name": F("name"),
    }
    insert(AuditedSite, sites.order_by(), columns, once=True)
