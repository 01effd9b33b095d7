"""In which order acts lock what they share, so that no two ever wait for each other.

First the enterprise, then people from the top down, then grants thing by thing from the top down.
"""

from django.db import connection
from django.db.models import QuerySet

from sites.models import Enterprise


def lock_enterprise(enterprise_id: int | None) -> None:
    """Adding a site, and beginning or ceasing to hold all of them, must not pass each other."""
    list(Enterprise.objects.select_for_update(no_key=True).filter(pk=enterprise_id))


def lock_grants(rows: QuerySet) -> None:
    """Lock these grants, and those that others were just adding below.

    Whoever adds one locks the row that bounds it, so each look waits for them; once a look finds
    no more rows than the last, nobody can add another.
    """
    ordered = rows.select_for_update(of=("self",)).order_by("content_object_id", "user_id")
    before, found = 0, _locked(ordered)
    while found != before:
        before, found = found, _locked(ordered)


def _locked(rows: QuerySet) -> int:
    """How many rows were locked; none of them is read, for there may be very many."""
    sql, values = rows.values("pk").query.sql_with_params()
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM ({sql}) AS locked", values)  # noqa: S608 - our rows
        (count,) = cursor.fetchone()
    return int(count)
