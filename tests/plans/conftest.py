"""An enterprise of many rows, generated once; SQLite plans in another way, and has no such test."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import connection
from pytest_django import DjangoDbBlocker

from portal.generating.writing import add_enterprise
from sites.models import Enterprise
from tests.lasting import lasting
from tests.plans.filling import fill

collect_ignore = (
    [path.name for path in Path(__file__).parent.glob("test_*.py")]
    if connection.vendor == "sqlite"
    else []
)


@pytest.fixture(scope="module")
def large(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Enterprise]:
    """20,000 administrators, 5,000 sites, 100,000 numbers; nothing of it is for other tests."""
    amounts = {"administrators": 20_000, "sites": 5_000, "numbers": 100_000}
    with lasting(django_db_blocker):
        enterprise = add_enterprise("Grande", **amounts, depth=8, seed=1)
        fill(enterprise)
        connection.check_constraints()  # once, and not anew at the end of each test
        yield enterprise


@pytest.fixture
def keeping(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """A connection that may keep plans, as with DATABASE_PREPARE."""
    connection.ensure_connection()
    monkeypatch.setattr(connection.connection, "prepare_threshold", 2)
