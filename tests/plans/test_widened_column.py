"""A plan that is kept does not outlive the columns that it was made for."""

from collections.abc import Mapping
from typing import Any

import pytest
from django.db import connection
from django.db.models import QuerySet

from administrators.models import Administrator
from sites import prepared
from tests import factories

OFTEN = 12  # PostgreSQL plans the first five times for the values alone
USERNAME = "ALTER TABLE administrators_administrator ALTER COLUMN username"


def kept(pk: int) -> dict[str, Any]:
    """Who has that id, by a plan that is kept."""

    def build(ids: Mapping[str, Any]) -> QuerySet:
        people = Administrator.objects.filter(pk=ids["pk"]).order_by()
        return people.values("username", "pk")

    (found,) = prepared.rows(("widened",), build, {"pk": pk}, planned_once=True)
    return found


@pytest.mark.django_db(transaction=True)
def test_a_plan_that_no_longer_fits_is_made_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    """A migration that widens a column, while a connection has a plan for it."""
    connection.ensure_connection()
    monkeypatch.setattr(connection.connection, "prepare_threshold", 2)
    person = factories.superuser("su")
    try:
        for length in (65, 64):
            for _turn in range(OFTEN):
                assert kept(person.pk)["pk"] == person.pk
            with connection.cursor() as cursor:
                cursor.execute(f"{USERNAME} TYPE varchar({length})")
        assert kept(person.pk)["pk"] == person.pk
    finally:
        with connection.cursor() as cursor:
            cursor.execute(f"{USERNAME} TYPE varchar(64)")
