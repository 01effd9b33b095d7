"""The demo, loaded once for all the tests of a file; files of the carrier."""

from collections.abc import Iterator
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import transaction
from django.test import Client
from pytest_django import DjangoDbBlocker

from tests.files import Files
from tests.world import World


@pytest.fixture(scope="module")
def _one_demo(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[str]:
    output = StringIO()
    with django_db_blocker.unblock(), transaction.atomic():
        call_command("load_demo", stdout=output)
        yield output.getvalue()
        transaction.set_rollback(True)


@pytest.fixture
def printed(_one_demo: str, db: None) -> str:
    """The demo is loaded, and each test gets it unchanged; what the command printed."""
    return _one_demo


@pytest.fixture
def staff(client: Client, world: World) -> Client:
    """Carrier staff, signed in."""
    client.force_login(world["SU"], "administrators.backends.AdministratorBackend")
    return client


@pytest.fixture
def files(world: World, tmp_path: Path) -> Files:
    return Files(world, tmp_path)
