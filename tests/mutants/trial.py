"""Making one mistake in a copy of the portal, and asking the tests."""

import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.mutants.mutant import ROOT, Mutant

LEFT_OUT_OF_THE_COPY = (".git", ".venv", ".*_cache", ".hypothesis", "__pycache__", "var")
# What a person may have set for a portal of their own.
LEFT_OUT = {"DATABASE_URL", "DATABASE_POOL", "DATABASE_PREPARE", "EMAIL_URL", "STATIC_ROOT"}
LEFT_OUT |= {"PORTAL_LONG"}
LEFT_OUT |= {"PORTAL_HTTPS", "PORTAL_PROXIES", "PORTAL_URL", "REPLICA_URL", "PYTHONPATH"}
LEFT_OUT |= {"METRICS_TOKEN", "PROMETHEUS_MULTIPROC_DIR"}
# Everything but what is slow for another reason, and the list of mistakes itself.
EVERYTHING = ["tests", *(f"--ignore=tests/{n}" for n in ("browser", "races", "faults", "mutants"))]
# Of all plugins the one that these tests need: half the time of a run is its beginning.
QUIETLY = ["-x", "-q", "--tb=no", "-p", "no:cacheprovider", "-p", "pytest_django.plugin"]
NOTICED = re.compile(r"^(?:FAILED|ERROR) (tests/.*?)(?: - .*)?$", re.MULTILINE)
PASSED, FAILED = 0, 1
PATIENCE = 3600  # seconds
CAUGHT, SURVIVED, OUTDATED, BROKEN = "caught", "SURVIVED", "OUTDATED", "BROKEN"


@dataclass(frozen=True)
class Trial:
    """How a mistake fared: `by` is the first test that failed, or why there is none."""

    mutant: Mutant
    outcome: str
    by: str
    seconds: float


def copy_to(folder: Path) -> Path:
    """The portal's files; mistakes are never made in the checkout."""
    leaving_out = shutil.ignore_patterns(*LEFT_OUT_OF_THE_COPY)
    shutil.copytree(ROOT, folder, ignore=leaving_out)
    (folder / "var").mkdir()
    return folder


def try_out(mutant: Mutant, copy: Path, *, fast: bool) -> Trial:
    """Ask the tests that should notice, then, if none did and unless `fast`, all of them."""
    started = time.monotonic()
    if not mutant.fits(copy):
        return Trial(mutant, OUTDATED, "its text no longer stands in the file, once", 0)
    with made(mutant, copy):
        outcome, by = ask(copy, mutant.tests.split())
        if outcome == SURVIVED and not fast:
            outcome, by = ask(copy, EVERYTHING)
    return Trial(mutant, outcome, by, time.monotonic() - started)


@contextmanager
def made(mutant: Mutant, copy: Path) -> Iterator[None]:
    """The mistake, for as long as the block lasts."""
    path, before = copy / mutant.file, mutant.source(copy)
    path.write_text(before.replace(mutant.old, mutant.new), encoding="utf-8")
    try:
        yield
    finally:
        path.write_text(before, encoding="utf-8")


def ask(copy: Path, tests: Sequence[str]) -> tuple[str, str]:
    """What these tests say on SQLite. A run that did not begin or end proves nothing."""
    command = [sys.executable, "-m", "pytest", *QUIETLY, *tests]
    try:
        done = subprocess.run(
            command, cwd=copy, env=environment(), capture_output=True, text=True,
            check=False, timeout=PATIENCE,
        )  # fmt: skip
    except subprocess.TimeoutExpired:
        return BROKEN, f"no answer in {PATIENCE} seconds"
    noticed = NOTICED.search(done.stdout)
    if done.returncode == FAILED and noticed:
        return CAUGHT, noticed.group(1)
    if done.returncode == PASSED:
        return SURVIVED, "no test noticed"
    last = (done.stderr + done.stdout).strip().splitlines()[-1:]
    return BROKEN, f"pytest ended with {done.returncode}: {''.join(last)}"


def environment() -> dict[str, str]:
    """No compiled file may outlive the mistake that it was compiled from."""
    inherited = {name: value for name, value in os.environ.items() if name not in LEFT_OUT}
    chosen = {"DJANGO_SETTINGS_MODULE": "portal.settings", "PORTAL_MODE": "test"}
    briefly = {"PYTHONDONTWRITEBYTECODE": "1", "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"}
    return inherited | chosen | briefly
