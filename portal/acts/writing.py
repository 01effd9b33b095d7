"""What the acts on the inventory share."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from django.db import IntegrityError, transaction

from permissions.errors import OutOfScope, Refused
from sites.models import Placed, Subscriber


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
