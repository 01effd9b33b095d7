"""Visits the database that the environment names, says how that went, and checks every row.

`python -m tests.bench.load 200 300` is what `run.py bench --load` runs on a copy.
"""

import os
import re
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from pathlib import Path
from random import Random

import django

django.setup()

from django.core.management import CommandError, call_command
from django.utils import timezone

from permissions.models import Act, AuditEntry
from sites.models import Enterprise
from tests.bench.load import doing
from tests.bench.load.people import Visitor, visitors
from tests.bench.load.tally import Loss, Tally
from tests.bench.load.visiting import Visit
from tests.faults import processes

THREADS = 4  # of each of two workers
WARMING = 10  # seconds at first that are not timed, in which workers load their templates
BARE = processes.GUNICORN.replace("portal.wsgi", "tests.bench.load.bare")
MOST_LINES = 80  # of a log
TICKS = os.sysconf("SC_CLK_TCK")
RAISED = re.compile(r"[\w.]+: ")


def main(people: int, seconds: int) -> int:
    crowd = visitors(Enterprise.objects.get(name="Mesure"), people, Random(1))
    above = sum(one.below >= 1_000 for one in crowd)
    print(f"{len(crowd)} people, {above} of them above a thousand or more.", flush=True)
    began = timezone.now()
    # Before anybody is disabled.
    bare = visited("The bare view", crowd, seconds, doing.bare, BARE)
    seen = visited("The portal", crowd, seconds, doing.portal, processes.GUNICORN)
    unexplained = say_what_was_lost(seen, began)
    faulty = check()
    return int(faulty or bool(seen.errors or unexplained or bare.errors))


def visited(
    title: str,
    crowd: list[Visitor],
    seconds: int,
    choose: Callable[[Visit], Callable[[], None]],
    gunicorn: str,
) -> Tally:
    """All of them at once, against a gunicorn of their own; prints the table."""
    module = {"DJANGO_SETTINGS_MODULE": "tests.bench.settings"}
    with tempfile.TemporaryDirectory(prefix="load-") as folder:
        with processes.portal(
            os.environ["DATABASE_URL"], Path(folder), threads=THREADS, gunicorn=gunicorn, **module
        ) as running:
            since = time.monotonic() + WARMING
            at_work = Cores(running.workers())
            tally = visit_all(crowd, running.port, since, since + seconds, choose)
            lasted, spent = time.monotonic() - since, at_work.said()
        print(f"\n### {title}: {len(crowd)} people, {lasted:.0f} s\n", *tally.rows(), sep="\n")
        print(f"\n{tally.requests / lasted:.1f} requests per second. {spent}")
        say("Answers", tally.answers)
        say("Written", tally.written)
        say("Refused in the form", tally.refused)
        say("Errors", tally.errors)
        say_log(running.log)
    return tally


def visit_all(
    crowd: list[Visitor],
    port: int,
    since: float,
    until: float,
    choose: Callable[[Visit], Callable[[], None]],
) -> Tally:
    visits = [Visit(one, port, since, until) for one in crowd]
    with ThreadPoolExecutor(len(visits)) as threads:
        list(threads.map(lambda visit: visit.stay(choose), visits))
    whole = Tally()
    for visit in visits:
        whole.add(visit.tally)
    return whole


def say_what_was_lost(seen: Tally, began: datetime) -> list[Loss]:
    """Whoever was refused a page must have had it taken away since, and the audit says so."""
    unexplained = [loss for loss in seen.losses if not explained(loss, began)]
    print(f"\nRefused because it was taken away meanwhile: {len(seen.losses) - len(unexplained)}. "
          f"Refused for no reason: {len(unexplained)}.")  # fmt: skip
    acts = AuditEntry.objects.filter(at__gte=began).order_by()
    say("Audited", Counter(acts.values_list("act", flat=True)))
    for loss in unexplained:
        print(loss)
    return unexplained


def explained(loss: Loss, began: datetime) -> bool:
    entries = AuditEntry.objects.filter(target=loss.pk, at__gte=began)
    taken = entries.filter(act=Act.REVOKE, item=f"feature:{loss.feature}")
    return taken.exists() or entries.filter(act=Act.DISABLE).exists()


def check() -> bool:
    """Whether a row breaks a rule."""
    started = time.monotonic()
    try:
        call_command("check_delegation")
    except CommandError as error:
        print(error)
        return True
    finally:
        print(f"check_delegation took {time.monotonic() - started:.1f} s")
    return False


def say(title: str, counted: Counter[str]) -> None:
    print(f"\n{title}: {sum(counted.values()):,}")
    for name, count in counted.most_common():
        print(f"- {name}: {count:,}")


def say_log(log: Path) -> None:
    """What gunicorn and the portal wrote, from its beginning; where all went well, nothing."""
    lines = log.read_text().splitlines()
    say("Raised", Counter(line for line in lines if RAISED.match(line)))
    print(f"\nLog: {len(lines)} lines", *lines[:MOST_LINES], sep="\n", flush=True)


class Cores:
    """How much of one core is taken from now on; the rest of the machine's is PostgreSQL's."""

    def __init__(self, workers: list[int]) -> None:
        self.pids = {"visitors": [os.getpid()], "gunicorn": workers}
        self.started, self.before = time.monotonic(), self._used()

    def said(self) -> str:
        lasted, used = time.monotonic() - self.started, self._used()
        shares = (f"{name} {(used[name] - self.before[name]) / lasted:.0%}" for name in used)
        return f"Of one core: {', '.join(shares)}."

    def _used(self) -> dict[str, float]:
        used = {name: sum(map(cpu_seconds, pids)) for name, pids in self.pids.items()}
        return used | {"the whole machine": busy_seconds()}


def cpu_seconds(pid: int) -> float:
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / TICKS


def busy_seconds() -> float:
    """Of all cores since the start of the machine."""
    user, nice, system, _idle, _waiting, *others = Path("/proc/stat").read_text().split()[1:9]
    return sum(map(int, (user, nice, system, *others))) / TICKS


if __name__ == "__main__":
    sys.exit(main(*map(int, sys.argv[1:])))
