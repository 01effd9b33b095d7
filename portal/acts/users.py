"""Adding people who telephone, and editing them."""

from collections.abc import Iterable, Mapping, Sequence

from django.utils.translation import gettext as _

from permissions import audit
from permissions.acts import act
from permissions.errors import Refused
from permissions.features import FeatureCode
from permissions.models import Act
from portal.acts.writing import (
    ExtensionTaken,
    check_extension,
    lock_site,
    take_version,
    take_whole_site,
    unless_taken,
)
from sites.models import Site, Subscriber

FEATURE = FeatureCode.USER_ASSIGNMENTS
DETAILS = ("first_name", "last_name", "email", "user_id", "extension")


class UserIdTaken(Refused):
    """A user id stands once in an enterprise."""

    field = "user_id"

    @property
    def message(self) -> str:
        return _("This user id is already in use. Choose another one.")


class BadUserId(Refused):
    """A user id that has no spelling in which it could be kept."""

    field = "user_id"

    @property
    def message(self) -> str:
        return _("Enter a user id such as name@example.com.")


class DetailsTaken(Refused):
    """Several details at once, each said beside its own field."""

    def __init__(self, reasons: Sequence[Refused]) -> None:
        super().__init__(*reasons)
        self.reasons = tuple(reasons)

    @property
    def message(self) -> str:
        return " ".join(reason.message for reason in self.reasons)


@act
def add_user(site: Site, details: Mapping[str, str], *, by: object) -> Subscriber:
    """Add somebody at a site in scope.

    Raises OutOfScope, BadUserId, UserIdTaken, ExtensionTaken.
    """
    held = take_whole_site(site, by=by, feature=FEATURE)
    user = Subscriber(site=held, **_canonical(details))
    _check(user, DETAILS)
    with unless_taken(lambda: _taken(user)):
        user.save(force_insert=True)
    audit.record_row(Act.ADD, user, by=by, after=user.user_id)
    return user


@act
def edit_user(
    user: Subscriber, details: Mapping[str, str], *, by: object, version: int
) -> list[str]:
    """Change somebody's details, not the site; returns the fields that really changed.

    Raises OutOfScope, BadUserId, UserIdTaken, ExtensionTaken, or StaleVersion if they were changed
    since `version`.
    """
    lock_site(user.site_id)
    fresh = take_version(user, version, by=by, feature=FEATURE)
    entries = audit.edits_of(fresh, _canonical(details), by=by)
    if entries:
        _check(fresh, audit.fields_of(entries))
        with unless_taken(lambda: _taken(fresh)):
            fresh.save(force_update=True)
        audit.record_all(entries)
    return audit.fields_of(entries)


def _canonical(details: Mapping[str, str]) -> dict[str, str]:
    """A user id has one spelling, whatever the case in which it is typed. Raises BadUserId."""
    chosen = {name: details[name] for name in DETAILS}
    try:
        return chosen | {"user_id": Subscriber.spelt(chosen["user_id"])}
    except ValueError as error:
        raise BadUserId from error


def _check(user: Subscriber, fields: Iterable[str]) -> None:
    """Raises what is taken of these fields, all of it at once."""
    reasons: list[Refused] = []
    if "user_id" in fields and _has_namesake(user):
        reasons.append(UserIdTaken())
    try:
        if "extension" in fields:
            check_extension(user)
    except ExtensionTaken as taken:
        reasons.append(taken)
    if reasons:
        raise reasons[0] if len(reasons) == 1 else DetailsTaken(reasons)


def _has_namesake(user: Subscriber) -> bool:
    namesakes = Subscriber.objects.filter(enterprise=user.site.enterprise_id, user_id=user.user_id)
    return namesakes.exclude(pk=user.pk).exists()


def _taken(user: Subscriber) -> Refused:
    return UserIdTaken() if _has_namesake(user) else ExtensionTaken()
