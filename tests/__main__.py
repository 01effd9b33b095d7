"""All that proves the portal: the checks, then the tests on SQLite and on PostgreSQL.

Arguments go to a run of pytest on each database, and leave the checks out. `--long` runs every
test on both, and those that count rounds or cases with many more of them.
"""

import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import IO

from tests import chromium
from tests.pgbouncer import COMMAND, PLACES, pgbouncer
from tests.postgres import postgres

ROOT = Path(__file__).resolve().parents[1]
MISSING_ON_THE_MACHINE = 2
OK, NO_TESTS_COLLECTED = 0, 5
STOPPED = 130
AT_ONCE = (os.cpu_count() or 1) + 1  # there is always one that waits: for a lock, or a server
# What a person may have set for a portal of their own.
LEFT_OUT = {"DATABASE_URL", "DATABASE_POOL", "DATABASE_PREPARE", "EMAIL_URL", "STATIC_ROOT"}
LEFT_OUT |= {"PORTAL_HTTPS", "PORTAL_PROXIES", "PORTAL_URL", "REPLICA_URL"}
LEFT_OUT |= {"METRICS_TOKEN", "PROMETHEUS_MULTIPROC_DIR"}
# Any one of the commands will do; otherwise the Debian package brings it.
NEEDED = [
    (chromium.COMMANDS, chromium.PACKAGE),
    (("msgfmt",), "gettext"),
    (("xgettext",), "gettext"),
    ((COMMAND,), COMMAND),
]
CHECKS = {
    "mypy": "-m mypy",
    "ruff check": "-m ruff check .",
    "ruff format": "-m ruff format --check .",
    "djlint": "-m djlint templates --lint",
    "migrations in step": "manage.py makemigrations --check --dry-run",
    "manage.py check": "manage.py check --fail-level WARNING",
}
# PostgreSQL runs everything but what asks every page and every small case: that is for SQLite,
# beside what speaks to the database itself. A long run runs everything on both.
BROWSER, TOGETHER = ["tests/browser"], ["tests/races", "tests/faults"]
WALKS = ["tests/matrix", "tests/model"]
PLANS = ["tests/plans"]
PAGES = ["tests/portal"]  # in one run with the others they would keep one core alone at the end
SMALL_CASES = "tests/permissions/test_small_cases.py"
DEMO = "tests/portal/test_demo_loading.py"  # the demo is on SQLite, wherever it runs
OF_THE_DATABASE = [
    "tests/permissions",
    "tests/faults",
    "tests/administrators/test_services.py",
    "tests/administrators/test_integrity.py",
    "tests/portal/test_import.py",
    "tests/portal/demo/test_examples.py",
    DEMO,
    "tests/portal/test_stale.py",
    "tests/test_reach.py",
]


@dataclass
class Run:
    """One run of pytest, its arguments, and whether it is on PostgreSQL, and through PgBouncer."""

    name: str
    arguments: list[str]
    postgres: bool = True
    pooled: bool = False


@dataclass
class Step:
    """What the last table says of a check or of a run of the tests."""

    name: str
    code: int
    seconds: float

    def line(self) -> str:
        word = {OK: "ok", NO_TESTS_COLLECTED: "no tests"}.get(self.code, "FAILED")
        return f"  {word:<9} {self.name:<30} {self.seconds:6.1f} s"


@dataclass
class Going:
    """A run of pytest that has not ended, and since when, in seconds."""

    process: subprocess.Popen[bytes]
    since: float

    def step(self, name: str) -> Step:
        return Step(f"tests on {name}", self.process.returncode, time.monotonic() - self.since)


def main(arguments: list[str]) -> int:
    refuse_a_bare_machine()
    environment = environment_of_tests(long="--long" in arguments)
    chosen = [argument for argument in arguments if argument != "--long"]
    checks = [] if chosen else run_checks(environment)
    tests = run_tests(environment, runs(chosen, long="--long" in arguments))
    print("\nSummary", *[step.line() for step in checks + tests], sep="\n", flush=True)
    return 0 if passed(checks, tests, chosen) else 1


def refuse_a_bare_machine() -> None:
    which = partial(shutil.which, path=PLACES)
    lacking = [needed for needed in NEEDED if not any(map(which, needed[0]))]
    if lacking:
        packages = sorted({package for _, package in lacking})
        print(f"\nNOT TESTED. This machine lacks {', '.join(packages)}.")
        print(f"Run: apt-get install {' '.join(packages)}\n")
        sys.exit(MISSING_ON_THE_MACHINE)


def environment_of_tests(*, long: bool) -> dict[str, str]:
    """A database of the person's own must never be what the tests fill and drop."""
    inherited = {name: value for name, value in os.environ.items() if name not in LEFT_OUT}
    chosen = {"DJANGO_SETTINGS_MODULE": "portal.settings", "PORTAL_MODE": "test"}
    return inherited | chosen | ({"PORTAL_LONG": "1"} if long else {})


def run_checks(environment: dict[str, str]) -> list[Step]:
    """Two at a time; a check that fails is shown whole, and the tests run all the same."""
    with ThreadPoolExecutor(max_workers=2) as pool:
        return list(pool.map(lambda name: run_check(name, environment), CHECKS))


