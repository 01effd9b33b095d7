"""Editing what an enterprise says of itself."""

from collections.abc import Mapping
from typing import Any

from permissions import audit, rules, scopes
from permissions.acts import act
from permissions.errors import OutOfScope, StaleVersion
from permissions.features import FeatureCode
from permissions.models import Act, AuditEntry
from permissions.places import ADDRESS, write
from sites.models import Enterprise

MAIN_CONTACT = ("main_contact_name", "main_contact_email", "main_contact_phone")
TECHNICAL_CONTACT = (
    "technical_contact_name",
    "technical_contact_email",
    "technical_contact_phone",
)
# Not the account's numbers nor the sales contact: these are the carrier's to say.
EDITABLE = frozenset(("name", *ADDRESS, *MAIN_CONTACT, *TECHNICAL_CONTACT))


@act
def edit_profile(
    enterprise: Enterprise, changes: Mapping[str, Any], *, by: Any, version: int
) -> list[str]:
    """Change fields of `EDITABLE`; returns those that really changed.

    It belongs to the enterprise, so the feature alone opens it, whatever sites are held. Raises
    OutOfScope, NameTaken, or StaleVersion if it was changed since `version`.
    """
    if not set(changes) <= EDITABLE:
        raise ValueError(set(changes) - EDITABLE)
    fresh = Enterprise.objects.select_for_update(no_key=True).get(pk=enterprise.pk)
    _check(fresh, by=by)
    if fresh.version != version:
        raise _changed_meanwhile(fresh, reader=by)
    entries = _apply(fresh, changes, by=by)
    if entries:
        fresh.version += 1
        write(fresh)
        audit.record_all(entries)
    return [entry.item.rpartition(":")[2] for entry in entries]


def _check(enterprise: Enterprise, *, by: Any) -> None:
    """After the lock: waiting for it, `by` may have lost the feature."""
    scope = scopes.scope_of(by)
    theirs = scope.actor.enterprise_id == enterprise.pk and rules.may_act(scope.actor)
    if not theirs or FeatureCode.PROFILE not in scope.features:
        raise OutOfScope


def _apply(enterprise: Enterprise, changes: Mapping[str, Any], *, by: Any) -> list[AuditEntry]:
    """Set the fields that differ; one unsaved entry for each."""
    entries = []
    name = str(enterprise)
    for field, value in changes.items():
        before, after = str(getattr(enterprise, field)), str(value)
        if before != after:
            setattr(enterprise, field, value)
            words = {"item_name": name, "before": before, "after": after}
            item = _item(enterprise, field)
            entries.append(audit.entry(Act.EDIT, by=by, to=None, item=item, **words))
    return entries


def _item(enterprise: Enterprise, field: str) -> str:
    return f"enterprise:{enterprise.pk}:{field}"


def _changed_meanwhile(enterprise: Enterprise, *, reader: Any) -> StaleVersion:
    """The refusal, with the name of who was quicker if `reader` may know it."""
    items = [_item(enterprise, field) for field in EDITABLE]
    last = AuditEntry.objects.filter(item__in=items).select_related("actor").first()
    known = last is not None and last.actor is not None and rules.may_know(reader, last.actor)
    return StaleVersion(last.actor_name if last is not None and known else "")
