"""Faults are made to PostgreSQL and to processes of our own; SQLite has its own test here."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import connection

from tests.faults.cluster import Cluster, cluster
from tests.faults.processes import Portal, fill, portal
from tests.races.conftest import pytest_terminal_summary  # noqa: F401

ON_BOTH = {"test_hostile.py"}
FILLED, DATABASE = "filled", "portal"
collect_ignore = [
    path.name
    for path in Path(__file__).parent.glob("test_*.py")
    if path.name not in ON_BOTH and ("sqlite" in path.name) != (connection.vendor == "sqlite")
]


@pytest.fixture(scope="session")
def filled_cluster() -> Iterator[Cluster]:
    """A server with a database that holds the people of tests/world.py."""
    with cluster() as made:
        made.query("postgres", f"CREATE DATABASE {FILLED}")
        fill(made.url(FILLED))
        yield made


@pytest.fixture
def scratch(filled_cluster: Cluster) -> Cluster:
    """The same server with a copy of that database, which the test may ruin."""
    filled_cluster.copy(FILLED, DATABASE)
    return filled_cluster


@pytest.fixture
def running(scratch: Cluster, tmp_path: Path) -> Iterator[Portal]:
    """The portal on that copy."""
    with portal(scratch.url(DATABASE), tmp_path) as made:
        yield made
