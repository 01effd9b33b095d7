"""A plan that is kept does not outlive the columns that it was made for.

They change in another connection, as when somebody upgrades: in its own psycopg would notice.
"""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests import factories
from tests.plans.kept import OFTEN, named

PEOPLE = "ALTER TABLE administrators_administrator"
MIGRATIONS = {
    "column added": (f"{PEOPLE} ADD COLUMN later text", f"{PEOPLE} DROP COLUMN later", 1),
    "column widened": (
        f"{PEOPLE} ALTER COLUMN username TYPE varchar(65)",
        f"{PEOPLE} ALTER COLUMN username TYPE varchar(64)",
        2,  # one is refused
    ),
}


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("name", MIGRATIONS)
def test_people_work_while_the_columns_change(
    transactional_db: None, keeping: None, name: str
) -> None:
    forth, back, needed = MIGRATIONS[name]
    person = factories.superuser("su")
    for _turn in range(OFTEN):
        named(person.pk, "migrated")
    elsewhere(forth)
    try:
        assert asked(person.pk) == needed
        assert [asked(person.pk) for _turn in range(OFTEN)] == [1] * OFTEN
    finally:
        elsewhere(back)


def asked(pk: int) -> int:
    """How many statements it takes to find that person."""
    with CaptureQueriesContext(connection) as queries:
        assert [found["who"] for found in named(pk, "migrated")] == [pk]
    return len(queries)


def elsewhere(sql: str) -> None:
    other = connection.copy()
    try:
        with other.cursor() as cursor:
            cursor.execute(sql)
    finally:
        other.close()
