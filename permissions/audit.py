"""The audit: each act leaves rows that are only ever added, with no secret in them."""

import uuid
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from django.contrib.auth import get_user_model
from django.utils.translation import gettext as _

from permissions import audit_items, origin
from permissions.models import Act, AuditEntry
from sites.models import Enterprise
from sites.templatetags.phones import PhoneNumber, phone

_act_id: ContextVar[uuid.UUID | None] = ContextVar("act_id", default=None)


@contextmanager
def one_act() -> Iterator[None]:
    """Rows written inside belong to one act; an act inside an act belongs to the outer one."""
    token = _act_id.set(_act_id.get() or uuid.uuid4())
    try:
        yield
    finally:
        _act_id.reset(token)


def act_id() -> uuid.UUID | None:
    """The act of which whatever is written now is a part."""
    return _act_id.get()


def entry(
    act: Act, *, by: Any, to: Any, item: str = "", cause: Any = None, of: Any = None, **texts: Any
) -> AuditEntry:
    """One unsaved row. `texts` are `item_name`, `before` and `after`; names are kept as text.

    `cause` is from whom a thing was taken, if that is not `to` and is why they lost it; `of` is the
    enterprise, or the row of one, that it is about if it was done to nobody.
    """
    caused = None if cause == to else cause
    source = origin.current.get()
    return AuditEntry(
        enterprise_id=_enterprise_of(to) or _enterprise_of(of) or _enterprise_of(by),
        act=act,
        actor_id=getattr(by, "pk", None),
        actor_name=str(by or ""),
        target_id=getattr(to, "pk", None),
        target_name=str(to or ""),
        path=_path_of(to) or _path_of(by),
        item=item,
        cause_id=getattr(caused, "pk", None),
        cause_name=str(caused or ""),
        act_id=act_id(),
        request_id=source.request_id,
        address=source.address,
        **texts,
    )


def _enterprise_of(thing: Any) -> int | None:
    """The enterprise of a person or of a row; none of carrier staff, nor of a model of devices."""
    return thing.pk if isinstance(thing, Enterprise) else getattr(thing, "enterprise_id", None)


def _path_of(person: Any) -> bytes:
    """Where in the tree what concerns somebody stands; nowhere if there is nobody."""
    return person.child_path if isinstance(person, get_user_model()) else b""


def record(act: Act, *, by: Any, to: Any = None, item: str = "", **texts: Any) -> None:
    """Add one row."""
    entry(act, by=by, to=to, item=item, **texts).save(force_insert=True)


def record_row(act: Act, row: Any, *, by: Any, before: str = "", after: str = "") -> None:
    """Add one row about something that stands at a site."""
    of_row(act, row, by=by, before=before, after=after).save(force_insert=True)


def record_all(entries: Iterable[AuditEntry]) -> None:
    """Add rows, 1,000 at a time."""
    AuditEntry.objects.bulk_create(entries, batch_size=1000)


def of_row(act: Act, row: Any, *, by: Any, before: str = "", after: str = "") -> AuditEntry:
    """One unsaved row about something that stands at a site, with its name and its site."""
    texts = {"item_name": str(row)[:200], "before": before, "after": after}
    site = getattr(row, "site", None)
    return entry(act, by=by, to=None, item=audit_items.of_row(row), of=row, site=site, **texts)


def edits_of(row: Any, changes: Mapping[str, Any], *, by: Any) -> list[AuditEntry]:
    """Set these fields of a row; one unsaved entry for each that changed."""
    before = {field: getattr(row, field) for field in changes}
    for field, value in changes.items():
        setattr(row, field, value)
    return edits_since(before, row, by=by)


def edits_since(before: Mapping[str, Any], row: Any, *, by: Any) -> list[AuditEntry]:
    """One unsaved entry for each of these fields of a row that is no longer as it was."""
    entries = []
    for field, was in before.items():
        value = getattr(row, field)
        if was != value:
            texts = {"before": said(row, field, was), "after": said(row, field, value)}
            edit = of_row(Act.EDIT, row, by=by, **texts)
            edit.item = audit_items.of_field(row, field)
            entries.append(edit)
    return entries


def fields_of(edits: Iterable[AuditEntry]) -> list[str]:
    """The names of the fields that these entries of `edits_of` are about."""
    return [audit_items.field_of(edit.item)[1] for edit in edits]


def said(row: Any, field: str, value: Any) -> str:
    """A value as people read it: the label of a choice, yes or no, nothing for nothing."""
    if isinstance(value, PhoneNumber):
        return phone(value)
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    choices = dict(row._meta.get_field(field).flatchoices)
    return str(choices.get(value, "" if value is None else value))


def last_edit(target: Any) -> AuditEntry | None:
    """The last thing that was done to `target`, for "changed meanwhile by"."""
    done = AuditEntry.objects.of(target).exclude(
        act__in=[Act.SIGN_IN, Act.SIGN_IN_FAILED, Act.SIGN_OUT, Act.REFUSED]
    )
    return done.select_related("actor").defer("site_ids").first()


def last_edit_of(row: Any) -> AuditEntry | None:
    """The same of a row that is not an administrator."""
    items = (audit_items.of_field(row, field.name) for field in row._meta.fields)
    return last_edit_among(items, of=row)


def last_edit_among(items: Iterable[str], *, of: Any) -> AuditEntry | None:
    """The last edit of one of these items, which are about `of` or stand where it does."""
    edits = AuditEntry.objects.filter(enterprise=_enterprise_of(of), item__in=list(items))
    return edits.filter(act=Act.EDIT).select_related("actor").first()
