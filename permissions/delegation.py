"""The only writer of grants, but for generated data. Each function is one act, all or nothing.

Cascades are the database's: a grant row goes with the row that bounds it, at any depth.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any

from django.contrib.auth import get_user_model
from django.db import IntegrityError
from django.db.models import F, QuerySet

from permissions import audit, places, rules
from permissions.acts import act, breaks_a_key, carrier_only, take, touch
from permissions.audit_features import record_features
from permissions.audit_items import ALL_SITES
from permissions.audit_sites import record_sites
from permissions.errors import BeyondParent, OutOfScope, Refused
from permissions.features import FeatureCode
from permissions.locks import lock_branch, lock_enterprise
from permissions.models import Act, FeatureGrant, Grant, SiteGrant
from sites.arrays import AmongIds
from sites.models import Site

CHUNK = 1_000  # rows in one INSERT


@dataclass(frozen=True)
class Changed:
    """How many items an act gave to the target and took from it (the cascade not counted).

    `all_sites` says whether it began or ended "all sites, present and future".
    """

    added: int = 0
    removed: int = 0
    all_sites: bool | None = None

    def __bool__(self) -> bool:
        return bool(self.added or self.removed or self.all_sites is not None)


@act
def change_sites(
    target: Any,
    *,
    by: Any,
    add: Collection[int] = (),
    remove: Collection[int] = (),
    all_sites: bool | None = None,
    version: int | None = None,
) -> Changed:
    """Give and take exactly these sites (ids); what is not named stays as it is (rule 11).

    `all_sites` gives or ends "all sites, present and future" (rule 7); taking a single site ends
    it too. A root holds all sites always. Raises BeyondParent, OutOfScope, StaleVersion; Refused
    for an id that is repeated, and for taking a site from who is given all of them.
    """
    if all_sites is not None or target.all_sites:
        lock_enterprise(target.enterprise_id)
    lock_branch(target, takes=bool(remove) or all_sites is False)
    target = take(target, by=by, version=version)
    if not target.parent_id or _repeats(add) or (all_sites and remove):
        raise Refused
    began = all_sites and _begin_all_sites(target, by=by)
    gone = _open(target, remove)
    takes = bool(_held(SiteGrant, target, gone))
    ended = (all_sites is False or takes) and _end_all_sites(target, by=by)
    given = _grant_every_site(target, by=by) if all_sites else _grant_sites(target, add, by=by)
    changed = Changed(
        added=given,
        removed=_revoke(SiteGrant, target, gone, by=by),
        all_sites=True if began else False if ended else None,
    )
    if changed:
        touch(target)
    return changed


@act
def change_features(
    target: Any,
    *,
    by: Any,
    add: Collection[str] = (),
    remove: Collection[str] = (),
    version: int | None = None,
) -> Changed:
    """Give and take exactly these features (codes); what is not named stays as it is (rule 11).

    Raises BeyondParent for a code that is unknown or that the parent does not hold, Refused for
    one that is repeated, OutOfScope, StaleVersion.
    """
    lock_branch(target, takes=bool(remove))
    target = take(target, by=by, version=version)
    if _repeats(add):
        raise Refused
    if not set(add) <= set(rules.grantable_features(target)):
        raise BeyondParent
    changed = Changed(
        added=_grant(FeatureGrant, target, add, by=by),
        removed=_revoke(FeatureGrant, target, remove, by=by),
    )
    if changed:
        touch(target)
    return changed


@act
def add_site(site: Site, *, by: Any) -> Site:
    """The carrier opens a site; it appears at once for all who hold all sites (rule 7).

    Raises NameTaken, OutOfScope.
    """
    carrier_only(by)
    lock_enterprise(site.enterprise_id)
    places.refuse_imitation(site)
    places.write(site, force_insert=True)
    _appear([site], by=by)
    return site


def open_sites(sites: Sequence[Site], *, by: Any) -> None:
    """The same of many sites of one enterprise. For acts only, which judged `by`.

    Raises NameTaken before anything is written.
    """
    owner = sites[0].enterprise_id
    lock_enterprise(owner)
    places.refuse_imitations(sites, enterprise=owner)
    Site.objects.bulk_create(sites, batch_size=CHUNK)
    _appear(sites, by=by)


def _appear(sites: Sequence[Site], *, by: Any) -> None:
    """Sites appear at once for all who hold all sites (rule 7)."""
    audit.record_all(audit.of_row(Act.CREATE, site, by=by) for site in sites)
    owner, keys = sites[0].enterprise_id, [site.pk for site in sites]
    holders = get_user_model().objects.filter(enterprise_id=owner, all_sites=True)
    older_first = list(holders.order_by("pk"))  # a parent is older than its children
    if not older_first:  # the enterprise has no root yet
        return
    given = (_row(SiteGrant, holder, key) for key in keys for holder in older_first)
    while some := list(islice(given, CHUNK)):  # of many holders there are too many for one list
        SiteGrant.objects.bulk_create(some)
    rows = _among(SiteGrant.objects.filter(enterprise=owner), keys)
    record_sites(Act.GRANT, rows, keys, enterprise=owner, by=by)


@act
def grant_root(root: Any, features: Iterable[str], *, by: Any) -> None:
    """A new root holds every site of its enterprise, and the features that the carrier gives."""
    carrier_only(by)
    if root.parent_id:
        raise OutOfScope
    lock_enterprise(root.enterprise_id)
    audit.record(Act.GRANT, by=by, to=root, item=ALL_SITES)
    sites = Site.objects.filter(enterprise_id=root.enterprise_id)
    _grant(SiteGrant, root, list(sites.values_list("pk", flat=True)), by=by)
    _grant(FeatureGrant, root, list(features), by=by)


def _repeats(keys: Collection[Any]) -> bool:
    return len(set(keys)) != len(keys)


def _begin_all_sites(target: Any, *, by: Any) -> bool:
    """Whether the target did not hold all sites yet. Raises BeyondParent."""
    if not rules.may_hold_all_sites(target):
        raise BeyondParent
    if target.all_sites:
        return False
    get_user_model().objects.filter(pk=target.pk).update(all_sites=True)
    audit.record(Act.GRANT, by=by, to=target, item=ALL_SITES)
    return True


def _grant_every_site(target: Any, *, by: Any) -> int:
    """All that the parent has and the target has not, closed sites included."""
    every = Site.objects.granted_to(target.parent).values_list("pk", flat=True)
    return _grant(SiteGrant, target, list(every), by=by)


def _end_all_sites(target: Any, *, by: Any) -> bool:
    if not target.all_sites:
        return False
    lock_enterprise(target.enterprise_id)  # again, unless the page that was shown was an old one
    branch = get_user_model().objects.branch_of(target).filter(all_sites=True)
    holders = list(branch.select_for_update().order_by("path", "pk"))
    branch.update(all_sites=False)
    audit.record_all(
        audit.entry(Act.REVOKE, by=by, to=holder, item=ALL_SITES, cause=target)
        for holder in holders
    )
    return bool(holders)


def _open(target: Any, sites: Collection[int]) -> set[int]:
    """These sites without those that the carrier has closed: grants of them are kept."""
    closed = Site.objects.closed_in(target.enterprise_id).values_list("pk", flat=True)
    return set(sites).difference(closed) if sites else set()


def _grant_sites(target: Any, add: Collection[int], *, by: Any) -> int:
    if not add:
        return 0
    grantable = rules.grantable_sites(target)
    if grantable.filter(AmongIds(F("pk"), add)).count() != len(set(add)):
        raise BeyondParent
    return _grant(SiteGrant, target, add, by=by)


def _grant(model: type[Grant], target: Any, keys: Collection[Any], *, by: Any) -> int:
    """Add the rows that are missing. Raises BeyondParent for what the parent lost meanwhile."""
    held = _held(model, target, keys)
    missing = sorted(key for key in set(keys) if key not in held)
    try:
        model.objects.bulk_create([_row(model, target, key) for key in missing], batch_size=CHUNK)
    except IntegrityError as error:
        if breaks_a_key(error):  # the composite ones
            raise BeyondParent from error
        raise
    if missing:
        _record(Act.GRANT, model.objects.given_to(target), target, missing, by=by)
    return len(missing)


def _revoke(model: type[Grant], target: Any, keys: Collection[Any], *, by: Any) -> int:
    """Delete the target's rows; the database takes those of all descendants with them."""
    held = _held(model, target, keys)
    if not held:
        return 0
    branch = get_user_model().objects.branch_of(target)
    of_branch = model.objects.filter(enterprise=target.enterprise_id, user__in=branch)
    _record(Act.REVOKE, of_branch, target, held, by=by, cause=target)
    return _among(model.objects.given_to(target), held).delete()[0]


