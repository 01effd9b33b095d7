"""Carrier staff and their files."""

from pathlib import Path

import pytest
from django.test import Client

from tests.files import Files
from tests.world import World


@pytest.fixture
def staff(client: Client, world: World) -> Client:
    """Carrier staff, signed in."""
    client.force_login(world["SU"], "administrators.backends.AdministratorBackend")
    return client


@pytest.fixture
def files(world: World, tmp_path: Path) -> Files:
    return Files(world, tmp_path)
