"""Races need connections that pass each other: PostgreSQL. SQLite has a test of its own."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from tests.races import figures
from tests.races.scene import Scene

collect_ignore = [
    path.name
    for path in Path(__file__).parent.glob("test_*.py")
    if ("sqlite" in path.name) != (connection.vendor == "sqlite")
]


@pytest.fixture
def scene(transactional_db: None) -> Iterator[Scene]:
    """The people of tests/world.py, committed, so that every connection sees them."""
    scene = Scene()
    yield scene
    scene.close()


def pytest_terminal_summary(terminalreporter: Any) -> None:
    """The figures that docs/assurance.md repeats."""
    if found := figures.lines():
        terminalreporter.section("races and faults")
        for line in found:
            terminalreporter.write_line(line)
