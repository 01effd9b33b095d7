"""Adding people who telephone, and editing them."""

from collections.abc import Mapping

from django.utils.translation import gettext as _

from permissions import audit, scopes
from permissions.acts import act
from permissions.errors import Refused
from permissions.features import FeatureCode
from permissions.models import Act
from portal.acts.writing import take_version, unless_taken
from sites.models import Site, Subscriber

FEATURE = FeatureCode.USER_ASSIGNMENTS
DETAILS = ("first_name", "last_name", "email", "user_id", "extension")


class UserIdTaken(Refused):
    """A user id stands once in an enterprise."""

    field = "user_id"

    @property
    def message(self) -> str:
        return _("This user id is already in use. Choose another one.")


class ExtensionTaken(Refused):
    """An extension stands once at a site."""

    field = "extension"

    @property
    def message(self) -> str:
        return _("This extension is already in use at the site. Choose another one.")


@act
def add_user(site: Site, details: Mapping[str, str], *, by: object) -> Subscriber:
    """Add somebody at a site in scope. Raises OutOfScope, UserIdTaken, ExtensionTaken."""
    held = scopes.take_site(site, by=by, feature=FEATURE)
    user = Subscriber(site=held, **_canonical(details))
    with unless_taken(lambda: _taken(user)):
        user.save(force_insert=True)
    audit.record_all([audit.of_row(Act.ADD, user, by=by, after=user.user_id)])
    return user


@act
def edit_user(
    user: Subscriber, details: Mapping[str, str], *, by: object, version: int
) -> list[str]:
    """Change somebody's details, not the site; returns the fields that really changed.

    Raises OutOfScope, UserIdTaken, ExtensionTaken, or StaleVersion if they were changed since
    `version`.
    """
    fresh = take_version(user, version, by=by, feature=FEATURE)
    entries = audit.edits_of(fresh, _canonical(details), by=by)
    if entries:
        with unless_taken(lambda: _taken(fresh)):
            fresh.save(force_update=True)
        audit.record_all(entries)
    return audit.fields_of(entries)


def _canonical(details: Mapping[str, str]) -> dict[str, str]:
    """A user id has one spelling, whatever the case in which it is typed."""
    chosen = {name: details[name] for name in DETAILS}
    return chosen | {"user_id": chosen["user_id"].lower()}


def _taken(user: Subscriber) -> Refused:
    others = Subscriber.objects.filter(enterprise=user.enterprise_id).exclude(pk=user.pk)
    return UserIdTaken() if others.filter(user_id=user.user_id).exists() else ExtensionTaken()
