"""The figures of these tests."""

from typing import Any

from tests.matrix.asking import asked


def pytest_terminal_summary(terminalreporter: Any) -> None:
    """How many requests were sent, by each method."""
    if asked:
        parts = ", ".join(f"{method} {number:,}" for method, number in asked.items())
        terminalreporter.write_line(f"matrix: {asked.total():,} requests ({parts})")
