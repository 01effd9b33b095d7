"""Whose pages are measured: somebody with 10, 1,000, 100,000 below them, and the root."""

from math import log
from typing import Any

from django.db.models import Count, FloatField, QuerySet
from django.db.models.functions import Abs, Cast, Ln

from administrators.models import Administrator
from administrators.paths import Ancestor, ancestors
from permissions.models import FeatureGrant, SiteGrant
from sites.models import Enterprise

BRANCHES = (10, 1_000, 100_000)
HOLDINGS = (10, 100, 1_000, 10_000, 100_000)
LEVELS = range(1, 8)


def with_branches(enterprise: Enterprise) -> dict[str, Administrator]:
    """Those whose branches are nearest to `BRANCHES`, and the root, each under its size."""
    root = Administrator.objects.get(enterprise=enterprise, parent=None)
    whole = Administrator.objects.filter(enterprise=enterprise).count() - 1
    chosen = [_with_branch(enterprise, wanted) for wanted in BRANCHES if wanted < whole]
    people = {f"{size:,}": Administrator.objects.get(pk=pk) for pk, size in chosen}
    return people | {f"all {whole:,}": root}


def with_about(enterprise: Enterprise, wanted: int) -> Administrator:
    """Whoever has nearest to that many below, and manages them."""
    pk, _ = _with_branch(enterprise, wanted)
    return Administrator.objects.select_related("parent").get(pk=pk)


def with_sites(enterprise: Enterprise) -> dict[str, Administrator]:
    """Those who hold about as many sites as `HOLDINGS`, and may see the numbers there."""
    holders = FeatureGrant.objects.filter(
        content_object="user_assignments", user__enterprise=enterprise, user__is_active=True,
        user__must_change_password=False,
    )  # fmt: skip
    grants = SiteGrant.objects.filter(enterprise=enterprise, user__in=holders.values("user"))
    counted = grants.order_by().values("user").annotate(size=Count("pk"))
    most = counted.order_by("-size")[0]["size"]
    chosen = [_nearest(counted, "user", wanted)[0] for wanted in HOLDINGS if wanted <= most]
    return {f"{held:,}": Administrator.objects.get(pk=pk) for pk, held in chosen}


def branches(enterprise: Enterprise, level: int) -> QuerySet:
    """How many are below each person of that level."""
    people = Administrator.objects.filter(enterprise=enterprise).annotate(above=Ancestor(level))
    return people.exclude(above=b"").order_by().values("above").annotate(size=Count("pk"))


def _with_branch(enterprise: Enterprise, wanted: int) -> tuple[int, int]:
    """The id and the size, of all levels the nearest."""
    found = []
    for level in LEVELS:
        nearest = _nearest(branches(enterprise, level), "above", wanted)
        found += [(ancestors(one)[0], size) for one, size in nearest]
    return min(found, key=lambda one: abs(log(one[1] / wanted)))


def _nearest(groups: QuerySet, key: str, wanted: int) -> list[tuple[Any, int]]:
    """The group whose size is nearest; none of the others is read."""
    distance = Abs(Ln(Cast("size", FloatField()) / float(wanted)))
    return list(groups.order_by(distance, key).values_list(key, "size")[:1])
