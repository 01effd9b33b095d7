"""The demo, loaded once for all the tests of this folder."""

from collections.abc import Iterator
from io import StringIO

import pytest
from django.core.management import call_command
from pytest_django import DjangoDbBlocker

from tests.lasting import lasting


@pytest.fixture(scope="package")
def _one_demo(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[str]:
    output = StringIO()
    with lasting(django_db_blocker):
        call_command("load_demo", stdout=output)
        yield output.getvalue()


@pytest.fixture
def printed(_one_demo: str, db: None) -> str:
    """The demo is loaded, and each test gets it unchanged; what the command printed."""
    return _one_demo
