"""The acts on administrators. Each checks again inside its transaction, writes, leaves a trace.

Views, the Django admin and commands all call these; nothing else writes an administrator.
"""

from collections.abc import Collection, Mapping
from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.auth.hashers import make_password
from django.core.exceptions import ValidationError
from django.db import IntegrityError
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from administrators.models import Administrator, OutgoingMail
from administrators.usernames import canonical_username, username_validator
from permissions import audit, delegation, rules
from permissions.acts import act, take, touch
from permissions.errors import LastRoot, OutOfScope, Refused, StaleVersion
from permissions.locks import lock_enterprise
from permissions.models import Act
from sites.models import Enterprise
from sites.text import printable

CONTACT = (
    "first_name", "middle_name", "last_name", "email",
    "work_phone", "fax_number", "mobile_number", "home_phone",
)  # fmt: skip
ADDRESS = ("street", "street_extra", "postal_code", "city", "country")
EDITABLE = {"username", *CONTACT, *ADDRESS}
PASSWORD_KINDS = (OutgoingMail.Kind.WELCOME, OutgoingMail.Kind.RESET)


class UsernameTaken(Refused):
    """Somebody has that username already, perhaps in another enterprise."""

    field = "username"

    @property
    def message(self) -> str:
        return _("This username is not available.")


class RootExists(Refused):
    """An enterprise has one root."""

    field = "enterprise"

    @property
    def message(self) -> str:
        return _("This enterprise already has a main administrator.")


class UsernameInvalid(Refused):
    """Not a username: look-alike letters, signs that are not seen, too short, too long."""

    field = "username"

    @property
    def message(self) -> str:
        return str(username_validator.message)


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

    `details` are fields of `EDITABLE`. Raises BeyondParent, OutOfScope, UsernameInvalid,
    UsernameTaken.
    """
    if all_sites:
        lock_enterprise(by.enterprise_id)
    parent = get_user_model().objects.select_for_update(no_key=True).get(pk=by.pk)
    child = _new(details, parent=parent, enterprise_id=parent.enterprise_id, path=parent.child_path)
    if not rules.manages(parent, child):
        raise OutOfScope
    _save_new(child, by=by)
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
    if not by.is_superuser:
        raise OutOfScope
    Enterprise.objects.select_for_update(no_key=True).get(pk=enterprise.pk)
    if Administrator.objects.filter(enterprise=enterprise, parent=None).exists():
        raise RootExists
    root = _new(details, enterprise_id=enterprise.pk, all_sites=True)
    _save_new(root, by=by)
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
    return _apply(take(target, by=by, version=version), changes, by=by)


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
    update_details(root, changes, by=by, version=version)
    held, ticked = rules.held_features(root), set(features)
    delegation.change_features(root, add=ticked - held, remove=held - ticked, by=by)


@act
def update_own_details(
    person: Administrator, changes: Mapping[str, Any], *, by: Administrator, version: int
) -> list[str]:
    """Somebody changes their own contact and address; never their username, sites or features."""
    if person.pk != by.pk or not set(changes) <= {*CONTACT, *ADDRESS}:
        raise OutOfScope
    fresh = get_user_model().objects.select_for_update(no_key=True).get(pk=person.pk)
    if not rules.may_act(fresh):
        raise OutOfScope
    if fresh.version != version:
        raise StaleVersion(audit.last_editor(fresh))
    return _apply(fresh, changes, by=by)


@act
def disable(
    target: Administrator,
    *,
    by: Administrator,
    branch: bool = False,
    version: int | None = None,
) -> int:
    """End the target's sign-in and sessions, or the whole branch's; returns how many people.

    Descendants keep theirs unless `branch`. Raises LastRoot for a root (rule 9).
    """
    target = take(target, by=by, version=version)
    if not target.parent_id:
        raise LastRoot
    people = get_user_model().objects.filter(pk=target.pk)
    if branch:
        people = get_user_model().objects.branch_of(target)
    # Wait for whoever is creating there; from the top down, as permissions/locks.py says.
    list(people.select_for_update(no_key=True).order_by("path", "pk").values("pk"))
    active = people.filter(is_active=True)
    audit.record_all([audit.entry(Act.DISABLE, by=by, to=one) for one in active])
    return active.update(
        is_active=False, session_epoch=F("session_epoch") + 1, version=F("version") + 1
    )


@act
def enable(target: Administrator, *, by: Administrator, version: int | None = None) -> None:
    """Let the target sign in again; descendants stay as they are."""
    target = take(target, by=by, version=version)
    if target.is_active:
        return
    get_user_model().objects.filter(pk=target.pk).update(is_active=True)
    audit.record(Act.ENABLE, by=by, to=target)
    touch(target)


@act
def reset_password(target: Administrator, *, by: Administrator, version: int | None = None) -> None:
    """End the target's password and sessions; a temporary one is mailed to them alone (rule 10)."""
    target = take(target, by=by, version=version)
    if not target.is_active:
        raise Refused
    owe_password(target)
    target.mails.filter(sent_at=None, kind__in=PASSWORD_KINDS).delete()
    post(OutgoingMail.Kind.RESET, target)
    audit.record(Act.RESET, by=by, to=target)
    touch(target)


