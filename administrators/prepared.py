"""What each opening of the list of people asks, in queries that are built once."""

from collections.abc import Callable, Hashable, Mapping
from typing import Any

from django.db.models import QuerySet

from administrators import paths
from administrators.models import Administrator
from administrators.querysets import NAMES
from permissions.models import FeatureGrant, SiteGrant
from sites import paging, prepared
from sites.models import Enterprise
from sites.paging import CappedCount

Choice = tuple[int, str]
Order = tuple[Any, ...]
OfBranch = Callable[[paths.Branch], QuerySet]


def count_below(reader: Administrator, *, using: str) -> int:
    """How many are below, counted as far as lists are."""

    def build(branch: paths.Branch) -> QuerySet:
        below = CappedCount(Administrator.objects.inside(branch))
        return Enterprise.objects.filter(pk=branch.enterprise).order_by().values(below=below)

    how = _prepare(reader, build, "count", paging.CAP)
    found = prepared.rows(*how, using=using, planned_once=True)
    return found[0]["below"] if found else 0


def first_listed(
    reader: Administrator, order: Order, size: int, *, using: str
) -> list[Administrator]:
    """The first of those below in that order, with all that a list shows."""

    def build(branch: paths.Branch) -> QuerySet:
        return Administrator.objects.listed_in(branch).shown().order_by(*order)[:size]

    constants = (SiteGrant.permission_pk(), FeatureGrant.permission_pk(), paging.CAP)
    shape, build_with, values = _prepare(reader, build, "list", order, size, *constants)
    return prepared.instances(Administrator, shape, build_with, values, using=using)


def first_parents(reader: Administrator, count: int) -> list[Choice]:
    """The ids and names of the first people below `reader` who have children."""

    def build(branch: paths.Branch) -> QuerySet:
        parents = Administrator.objects.listed_in(branch).parents()
        return parents.values_list("pk", *NAMES)[:count]

    found = prepared.rows(*_prepare(reader, build, "parents", count))
    return [(row["pk"], Administrator.named(*(row[name] for name in NAMES))) for row in found]


def _prepare(
    reader: Administrator, build: OfBranch, *shape: Hashable
) -> tuple[tuple[Hashable, ...], prepared.Build, dict[str, prepared.Given]]:
    """The same for whoever stands at that level: their branch is all that differs."""
    branch = paths.branch_below(reader)
    values = branch._asdict()

    def build_with(given: Mapping[str, Any]) -> QuerySet:
        return build(branch._replace(**given))

    return (*shape, values.pop("level"), values.pop("is_root")), build_with, values
