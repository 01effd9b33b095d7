"""A query that is built once, and whose plan is kept, for the tests of such plans."""

from collections.abc import Mapping
from typing import Any

from django.db.models import F, QuerySet, Value

from administrators.models import Administrator
from sites import prepared

OFTEN = 12  # PostgreSQL plans the first five times for the values alone


def named(pk: int, shape: str, sign: str = "") -> list[dict[str, Any]]:
    """Who has that id."""

    def build(ids: Mapping[str, Any]) -> QuerySet:
        people = Administrator.objects.filter(pk=ids["pk"]).order_by()
        return people.annotate(sign=Value(sign)).values("username", "sign", who=F("pk"))

    return prepared.rows((shape, sign), build, {"pk": pk}, planned_once=True)