def _record(
    act: Act, grants: QuerySet, target: Any, keys: Collection[Any], *, by: Any, cause: Any = None
) -> None:
    """The audit of those grants that are of these keys: given already, or about to be taken."""
    rows = _among(grants, keys)
    if grants.model is SiteGrant:
        record_sites(act, rows, keys, enterprise=target.enterprise_id, by=by, cause=cause)
        return
    record_features(act, rows, by=by, cause=cause)


def _row(model: type[Grant], target: Any, key: Any) -> Grant:
    row = model(
        enterprise_id=target.enterprise_id,
        user_id=target.pk,
        permission_id=model.permission_pk(),
        bound_id=target.parent_id or target.pk,
    )
    row.content_object_id = key
    return row


def _held(model: type[Grant], target: Any, keys: Collection[Any]) -> set[Any]:
    """Those of the keys that the target holds."""
    rows = _among(model.objects.given_to(target), keys)
    return set(rows.values_list("content_object_id", flat=True))


def _among(grants: QuerySet, keys: Collection[Any]) -> QuerySet:
    """Those of the grants that are of these sites (ids) or features (codes)."""
    if grants.model is SiteGrant:
        return grants.filter(AmongIds(F("content_object_id"), keys))
    return grants.filter(content_object_id__in=[code for code in FeatureCode if code in keys])
