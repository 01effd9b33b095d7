"""What the acts on the inventory share."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, TypeVar

from django.db import IntegrityError, transaction

from permissions import audit, scopes
from permissions.acts import changed_meanwhile
from permissions.errors import OutOfScope, Refused
from permissions.features import FeatureCode
from sites.models import Note, Placed, Service, Subscriber

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


@contextmanager
def unless_taken(reason: Callable[[], Refused]) -> Iterator[None]:
    """What has to be unique is judged by the database alone: somebody may be quicker."""
    try:
        with transaction.atomic():
            yield
    except IntegrityError as error:
        raise reason() from error


def at_site_of(row: Placed, to: Subscriber) -> Subscriber:
    """The user as it is now, at the site of `row`. Raises OutOfScope."""
    found = Subscriber.objects.filter(pk=to.pk, site=row.site_id).first()
    if found is None:
        raise OutOfScope
    return found
