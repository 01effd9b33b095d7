"""What the acts on the inventory share."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, TypeVar

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from permissions import audit, scopes
from permissions.acts import changed_meanwhile
from permissions.errors import OutOfScope, Refused
from permissions.features import FeatureCode
from sites.models import Device, Note, PhoneNumber, Placed, Service, Site, Subscriber

NOBODY = "nobody"
Standing = TypeVar("Standing", bound=Placed)
Versioned = TypeVar("Versioned", Subscriber, Service, Note)


def take_version(row: Versioned, version: int, *, by: Any, feature: FeatureCode) -> Versioned:
    """The row as it is now, locked, with its next version.

    Raises OutOfScope, or StaleVersion if it was changed since `version`.
    """
    fresh = scopes.take(row, by=by, feature=feature)
    if fresh.version != version:
        raise changed_meanwhile(audit.last_edit_of(fresh), reader=by)
    fresh.version += 1
    return fresh


class ExtensionTaken(Refused):
    """An extension stands once at a site, whether it is a user's or a service's."""

    field = "extension"

    @property
    def message(self) -> str:
        return _("This extension is already in use at the site. Choose another one.")


def check_extension(row: Subscriber | Service) -> None:
    """Raises ExtensionTaken if another user or service of the site, which is locked, has it."""
    for kind in (Subscriber, Service):
        others = kind.objects.filter(site=row.site_id, extension=row.extension)
        if isinstance(row, kind):
            others = others.exclude(pk=row.pk)
        if row.extension and others.exists():
            raise ExtensionTaken


class HolderChanged(Refused):
    """A page named from whom something is taken; meanwhile it is somebody else's."""

    @property
    def message(self) -> str:
        return _(
            "The assignment has changed meanwhile, and nothing was done."
            " Check what is said below before you confirm."
        )


def holder_of(row: PhoneNumber | Device) -> str:
    """Who has a number or a device, as the page that takes it from them sends it back."""
    held = ((name, getattr(row, f"{name}_id", None)) for name in PhoneNumber.ASSIGNEES)
    return next((f"{name}:{pk}" for name, pk in held if pk), NOBODY)


def check_holder(row: PhoneNumber | Device, holder: str) -> None:
    """Raises HolderChanged if `row` is not, or no longer, that holder's."""
    if holder_of(row) != holder:
        raise HolderChanged


def lock_site(pk: int) -> None:
    """Whoever compares rows of a site waits for whoever is changing one, before the rows."""
    Site.objects.select_for_update(no_key=True).filter(pk=pk).first()


def take_whole_site(site: Site, *, by: Any, feature: FeatureCode) -> Site:
    """The site, locked: two people may be changing rows of it that are compared as a whole.

    Raises OutOfScope.
    """
    lock_site(site.pk)
    return scopes.take_site(site, by=by, feature=feature)


@contextmanager
def unless_taken(reason: Callable[[], Refused]) -> Iterator[None]:
    """What has to be unique is judged by the database alone: somebody may be quicker."""
    try:
        with transaction.atomic():
            yield
    except IntegrityError as error:
        raise reason() from error


def at_site(site: int, row: Standing) -> Standing:
    """The row as it is now, locked: it stays at the site. Raises OutOfScope if it is elsewhere."""
    rows: Any = type(row)._default_manager.select_for_update(of=("self",), no_key=True)
    found: Standing | None = rows.filter(pk=row.pk, site=site).first()
    if found is None:
        raise OutOfScope
    return found
