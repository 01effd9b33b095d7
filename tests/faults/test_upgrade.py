"""gunicorn takes up a new version while people work, in both ways that docs/operations.md tells."""

import os
import signal
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

from tests.faults.browser import Browser, NoAnswer
from tests.faults.cluster import Cluster
from tests.faults.conftest import DATABASE
from tests.faults.processes import GUNICORN, PATIENCE, Portal, portal
from tests.races.figures import count

NOT_PRELOADED = GUNICORN.replace("--preload ", "")
SCRIPT = GUNICORN.replace("-m gunicorn", str(Path(sys.executable).parent / "gunicorn"))


class Asker(threading.Thread):
    """Asks page after page until told to stop, and counts the answers."""

    def __init__(self, browser: Browser, ending: threading.Event) -> None:
        super().__init__(daemon=True)
        self.browser, self.ending = browser, ending
        self.answers: Counter[str] = Counter()
        self.longest = 0.0

    def run(self) -> None:
        while not self.ending.is_set():
            start = time.monotonic()
            try:
                self.answers[str(self.browser.get("/notes/").status)] += 1
            except NoAnswer:
                self.answers["none"] += 1
            self.longest = max(self.longest, time.monotonic() - start)


@contextmanager
def people_at_work(running: Portal) -> Iterator[list[Asker]]:
    ending = threading.Event()
    askers = [Asker(running.browser().sign_in(name), ending) for name in "ABC"]
    for asker in askers:
        asker.start()
    try:
        yield askers
    finally:
        ending.set()
        for asker in askers:
            asker.join()


def test_hup_replaces_the_workers(scratch: Cluster, tmp_path: Path) -> None:
    with portal(scratch.url(DATABASE), tmp_path, gunicorn=NOT_PRELOADED) as running:
        with people_at_work(running) as askers:
            before = set(running.workers())
            running.process.send_signal(signal.SIGHUP)
            wait_for(lambda: set(running.workers()).isdisjoint(before) and running.workers())
            each_is_answered_again(askers)
        nothing_was_lost("HUP", askers)


def test_usr2_replaces_everything(scratch: Cluster, tmp_path: Path) -> None:
    """Nobody waits for the new version to start: the old one answers meanwhile."""
    url = scratch.url(DATABASE)
    with portal(url, tmp_path, gunicorn=SCRIPT) as running, ExitStack() as at_the_end:
        with people_at_work(running) as askers:
            at_the_end.enter_context(new_master(running))
            running.process.send_signal(signal.SIGTERM)
            assert running.process.wait(PATIENCE) == 0
            each_is_answered_again(askers)
        nothing_was_lost("USR2", askers)


@contextmanager
def new_master(running: Portal) -> Iterator[None]:
    """Begun by the old one; preloaded, it has workers once it has loaded everything."""
    before = set(running.workers())
    running.process.send_signal(signal.SIGUSR2)
    (pid,) = wait_for(lambda: set(running.workers()) - before)
    try:
        wait_for(lambda: len(children(pid)) == len(before))
        yield
    finally:
        os.kill(pid, signal.SIGTERM)
        wait_for(lambda: not children(pid))


def children(pid: int) -> list[str]:
    """Their process ids; none once it has ended."""
    try:
        return Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    except OSError:
        return []


def nothing_was_lost(how: str, askers: list[Asker]) -> None:
    found = sum((asker.answers for asker in askers), Counter())
    longest = round(1000 * max(asker.longest for asker in askers))
    told = {"answers": found["200"], "lost": found["none"], "longest wait, ms": longest}
    count(f"workers replaced by {how}", **told)
    assert set(found) == {"200"}


def each_is_answered_again(askers: list[Asker]) -> None:
    before = [asker.answers["200"] for asker in askers]
    wait_for(lambda: all(one.answers["200"] > n for one, n in zip(askers, before, strict=True)))


def wait_for(found: Callable[[], Any]) -> Any:
    """What it finds, as soon as it finds something."""
    until = time.monotonic() + PATIENCE
    while not (result := found()):
        assert time.monotonic() < until
        time.sleep(0.05)
    return result
