"""Two acts at the same moment, round after round: the result must be one of the two serial ones."""

import random
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from copy import copy
from dataclasses import dataclass
from typing import Any

from django.db import connection

from administrators.models import Administrator
from permissions.checks import find_faults
from permissions.errors import Refused
from tests.races import figures
from tests.races.scene import Scene, State
from tests.races.watching import Watcher

ROUNDS = 3000 if figures.LONG else 50
HEAD_START = 0.006  # seconds; about half of what an act lasts, so that every part meets every other
PATIENCE = 60  # seconds; only a test that fails waits that long
People = dict[str, Administrator]
Work = Callable[[People], Any]
Result = tuple[tuple[str, str], State]


@dataclass(frozen=True)
class Race:
    """Two acts on one scene. `after` looks, once both have ended, at what the rows do not tell."""

    name: str
    left: Work
    right: Work
    after: Callable[[], Any] = lambda: ""

    def check(self, scene: Scene, rounds: int = ROUNDS) -> None:
        """Every round ends as if one act had waited for the other; nobody sees a database error."""
        strange, watcher = self.run(scene, self.serial(scene), rounds)
        told = {"rounds": rounds, "snapshots": watcher.snapshots, "violations": watcher.violations}
        figures.count(f"race {self.name}", **told, not_serial=len(strange))
        assert not strange, strange[0]
        assert watcher.snapshots
        assert not watcher.violations
        assert not list(find_faults())

    def fails(self, scene: Scene, serial: set[Result], rounds: int = ROUNDS) -> bool:
        """Whether some round ends otherwise, or breaks containment."""
        strange, watcher = self.run(scene, serial, rounds, stop=True)
        return bool(strange or watcher.violations)

    def serial(self, scene: Scene) -> set[Result]:
        """What the two acts lead to one after the other, in both orders."""
        return {self._one_after_the_other(scene, swapped) for swapped in (False, True)}

    def run(
        self, scene: Scene, serial: set[Result], rounds: int, *, stop: bool = False
    ) -> tuple[list[str], Watcher]:
        """The results that are not serial, and what was seen meanwhile."""
        strange: list[str] = []
        with Watcher() as watcher, two_connections() as at_once:
            for number in range(rounds):
                scene.restore()
                result = self._result(at_once(self, scene, number), scene)
                if result not in serial:
                    strange.append(_told(number, result, serial))
                if stop and (strange or watcher.violations):
                    break
        scene.restore()
        return strange, watcher

    def _one_after_the_other(self, scene: Scene, swapped: bool) -> Result:
        scene.restore()
        works = [(self.left, scene.people()), (self.right, scene.people())]
        order = [1, 0] if swapped else [0, 1]
        done = {index: attempt(*works[index]) for index in order}
        return self._result((done[0], done[1]), scene)

    def _result(self, outcomes: tuple[str, str], scene: Scene) -> Result:
        seen = self.after()
        return outcomes, (*scene.state(), ("seen after", seen))


@contextmanager
def two_connections() -> Iterator[Callable[[Race, Scene, int], tuple[str, str]]]:
    """Two threads, each with its connection, which begin at the same moment, or nearly."""
    barrier = threading.Barrier(2)

    def go(work: Work, people: People, wait: float) -> str:
        barrier.wait(PATIENCE)
        time.sleep(max(wait, 0))
        return attempt(work, people)

    def at_once(race: Race, scene: Scene, number: int) -> tuple[str, str]:
        wait = random.Random(number).uniform(-HEAD_START, HEAD_START)
        people = scene.people()
        left = pool.submit(go, race.left, _copies(people), wait)
        right = pool.submit(go, race.right, _copies(people), -wait)
        return left.result(PATIENCE), right.result(PATIENCE)

    def close() -> None:
        barrier.wait(PATIENCE)
        connection.close()

    with ThreadPoolExecutor(2) as pool:
        try:
            yield at_once
        finally:
            for closing in [pool.submit(close), pool.submit(close)]:
                closing.result(PATIENCE)


def _copies(people: People) -> People:
    """Two requests never share an object."""
    return {name: copy(person) for name, person in people.items()}


def attempt(work: Work, people: People) -> str:
    """What the caller is told: done, how many, or why not."""
    try:
        result = work(people)
    except Refused as refused:
        return type(refused).__name__
    except Exception as error:
        return f"{type(error).__name__}: {error}"
    return str(result) if isinstance(result, (int, str)) else "done"


def _told(number: int, result: Result, serial: set[Result]) -> str:
    """Where the result differs from the serial one that is nearest."""
    near = min(serial, key=lambda one: len(_differences(one, result)))
    return f"round {number}: {result[0]}, nearest {near[0]}: {_differences(near, result)}"


def _differences(one: Result, other: Result) -> list[tuple[str, Any]]:
    missing, added = Counter(one[1]), Counter(other[1])
    found = [("missing", row) for row in (missing - added).elements()]
    return found + [("added", row) for row in (added - missing).elements()]