@act
def change_own_password(person: Administrator, password: str, *, by: Administrator) -> None:
    """Set the password that `person` chose; all their other sessions end.

    Raises OutOfScope if the password they were checked against was reset meanwhile.
    """
    if person.pk != by.pk:
        raise OutOfScope
    mine = get_user_model().objects.filter(pk=person.pk, password=person.password, is_active=True)
    changed = mine.update(
        password=make_password(password),
        must_change_password=False,
        password_expires_at=None,
        temporary_used=False,
    )
    if not changed:
        raise OutOfScope
    audit.record(Act.PASSWORD, by=by, to=person)


@act
def send_feedback(text: str, *, by: Administrator) -> None:
    """Put a person's opinion in the outbox, for the operator."""
    post(OutgoingMail.Kind.FEEDBACK, by, text=text)


def choose_language(person: Administrator, code: str) -> None:
    """Remember the language that `person` reads; not a matter of permissions."""
    get_user_model().objects.filter(pk=person.pk).update(language=code)


def owe_password(person: Administrator) -> None:
    """From now on nothing opens but a temporary password that is still to be mailed."""
    get_user_model().objects.filter(pk=person.pk).update(
        password=make_password(None),
        must_change_password=True,
        password_expires_at=None,
        temporary_used=False,
        session_epoch=F("session_epoch") + 1,
    )


def post(kind: OutgoingMail.Kind, person: Administrator, text: str = "") -> None:
    """Put a mail in the outbox, in the transaction that wants it sent."""
    OutgoingMail.objects.create(kind=kind, person=person, text=text, due_at=timezone.now())


def _new(details: Mapping[str, Any], **tree: Any) -> Administrator:
    person = Administrator(**_clean(details), **tree, must_change_password=True)
    person.set_unusable_password()
    return person


def _save_new(person: Administrator, *, by: Administrator) -> None:
    _save(person, force_insert=True)
    audit.record(Act.CREATE, by=by, to=person, item="username", after=person.username)
    post(OutgoingMail.Kind.WELCOME, person)


def _apply(person: Administrator, changes: Mapping[str, Any], *, by: Administrator) -> list[str]:
    entries = []
    for field, value in _clean(changes).items():
        before, after = str(getattr(person, field) or ""), str(value or "")
        if before != after:
            setattr(person, field, value)
            entries.append(
                audit.entry(Act.EDIT, by=by, to=person, item=field, before=before, after=after)
            )
    changed = [entry.item for entry in entries]
    if changed:
        _save(person, update_fields=[*changed, "search_key"])
        audit.record_all(entries)
        touch(person)
    return changed


def _clean(values: Mapping[str, Any]) -> dict[str, Any]:
    """Only fields of `EDITABLE`, text on one line: no name can shape a mail, a log or a page."""
    if not set(values) <= EDITABLE:
        raise ValueError(set(values) - EDITABLE)
    clean = {k: printable(v) if isinstance(v, str) else v for k, v in values.items()}
    if "username" in clean:
        clean["username"] = _username(clean["username"])
    return clean


def _username(given: str) -> str:
    """The one spelling under which it is kept, whoever calls."""
    username = canonical_username(given)
    try:
        username_validator(username)
    except ValidationError as error:
        raise UsernameInvalid from error
    return username


def _save(person: Administrator, **how: Any) -> None:
    try:
        person.save(**how)
    except IntegrityError as error:
        if "username" in str(error):
            raise UsernameTaken from error
        raise
