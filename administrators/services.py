"""The acts on administrators. Each checks again inside its transaction, writes, leaves a trace.

Views, the Django admin and commands all call these. What people do to their own account is in
`own`; passwords are written as their mails leave (`emails`), and ended after a restore.
"""

from collections.abc import Collection, Mapping
from typing import Any

from django.contrib.auth import get_user_model
from django.db.models import F, Q

from administrators import paths
from administrators.errors import RootExists, TooDeep
from administrators.lockout import forgive
from administrators.models import Administrator, OutgoingMail
from administrators.writing import (
    apply_changes,
    new_person,
    save_new,
    send_password,
    send_passwords,
)
from permissions import audit, delegation, rules
from permissions.acts import act, carrier_only, take, touch
from permissions.audit_rows import record_each
from permissions.errors import LastRoot, OutOfScope, Refused
from permissions.locks import lock_branch, lock_enterprise, lock_giving, lock_people
from permissions.models import Act
from sites.models import Enterprise


@act
def create_administrator(
    *,
    by: Administrator,
    details: Mapping[str, Any],
    sites: Collection[int] = (),
    all_sites: bool = False,
    features: Collection[str] = (),
) -> Administrator:
    """A new child of `by`, with these sites and features, and a mail on its way to them.

    `details` are fields of `EDITABLE`. Raises BeyondParent, OutOfScope, TooDeep, UsernameInvalid,
    UsernameTaken.
    """
    if all_sites:
        lock_enterprise(by.enterprise_id)
    lock_giving([*by.above, by.pk])
    parent = get_user_model().objects.select_for_update(no_key=True).get(pk=by.pk)
    child = new_person(
        details, parent=parent, enterprise_id=parent.enterprise_id, path=parent.child_path
    )
    if not rules.manages(parent, child):
        raise OutOfScope
    if child.level > paths.DEEPEST:
        raise TooDeep
    save_new(child, by=by)
    if all_sites or sites:
        delegation.change_sites(child, add=sites, all_sites=all_sites or None, by=by)
    if features:
        delegation.change_features(child, add=features, by=by)
    return child


@act
def create_root(
    enterprise: Enterprise,
    *,
    by: Administrator,
    details: Mapping[str, Any],
    features: Collection[str],
) -> Administrator:
    """The root administrator of an enterprise, created by carrier staff (rule 13).

    Raises OutOfScope, RootExists, UsernameTaken.
    """
    carrier_only(by)
    Enterprise.objects.select_for_update(no_key=True).get(pk=enterprise.pk)
    if Administrator.objects.filter(enterprise=enterprise, parent=None).exists():
        raise RootExists
    root = new_person(details, enterprise_id=enterprise.pk, all_sites=True)
    save_new(root, by=by)
    delegation.grant_root(root, features, by=by)
    return root


@act
def update_details(
    target: Administrator,
    changes: Mapping[str, Any],
    *,
    by: Administrator,
    version: int | None = None,
) -> list[str]:
    """Change fields of `EDITABLE`; returns the names of those that really changed."""
    return apply_changes(take(target, by=by, version=version), changes, by=by)


@act
def update_root(
    root: Administrator,
    changes: Mapping[str, Any],
    *,
    by: Administrator,
    features: Collection[str],
    version: int | None = None,
) -> None:
    """Carrier staff save a root's page: details, and just these features; all or nothing."""
    ticked = set(features)
    lock_branch(root, takes=not rules.held_features(root) <= ticked)
    update_details(root, changes, by=by, version=version)
    held = rules.held_features(root)
    delegation.change_features(root, add=ticked - held, remove=held - ticked, by=by)


@act
def disable(
    target: Administrator,
    *,
    by: Administrator,
    branch: bool = False,
    version: int | None = None,
) -> int:
    """End the target's sign-in and sessions, or the whole branch's; returns how many people.

    Descendants keep theirs unless `branch`. The target is recorded even if they were out already:
    meant alone, they no longer come back with a branch. Raises LastRoot for a root (rule 9).
    """
    target = take(target, by=by, version=version)
    if not target.parent_id:
        raise LastRoot
    people = get_user_model().objects.filter(pk=target.pk)
    if branch:
        people = get_user_model().objects.branch_of(target)
    lock_people(people)
    meant = people.filter(Q(is_active=True) | Q(pk=target.pk))
    record_each(meant.order_by("path", "pk"), Act.DISABLE, by=by)
    return people.filter(is_active=True).update(
        is_active=False, session_epoch=F("session_epoch") + 1, version=F("version") + 1
    )


@act
def enable(
    target: Administrator,
    *,
    by: Administrator,
    branch: bool = False,
    version: int | None = None,
) -> int:
    """Let the target sign in again; returns how many people may.

    Descendants stay as they are; with `branch`, those whom the same act disabled may too. Who
    still owed a password gets another one: the old one may have run out meanwhile.
    """
    target = take(target, by=by, version=version)
    people = Administrator.objects.filter(pk=target.pk, is_active=False)
    if branch:
        people = Administrator.objects.disabled_with(target)
    lock_people(people)
    record_each(people.order_by("path", "pk"), Act.ENABLE, by=by)
    send_passwords(OutgoingMail.Kind.RESET, people.filter(must_change_password=True))
    return people.update(is_active=True, version=F("version") + 1)


@act
def reset_password(target: Administrator, *, by: Administrator, version: int | None = None) -> None:
    """End the target's password and sessions; a temporary one is mailed to them alone (rule 10).

    Sign-in is no longer blocked by what was tried before.
    """
    target = take(target, by=by, version=version)
    if not target.is_active:
        raise Refused
    send_password(OutgoingMail.Kind.RESET, target)
    forgive(target)
    audit.record(Act.RESET, by=by, to=target)
    touch(target)
