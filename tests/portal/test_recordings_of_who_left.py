"""What was recorded before the upgrade of who left the site since is found by the name, too."""

from collections.abc import Iterator

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from sites.models import Recording, Site
from tests import inventory
from tests.world import World, build

pytestmark = pytest.mark.django_db(transaction=True)
BEFORE = [("sites", "0012_recordings_of_who_left")]


@pytest.fixture
def stored() -> Iterator[World]:
    """A recording of somebody who left, and others."""
    world = build()
    inventory.furnish(Site.objects.all(), author=world["R"])
    migrate(BEFORE)
    yield world
    migrate(None)


def migrate(to: list[tuple[str, str]] | None) -> None:
    executor = MigrationExecutor(connection)
    executor.migrate(to or executor.loader.graph.leaf_nodes())


def keys() -> dict[str, str]:
    return dict(Recording.objects.values_list("site__name", "search_key"))


def test_forth_and_back(stored: World) -> None:
    before = keys()
    Recording.objects.filter(site__name="Lyon").update(user_name="Zoé Élan", subscriber=None)
    migrate(None)
    assert keys() == before | {"Lyon": f"{before['Lyon']} zoe elan"}
    migrate(BEFORE)
    assert keys() == before
