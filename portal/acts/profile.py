"""Editing what an enterprise says of itself."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from permissions import audit, rules, scopes
from permissions.acts import act, changed_meanwhile
from permissions.errors import OutOfScope, Refused
from permissions.features import FeatureCode
from permissions.places import ADDRESS, NameTaken, edit
from sites.models import Enterprise

MAIN_CONTACT = ("main_contact_name", "main_contact_email", "main_contact_phone")
TECHNICAL_CONTACT = (
    "technical_contact_name",
    "technical_contact_email",
    "technical_contact_phone",
)
# Not the account's numbers nor the sales contact: these are the carrier's to say.
EDITABLE = frozenset(("name", *ADDRESS, *MAIN_CONTACT, *TECHNICAL_CONTACT))


class NameRefused(Refused):
    """Another customer has that name, which is nobody's business here."""

    field = "name"

    @property
    def message(self) -> str:
        return _("This name cannot be used. Choose another one, or ask your carrier.")


@act
def edit_profile(
    enterprise: Enterprise, changes: Mapping[str, Any], *, by: Any, version: int
) -> list[str]:
    """Change fields of `EDITABLE`; returns those that really changed.

    It belongs to the enterprise, so the feature alone opens it, whatever sites are held. Raises
    OutOfScope, NameRefused, or StaleVersion if it was changed since `version`.
    """
    fresh = Enterprise.objects.select_for_update(no_key=True).get(pk=enterprise.pk)
    _check(fresh, by=by)
    if fresh.version != version:
        raise changed_meanwhile(audit.last_edit_of(fresh), reader=by)
    try:
        return edit(fresh, changes, EDITABLE, by=by)
    except NameTaken as error:
        raise NameRefused from error


def _check(enterprise: Enterprise, *, by: Any) -> None:
    """After the lock: waiting for it, `by` may have lost the feature."""
    scope = scopes.scope_of(by)
    theirs = scope.actor.enterprise_id == enterprise.pk and rules.may_act(scope.actor)
    if not theirs or FeatureCode.PROFILE not in scope.features:
        raise OutOfScope
