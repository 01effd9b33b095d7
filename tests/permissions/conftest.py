"""The figures of these tests."""

from typing import Any

from tests.permissions import counted


def pytest_terminal_summary(terminalreporter: Any) -> None:
    """How many small cases were tried."""
    for line in counted.lines():
        terminalreporter.write_line(line)
