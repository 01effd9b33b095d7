"""A plan that is kept does not outlive the columns that it was made for."""

import pytest

from tests import factories
from tests.plans.kept import OFTEN, named, run

USERNAME = "ALTER TABLE administrators_administrator ALTER COLUMN username TYPE varchar"


@pytest.mark.django_db(transaction=True)
def test_a_plan_that_no_longer_fits_is_made_anew(transactional_db: None, keeping: None) -> None:
    """A migration that widens a column, while a connection has a plan for it."""
    person = factories.superuser("su")
    try:
        for length in (65, 64):
            for _turn in range(OFTEN):
                assert named(person.pk, "widened")[0]["who"] == person.pk
            run(f"{USERNAME}({length})")
        assert named(person.pk, "widened")[0]["who"] == person.pk
    finally:
        run(f"{USERNAME}(64)")
