"""Who is signed in."""

import pytest
from django.test import Client

from tests.world import World


@pytest.fixture
def staff(client: Client, world: World) -> Client:
    """Carrier staff, signed in."""
    client.force_login(world["SU"], "administrators.backends.AdministratorBackend")
    return client
