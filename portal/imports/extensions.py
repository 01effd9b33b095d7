"""No extension twice at a site: of all its users and services, whatever a file brings."""

from collections.abc import Iterator
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from sites import models
from sites.chunks import in_chunks

EXTENSION = "extension"  # so are the column, and the constraint of the database, named


def sharing(model: type[models.Subscriber | models.Service]) -> Any:
    """Finds the rows of `model` whose extension another user or service of the site has too."""

    def find(enterprise: models.Enterprise) -> Iterator[Any]:
        met: set[tuple[int, str]] = set()
        twice: set[tuple[int, str]] = set()
        for one in (models.Subscriber, models.Service):
            found = _with_extension(one, enterprise).values_list("site_id", "extension")
            for place in in_chunks(found):
                (twice if place in met else met).add(place)
        rows = in_chunks(_with_extension(model, enterprise)) if twice else ()
        return (row for row in rows if (row.site_id, row.extension) in twice)

    return find


def _with_extension(model: Any, enterprise: models.Enterprise) -> QuerySet:
    rows: QuerySet = model.objects.filter(enterprise=enterprise).exclude(extension="")
    return rows.order_by("pk")


def extension_taken(row: models.Subscriber | models.Service) -> str:
    said = _("“%(value)s” is already the extension of another user or service of the site.")
    return said % {"value": row.extension}
