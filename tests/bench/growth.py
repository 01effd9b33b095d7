"""The first page of the list at several sizes, all asked in turn: what slows one slows them all.

Measured one after the other, minutes apart, the same page differed by a quarter.
"""

import json
import statistics
import subprocess
import sys
from collections.abc import Mapping

WARM = 10  # turns that are not counted


class Served:
    """A process that shows the first pages of one database."""

    def __init__(self, environment: Mapping[str, str]) -> None:
        command = [sys.executable, "-m", "tests.bench.first_pages"]
        pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE}
        self.process = subprocess.Popen(command, env=environment, text=True, **pipes)
        self.whose: list[str] = self._answer()
        self.times: list[list[float]] = []

    def ask(self) -> None:
        self.process.stdin.write("\n")
        self.process.stdin.flush()
        self.times.append(self._answer())

    def _answer(self) -> list:
        return json.loads(self.process.stdout.readline())

    def medians(self) -> list[float]:
        return [statistics.median(times) for times in zip(*self.times[WARM:], strict=True)]

    def end(self) -> None:
        self.process.stdin.close()
        self.process.wait()


def main(environments: Mapping[str, Mapping[str, str]], turns: int) -> int:
    """One line for each of those whose page it is; the last column beside the first."""
    served = {size: Served(environment) for size, environment in environments.items()}
    for _turn in range(WARM + turns):
        for one in served.values():
            one.ask()
    sizes = " | ".join(f"{size}, ms | ÷ the first" for size in served)
    print(f"\n| first page | {sizes} |", "| --- " * (2 * len(served) + 1) + "|", sep="\n")
    for whose, *medians in _lines(list(served.values())):
        cells = " | ".join(f"{median:.1f} | {median / medians[0]:.2f}" for median in medians)
        print(f"| {whose} below | {cells} |", flush=True)
    for one in served.values():
        one.end()
    return 0


def _lines(served: list[Served]) -> list[tuple]:
    return list(zip(served[0].whose, *(one.medians() for one in served), strict=True))
