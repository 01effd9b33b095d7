"""All that proves the portal: the checks, then every test on SQLite and on PostgreSQL at once.

Arguments go to both runs of pytest, and leave the checks out. `--long` adds the long tests.
"""

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from tests.postgres import postgres

ROOT = Path(__file__).resolve().parents[1]
MISSING_ON_THE_MACHINE = 2
OK, NO_TESTS_COLLECTED = 0, 5
STOPPED = 130
# What a person may have set for a portal of their own.
LEFT_OUT = {"DATABASE_URL", "DATABASE_POOL", "EMAIL_URL", "STATIC_ROOT"}
LEFT_OUT |= {"PORTAL_HTTPS", "PORTAL_PROXIES", "PORTAL_URL"}
# Any one of the commands will do; otherwise the Debian package brings it.
NEEDED = [
    (("chromium", "chromium-browser", "google-chrome"), "chromium"),
    (("msgfmt",), "gettext"),
    (("xgettext",), "gettext"),
]
CHECKS = {
    "mypy": "-m mypy",
    "ruff check": "-m ruff check .",
    "ruff format": "-m ruff format --check .",
    "djlint": "-m djlint templates --lint",
    "migrations in step": "manage.py makemigrations --check --dry-run",
    "manage.py check": "manage.py check --fail-level WARNING",
}


@dataclass
class Step:
    """What the last table says of a check or of a run of the tests."""

    name: str
    code: int
    seconds: float

    def line(self) -> str:
        word = {OK: "ok", NO_TESTS_COLLECTED: "no tests"}.get(self.code, "FAILED")
        return f"  {word:<9} {self.name:<22} {self.seconds:6.1f} s"


def main(arguments: list[str]) -> int:
    refuse_a_bare_machine()
    environment = environment_of_tests(long="--long" in arguments)
    chosen = [argument for argument in arguments if argument != "--long"]
    checks = [] if chosen else run_checks(environment)
    tests = run_tests(environment, chosen)
    print("\nSummary", *[step.line() for step in checks + tests], sep="\n", flush=True)
    return 0 if passed(checks, tests, chosen) else 1


def refuse_a_bare_machine() -> None:
    lacking = [needed for needed in NEEDED if not any(map(shutil.which, needed[0]))]
    if lacking:
        commands = ", ".join(names[0] for names, _ in lacking)
        packages = " ".join(sorted({package for _, package in lacking}))
        print(f"\nNOT TESTED. This machine lacks {commands}.\nRun: apt-get install {packages}\n")
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


def run_tests(environment: dict[str, str], arguments: list[str]) -> list[Step]:
    """One of the two speaks at once, the other when both have ended."""
    with postgres() as url, tempfile.TemporaryFile("w+", errors="replace") as output:
        print("\nTests on SQLite; those on PostgreSQL run beside and are shown after.", flush=True)
        with (
            pytest("sqlite", arguments, environment) as sqlite,
            pytest("postgres", arguments, environment | {"DATABASE_URL": url}, output) as beside,
        ):
            steps = wait({"tests on SQLite": sqlite, "tests on PostgreSQL": beside})
        output.seek(0)
        print("\nTests on PostgreSQL", output.read(), sep="\n", flush=True)
    return steps


@contextmanager
def pytest(
    name: str, arguments: list[str], environment: dict[str, str], output: IO[str] | None = None
) -> Iterator[subprocess.Popen[bytes]]:
    """Each run has folders of its own, since pytest empties them when it starts."""
    own = ["-o", f"cache_dir=.pytest_cache/{name}", f"--output=test-results/{name}"]
    process = subprocess.Popen(
        [sys.executable, "-m", "pytest", *own, *arguments],
        cwd=ROOT,
        env=environment,
        stdin=subprocess.DEVNULL if output else None,
        stdout=output,
        stderr=subprocess.STDOUT if output else None,
    )
    try:
        yield process
    finally:
        end(process)


def wait(processes: dict[str, subprocess.Popen[bytes]]) -> list[Step]:
    started, ended = time.monotonic(), {}
    while len(ended) < len(processes):
        time.sleep(0.1)
        for name, process in processes.items():
            if name not in ended and process.poll() is not None:
                ended[name] = Step(name, process.returncode, time.monotonic() - started)
    return [ended[name] for name in processes]


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
