"""How a person is written: which fields, in which spelling, with which trace. No rule is here.

For acts only (services.py, own.py), inside their transaction.
"""

from collections.abc import Mapping
from typing import Any

from django.contrib.auth.hashers import make_password
from django.core.exceptions import ValidationError
from django.db import IntegrityError
from django.db.models import F, QuerySet, Value
from django.utils import timezone

from administrators.errors import UsernameInvalid, UsernameTaken
from administrators.models import Administrator, OutgoingMail
from administrators.usernames import canonical_username, username_validator
from permissions import audit
from permissions.acts import touch
from permissions.audit_rows import insert
from permissions.models import Act, AuditEntry
from permissions.places import ADDRESS
from sites.text import printable

CONTACT = (
    "first_name", "middle_name", "last_name", "email",
    "work_phone", "fax_number", "mobile_number", "home_phone",
)  # fmt: skip
EDITABLE = {"username", *CONTACT, *ADDRESS}
PASSWORD_KINDS = (OutgoingMail.Kind.WELCOME, OutgoingMail.Kind.RESET)


def owe_password(people: QuerySet) -> None:
    """From now on nothing opens but a temporary password that is still to be mailed to each."""
    people.update(
        password=make_password(None),
        must_change_password=True,
        password_expires_at=None,
        temporary_used=False,
        session_epoch=F("session_epoch") + 1,
    )


def send_password(kind: OutgoingMail.Kind, person: Administrator) -> None:
    """Void the password and have one temporary password mailed, even if one was on its way."""
    send_passwords(kind, Administrator.objects.filter(pk=person.pk))


def send_passwords(kind: OutgoingMail.Kind, people: QuerySet) -> None:
    """The same for each of many; what tells these must be none of what is written here."""
    owe_password(people)
    waiting = OutgoingMail.objects.filter(sent_at=None, kind__in=PASSWORD_KINDS)
    waiting.filter(person__in=people.order_by()).delete()
    now = timezone.now()
    columns = {"kind": Value(kind), "person_id": F("pk"), "text": Value(""), "tries": Value(0)}
    columns |= {"last_error": Value(""), "created_at": Value(now), "due_at": Value(now)}
    insert(OutgoingMail, people, columns)


def post(kind: OutgoingMail.Kind, person: Administrator, **what: str) -> None:
    """Put a mail in the outbox, in the transaction that wants it sent."""
    OutgoingMail.objects.create(kind=kind, person=person, due_at=timezone.now(), **what)


def new_person(details: Mapping[str, Any], **tree: Any) -> Administrator:
    """Somebody who is not saved yet and owes a password."""
    person = Administrator(**_clean(details), **tree, must_change_password=True)
    person.set_unusable_password()
    return person


def save_new(person: Administrator, *, by: Administrator) -> None:
    _save(person, force_insert=True)
    audit.record(Act.CREATE, by=by, to=person, item="username", after=person.username)
    post(OutgoingMail.Kind.WELCOME, person)


def apply_changes(
    person: Administrator, changes: Mapping[str, Any], *, by: Administrator
) -> list[str]:
    """Write the fields that differ, with a trace of each; returns their names.

    Whoever signs in with the account learns at the former address that passwords go elsewhere now.
    """
    entries, address = [], person.email
    for field, value in _clean(changes).items():
        before = getattr(person, field)
        if str(before or "") != str(value or ""):
            setattr(person, field, value)
            entries.append(_edit(person, field, before, value, by=by))
    changed = [entry.item for entry in entries]
    if changed:
        _save(person, update_fields=[*changed, "search_key"])
        audit.record_all(entries)
        touch(person)
    if "email" in changed and person.last_login:
        post(OutgoingMail.Kind.ADDRESS, person, address=address)
    return changed


def _edit(person: Administrator, field: str, before: Any, after: Any, *, by: Any) -> AuditEntry:
    """The trace of one field, in the words of the screen."""
    texts = {name: audit.said(person, field, value)
             for name, value in (("before", before), ("after", after))}  # fmt: skip
    return audit.entry(Act.EDIT, by=by, to=person, item=field, **texts)


def _clean(values: Mapping[str, Any]) -> dict[str, Any]:
    """Only fields of `EDITABLE`, as they are stored.

    Text is on one line: no name can shape a mail, a log or a page.
    """
    if not set(values) <= EDITABLE:
        raise ValueError(set(values) - EDITABLE)
    lines = {k: printable(v) if isinstance(v, str) else v for k, v in values.items()}
    clean = {field: _stored(field, value) for field, value in lines.items()}
    if "username" in clean:
        clean["username"] = _username(clean["username"])
    return clean


def _stored(field: str, value: Any) -> Any:
    """What is read again once it is written: of a phone number the number alone."""
    column: Any = Administrator._meta.get_field(field)
    return column.to_python(column.get_prep_value(value))


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
