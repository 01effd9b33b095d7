"""Visits the database that the environment names, says how that went, and checks every row.

`python -m tests.bench.load 200 300` is what `run.py bench --load` runs on a copy.
"""

import json
import os
import re
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterable
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from random import Random

import django
import psutil

django.setup()

from django.core.management import CommandError, call_command
from django.utils import timezone

from permissions.models import Act, AuditEntry
from sites.models import Enterprise
from tests.bench.load.handed import CROWD, SEEN, Seen, Visitor
from tests.bench.load.people import visitors
from tests.faults import processes

THREADS = 4  # of each of two workers
WARMING = 10  # seconds in which people come, and workers load their templates: not timed
LOCUST = "-m locust -f tests/bench/load/visiting.py --headless --only-summary --reset-stats"
LOCUST += " --stop-timeout 60 --exit-code-on-error 0 --skip-log-setup"
BARE = processes.GUNICORN.replace("portal.wsgi", "tests.bench.load.bare")
MOST_LINES = 80  # of a log
HEAD = "| page | requests | p50, ms | p95 | p99 | longest |"
RULE = "|---|--:|--:|--:|--:|--:|"
RAISED = re.compile(r"[\w.]+: ")


def main(people: int, seconds: int) -> int:
    crowd = visitors(Enterprise.objects.get(name="Mesure"), people, Random(1))
    above = sum(one.below >= 1_000 for one in crowd)
    print(f"{len(crowd)} people, {above} of them above a thousand or more.", flush=True)
    began = timezone.now()
    # Before anybody is disabled.
    bare = visited("The bare view", "OfTheBareView", crowd, seconds, BARE)
    seen = visited("The portal", "OfThePortal", crowd, seconds, processes.GUNICORN)
    unexplained = say_what_was_lost(seen, began)
    faulty = check()
    return int(faulty or bool(seen.errors or unexplained or bare.errors))


def visited(title: str, who: str, crowd: list[Visitor], seconds: int, gunicorn: str) -> Seen:
    """All of them at once, against a gunicorn of their own; prints the table."""
    module = {"DJANGO_SETTINGS_MODULE": "tests.bench.settings"}
    with tempfile.TemporaryDirectory(prefix="load-") as name:
        with processes.portal(
            os.environ["DATABASE_URL"], Path(name), threads=THREADS, gunicorn=gunicorn, **module
        ) as running:
            at_work = Cores(running.workers())
            seen = let_loose(who, crowd, seconds, running.port, Path(name))
            spent = at_work.said()
        print(f"\n### {title}: {len(crowd)} people, {seconds} s\n", *table(seen), sep="\n")
        print(f"\n{seen.per_second:.1f} requests per second. Of one core: "
              f"visitors {seen.of_one_core:.0%}, {spent}.")  # fmt: skip
        say_what_was_seen(seen)
        say_log(running.log)
    return seen


def let_loose(who: str, crowd: list[Visitor], seconds: int, port: int, folder: Path) -> Seen:
    """Users of locust of that class of tests/bench/load/visiting.py."""
    (folder / CROWD).write_text(json.dumps([asdict(one) for one in crowd]))
    many = f"--users {len(crowd)} --spawn-rate {len(crowd) / WARMING}"
    many += f" --run-time {WARMING + seconds} --host http://127.0.0.1:{port}"
    command = [sys.executable, *LOCUST.split(), *many.split(), "--folder", str(folder), who]
    quiet = {"stdin": subprocess.DEVNULL, "stdout": subprocess.DEVNULL}
    subprocess.run(command, cwd=processes.ROOT, check=True, **quiet)
    return Seen(**json.loads((folder / SEEN).read_text()))


def table(seen: Seen) -> Iterable[str]:
    yield from (HEAD, RULE)
    for name, requests, longest in seen.times:
        yield f"| {name} | {requests:,} | " + " | ".join(f"{n:,.0f}" for n in longest) + " |"


def say_what_was_seen(seen: Seen) -> None:
    say("Answers", seen.answers)
    say("Written", seen.written)
    say("Refused in the form", seen.refused)
    say("Errors", seen.errors)


def say_what_was_lost(seen: Seen, began: datetime) -> list[tuple[int, str]]:
    """Whoever was refused a page must have had it taken away since, and the audit says so."""
    unexplained = [loss for loss in seen.losses if not explained(*loss, began)]
    print(f"\nRefused because it was taken away meanwhile: {len(seen.losses) - len(unexplained)}. "
          f"Refused for no reason: {len(unexplained)}.")  # fmt: skip
    acts = AuditEntry.objects.filter(at__gte=began).order_by()
    say("Audited", Counter(acts.values_list("act", flat=True)))
    for loss in unexplained:
        print(loss)
    return unexplained


def explained(pk: int, feature: str, began: datetime) -> bool:
    entries = AuditEntry.objects.filter(target=pk, at__gte=began)
    taken = entries.filter(act=Act.REVOKE, item=f"feature:{feature}")
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


def say(title: str, counted: dict[str, int]) -> None:
    print(f"\n{title}: {sum(counted.values()):,}")
    for name, count in Counter(counted).most_common():
        print(f"- {name}: {count:,}")


def say_log(log: Path) -> None:
    """What gunicorn and the portal wrote, from its beginning; where all went well, nothing."""
    lines = log.read_text().splitlines()
    say("Raised", Counter(line for line in lines if RAISED.match(line)))
    print(f"\nLog: {len(lines)} lines", *lines[:MOST_LINES], sep="\n", flush=True)


class Cores:
    """How much of one core is taken from now on; the rest of the machine's is PostgreSQL's."""

    def __init__(self, workers: list[int]) -> None:
        self.workers = [psutil.Process(pid) for pid in workers]
        self.said()

    def said(self) -> str:
        """Since it was asked before."""
        workers = sum(worker.cpu_percent() for worker in self.workers)
        machine = psutil.cpu_percent() * psutil.cpu_count()
        return f"gunicorn {workers:.0f}%, the whole machine {machine:.0f}%"


if __name__ == "__main__":
    sys.exit(main(*map(int, sys.argv[1:])))
