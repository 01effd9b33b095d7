"""Whose pages are measured: somebody with 10, 1,000, 100,000 below them, and the root."""

from collections.abc import Iterable
from math import log

from django.db.models import Count

from administrators.models import Administrator
from administrators.paths import WIDTH, Ancestor, ancestors
from permissions.models import FeatureGrant, SiteGrant
from sites.models import Enterprise

BRANCHES = (10, 1_000, 100_000)
HOLDINGS = (10, 100, 1_000, 10_000, 100_000)
LEVELS = range(1, 8)


def with_branches(enterprise: Enterprise) -> dict[str, Administrator]:
    """Those whose branches are nearest to `BRANCHES`, and the root, each under its size."""
    root = Administrator.objects.get(enterprise=enterprise, parent=None)
    sizes = [(size, pk) for level in LEVELS for pk, size in _branches(enterprise, level)]
    whole = Administrator.objects.filter(enterprise=enterprise).count() - 1
    chosen = [_nearest(sizes, wanted) for wanted in BRANCHES if wanted < whole]
    people = {f"{size:,}": Administrator.objects.get(pk=pk) for size, pk in chosen}
    return people | {f"all {whole:,}": root}


def with_about(enterprise: Enterprise, wanted: int) -> Administrator:
    """Whoever has nearest to that many below, and manages them."""
    sizes = [(size, pk) for level in LEVELS for pk, size in _branches(enterprise, level)]
    return Administrator.objects.select_related("parent").get(pk=_nearest(sizes, wanted)[1])


def with_sites(enterprise: Enterprise) -> dict[str, Administrator]:
    """Those who hold about as many sites as `HOLDINGS`, and may see the numbers there."""
    holders = FeatureGrant.objects.filter(
        content_object="user_assignments", user__enterprise=enterprise, user__is_active=True,
        user__must_change_password=False,
    )  # fmt: skip
    grants = SiteGrant.objects.filter(enterprise=enterprise, user__in=holders.values("user"))
    counted = grants.order_by().values_list("user").annotate(held=Count("pk"))
    sizes = [(held, pk) for pk, held in counted]
    most = max(sizes)[0]
    chosen = [_nearest(sizes, wanted) for wanted in HOLDINGS if wanted <= most]
    return {f"{held:,}": Administrator.objects.get(pk=pk) for held, pk in chosen}


def _branches(enterprise: Enterprise, level: int) -> Iterable[tuple[int, int]]:
    people = Administrator.objects.filter(enterprise=enterprise).annotate(above=Ancestor(level))
    rows = people.order_by().values_list("above").annotate(below=Count("pk"))
    found = ((bytes(above), below) for above, below in rows)
    return [(ancestors(above)[0], below) for above, below in found if len(above) == WIDTH]


def _nearest(sizes: list[tuple[int, int]], wanted: int) -> tuple[int, int]:
    return min(sizes, key=lambda one: (abs(log(one[0] / wanted)), one[1]))
