"""Setting services up, and who belongs to them."""

from typing import Any

from django.db.models import Max
from django.utils.translation import gettext as _

from permissions import audit, scopes
from permissions.acts import act
from permissions.errors import Refused
from permissions.features import FeatureCode
from permissions.models import Act
from portal.acts.writing import (
    at_site,
    check_extension,
    lock_site,
    take_version,
    take_whole_site,
    unless_taken,
)
from sites.models import Service, ServiceMember, Site, Subscriber

FEATURE = FeatureCode.SERVICES


class NameTaken(Refused):
    """Two services of one kind at one site are told apart by their names."""

    field = "name"

    @property
    def message(self) -> str:
        return _("A service of this type already has this name at the site. Choose another one.")


class AlreadyMember(Refused):
    """Somebody was quicker: a user belongs to a service once."""

    @property
    def message(self) -> str:
        return _("This user belongs to the service already: nothing was changed.")


class NoMembers(Refused):
    """Users belong to services of some kinds only: to a hunt group, not to music on hold."""

    @property
    def message(self) -> str:
        return _("Nobody belongs to a service of this type.")


@act
def add_service(site: Site, *, kind: str, name: str, extension: str = "", by: object) -> Service:
    """Set up a service at a site in scope. Raises OutOfScope, NameTaken, ExtensionTaken."""
    held = take_whole_site(site, by=by, feature=FEATURE)
    service = Service(site=held, kind=kind, name=name, extension=extension)
    check_extension(service)
    with unless_taken(NameTaken):
        service.save(force_insert=True)
    label = str(service.get_kind_display())
    audit.record_row(Act.ADD, service, by=by, after=label)
    return service


@act
def edit_service(
    service: Service, *, name: str, extension: str, is_active: bool, by: object, version: int
) -> list[str]:
    """Rename a service, switch it on or off; returns the fields that really changed.

    Raises OutOfScope, NameTaken, ExtensionTaken, or StaleVersion if it was changed since `version`.
    """
    lock_site(service.site_id)
    fresh = take_version(service, version, by=by, feature=FEATURE)
    changes: dict[str, Any] = {"name": name, "extension": extension, "is_active": is_active}
    entries = audit.edits_of(fresh, changes, by=by)
    changed = audit.fields_of(entries)
    if "extension" in changed:
        check_extension(fresh)
    if changed:
        with unless_taken(NameTaken):
            fresh.save(force_update=True)
        audit.record_all(entries)
    return changed


@act
def add_member(service: Service, user: Subscriber, *, by: object) -> ServiceMember:
    """Let a user of the same site belong to a service, as the last one.

    Raises OutOfScope, NoMembers, AlreadyMember.
    """
    fresh = scopes.take(service, by=by, feature=FEATURE)
    if not fresh.takes_members:
        raise NoMembers
    subscriber = at_site(fresh.site_id, user)
    last = fresh.members.aggregate(last=Max("position"))["last"] or 0
    position = min(last + 1, ServiceMember.LAST)  # those of one position: the newest last
    member = ServiceMember(site=fresh.site, service=fresh, subscriber=subscriber, position=position)
    with unless_taken(AlreadyMember):
        member.save(force_insert=True)
    audit.record_row(Act.ASSIGN, fresh, by=by, after=str(subscriber))
    return member


@act
def remove_member(member: ServiceMember, *, by: object) -> None:
    """Let a user no longer belong to a service. Raises OutOfScope."""
    fresh = scopes.take(member, by=by, feature=FEATURE)
    service, user = fresh.service, fresh.subscriber
    fresh.delete()
    audit.record_row(Act.UNASSIGN, service, by=by, before=str(user))
