"""Who is signed in, and the mail that waits."""

import pytest
from django.test import Client

from administrators import services
from tests.administrators.mailbox import smtp_server
from tests.world import World


@pytest.fixture
def staff(client: Client, world: World) -> Client:
    """Carrier staff, signed in."""
    client.force_login(world["SU"], "administrators.backends.AdministratorBackend")
    return client


@pytest.fixture
def mailbox(settings):
    with smtp_server(settings) as box:
        yield box


@pytest.fixture
def reset(world: World) -> World:
    """B's password was reset by A; the mail waits."""
    services.reset_password(world["B"], by=world["A"])
    return world
