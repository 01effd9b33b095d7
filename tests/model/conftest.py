"""One line at the end of the run: how much the machine did."""

import pytest

from tests.model.tally import tally


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    if tally.operations:
        terminalreporter.write_line(str(tally))