def run_check(name: str, environment: dict[str, str]) -> Step:
    started = time.monotonic()
    command = [sys.executable, *CHECKS[name].split()]
    done = subprocess.run(
        command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False
    )
    step = Step(name, done.returncode, time.monotonic() - started)
    print(step.line() + (f"\n{done.stdout}{done.stderr}" if done.returncode else ""), flush=True)
    return step


def runs(chosen: list[str], *, long: bool) -> list[Run]:
    """The first speaks at once, the others when all have ended; the longest begin first."""
    if chosen:
        return [Run("SQLite", chosen, postgres=False), Run("PostgreSQL", chosen)]
    # What is pooled keeps no plan, so the tests of plans have a run of their own then.
    apart = [Run("PostgreSQL, plans", PLANS)] if long else []
    elsewhere = PLANS if long else [*WALKS, SMALL_CASES, DEMO]
    others = [f"--ignore={path}" for path in [*BROWSER, *TOGETHER, *PAGES, *elsewhere]]
    pages = [*PAGES, *(f"--ignore={path}" for path in elsewhere)]
    return [
        Run("PostgreSQL", others, pooled=long),
        Run("PostgreSQL, together", TOGETHER, pooled=True),
        Run("PostgreSQL, browser", BROWSER),
        Run("SQLite", [] if long else WALKS + OF_THE_DATABASE, postgres=False),
        Run("PostgreSQL, pages", pages, pooled=long),
        *apart,
    ]


def run_tests(environment: dict[str, str], asked: list[Run]) -> list[Step]:
    print(f"\nTests on {asked[0].name}; the others are shown after.", flush=True)
    with ExitStack() as stack:
        outputs = {run.name: stack.enter_context(_file()) for run in asked[1:]}

        def start(run: Run) -> subprocess.Popen[bytes]:
            return stack.enter_context(pytest(run, environment, outputs.get(run.name)))

        steps = some_at_once(asked, start)
        for name, output in outputs.items():
            output.seek(0)
            print(f"\nTests on {name}", output.read(), sep="\n", flush=True)
    return steps


def some_at_once(asked: list[Run], start: Callable[[Run], subprocess.Popen[bytes]]) -> list[Step]:
    """More of them than cores would take from each other what the cores remember."""
    coming, going, ended = deque(asked), dict[str, Going](), dict[str, Step]()
    while coming or going:
        while coming and len(going) < AT_ONCE:
            run, now = coming.popleft(), time.monotonic()
            going[run.name] = Going(start(run), now)
        time.sleep(0.1)
        over = [name for name, one in going.items() if one.process.poll() is not None]
        ended |= {name: going.pop(name).step(name) for name in over}
    return [ended[run.name] for run in asked]


def _file() -> IO[str]:
    return tempfile.TemporaryFile("w+", errors="replace")


@contextmanager
def pytest(
    run: Run, environment: dict[str, str], output: IO[str] | None
) -> Iterator[subprocess.Popen[bytes]]:
    """Each run has folders and a server of its own: pytest empties its folders when it starts."""
    own = re.sub(r"\W+", "-", run.name.lower())
    options = ["-o", f"cache_dir=.pytest_cache/{own}", f"--output=test-results/{own}"]
    if run.pooled:  # it keeps its connections: the database goes with the server
        options.append("--reuse-db")
    with database(run) as url:
        kept = {} if run.pooled else {"DATABASE_PREPARE": "1"}  # PgBouncer would lose the plans
        process = subprocess.Popen(
            [sys.executable, "-m", "tests.running", *options, *run.arguments],
            cwd=ROOT,
            env=environment | kept | ({"DATABASE_URL": url} if url else {}),
            stdin=subprocess.DEVNULL if output else None,
            stdout=output,
            stderr=subprocess.STDOUT if output else None,
        )
        try:
            yield process
        finally:
            end(process)


@contextmanager
def database(run: Run) -> Iterator[str]:
    """Yields the DATABASE_URL of its own server; none stands for SQLite."""
    with ExitStack() as stack:
        url = stack.enter_context(postgres()) if run.postgres else ""
        yield stack.enter_context(pgbouncer(url)) if run.pooled else url


def end(process: subprocess.Popen[bytes]) -> None:
    """Like Ctrl-C, so that pytest closes its browser and drops its database."""
    if process.poll() is None:
        process.send_signal(signal.SIGINT)
    try:
        process.wait(20)
    except subprocess.TimeoutExpired:
        process.kill()


def passed(checks: list[Step], tests: list[Step], chosen: list[str]) -> bool:
    """A chosen test may exist on one of the two databases only, but not on none."""
    codes = [step.code for step in tests]
    harmless = {OK, NO_TESTS_COLLECTED} if chosen and OK in codes else {OK}
    return all(step.code == OK for step in checks) and set(codes) <= harmless


def interrupt(*_: object) -> None:
    raise KeyboardInterrupt


if __name__ == "__main__":
    signal.signal(signal.SIGTERM, interrupt)
    try:
        sys.exit(main(sys.argv[1:]))
    except KeyboardInterrupt:
        print("\nStopped.", file=sys.stderr)
        sys.exit(STOPPED)
