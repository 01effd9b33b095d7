"""What every test finds."""

from collections.abc import Iterator

import pytest
from django.db import connection
from pytest_django import DjangoDbBlocker

from permissions.querysets import permission_id
from portal.interpreter import settle
from sites.models import Site
from tests import inventory
from tests.lasting import lasting
from tests.world import World, build

FLUSHING = {"live_server", "transactional_db"}


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> Iterator[None]:
    """A flush takes the 11 features, which a migration made: each flush puts them back.

    What flushes comes last: pytest puts tests with the same parameters together after
    pytest-django has sorted them, and what followed a flush would find an empty database.
    """
    for item in items:
        if _flushes(item):
            marker = item.get_closest_marker("django_db")
            how = {"transaction": True, "serialized_rollback": True}
            asked = marker.kwargs if marker else {}
            item.add_marker(pytest.mark.django_db(**(asked | how)), append=False)
    yield
    items.sort(key=_flushes)


def pytest_collection_finish() -> None:
    """What was imported and collected stays to the end, as in a server."""
    settle()


@pytest.fixture(autouse=True)
def _ids_live_as_long_as_the_database(request: pytest.FixtureRequest) -> Iterator[None]:
    """The ids of permissions are remembered for the life of a database: a flush begins another."""
    yield
    if _flushes(request.node):
        permission_id.cache_clear()


@pytest.fixture(autouse=True)
def _rows_go_in_the_order_of_their_keys(request: pytest.FixtureRequest) -> Iterator[None]:
    """SQLite flushes one table after the other, in an order that our keys would refuse."""
    if not _flushes(request.node) or connection.vendor != "sqlite":
        yield
        return
    request.getfixturevalue("transactional_db")
    yield
    inventory.clear()


@pytest.fixture(scope="module")
def _one_world(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[World]:
    with lasting(django_db_blocker):
        yield build()


@pytest.fixture
def world(_one_world: World, db: None) -> World:
    """The people of tests/world.py, built once for a module; each test gets them unchanged.

    In a module that asks for `furnished` anywhere, its rows may be there too.
    """
    return _one_world


@pytest.fixture(scope="module")
def _furnished(_one_world: World, django_db_blocker: DjangoDbBlocker) -> Iterator[World]:
    with lasting(django_db_blocker):
        inventory.furnish(Site.objects.all(), author=_one_world["R"])
        yield _one_world


@pytest.fixture
def furnished(_furnished: World, db: None) -> World:
    """The same world, with a row of every kind at each site."""
    return _furnished


def _flushes(item: pytest.Item) -> bool:
    marker = item.get_closest_marker("django_db")
    asked = marker is not None and marker.kwargs.get("transaction", False)
    return asked or bool(FLUSHING & set(getattr(item, "fixturenames", ())))
