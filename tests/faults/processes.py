"""The portal as it runs in production: gunicorn with workers, and the sender of mails."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.administrators.mailbox import free_port
from tests.faults.browser import Browser, NoAnswer

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 60  # seconds; only a test that fails waits that long
GUNICORN = "-m gunicorn portal.wsgi --preload --log-level critical --no-control-socket"
BUILD = "from tests.world import build; build()"


@dataclass(frozen=True)
class Portal:
    """A running portal."""

    port: int
    process: subprocess.Popen[bytes]
    log: Path

    def browser(self) -> Browser:
        return Browser(self.port)

    def workers(self) -> list[int]:
        """The process ids of the workers that live now."""
        pid = self.process.pid
        return [int(n) for n in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


def environment(url: str, **more: str) -> dict[str, str]:
    left_out = {"DATABASE_URL", "DATABASE_POOL", "DATABASE_PREPARE", "EMAIL_URL", "PORTAL_URL"}
    left_out |= {"GUNICORN_CMD_ARGS"}
    left_out |= {"REPLICA_URL"}
    left_out |= {"METRICS_TOKEN", "PROMETHEUS_MULTIPROC_DIR"}
    inherited = {name: value for name, value in os.environ.items() if name not in left_out}
    chosen = {"DATABASE_URL": url, "PORTAL_MODE": "test", "EMAIL_URL": "dummymail://"}
    return inherited | chosen | {"DJANGO_SETTINGS_MODULE": "portal.settings"} | more


def manage(url: str, *arguments: str, **more: str) -> str:
    """Runs a command of the portal to its end; returns what it printed."""
    command = [sys.executable, "manage.py", *arguments]
    done = subprocess.run(
        command, cwd=ROOT, env=environment(url, **more), capture_output=True, text=True,
        check=False, timeout=5 * PATIENCE,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def fill(url: str) -> None:
    """The tables, and the people of tests/world.py."""
    manage(url, "migrate", "--verbosity", "0")
    manage(url, "shell", "--verbosity", "0", "-c", BUILD)


@contextmanager
def portal(
    url: str, folder: Path, *, threads: int = 1, gunicorn: str = GUNICORN, **more: str
) -> Iterator[Portal]:
    """gunicorn with two workers, which answers; `more` are variables of its environment."""
    port = free_port()
    log = folder / f"gunicorn-{port}.log"
    command = f"{gunicorn} --workers 2 --threads {threads} --bind 127.0.0.1:{port}"
    with process(command.split(), url, log, **more) as running:
        made = Portal(port, running, log)
        wait_for_an_answer(made)
        yield made


@contextmanager
def process(
    arguments: list[str], url: str, log: Path, **more: str
) -> Iterator[subprocess.Popen[bytes]]:
    """A process of ours, ended by its id."""
    with log.open("wb") as output:
        running = subprocess.Popen(
            [sys.executable, *arguments], cwd=ROOT, env=environment(url, **more), stdout=output,
            stderr=subprocess.STDOUT, stdin=subprocess.DEVNULL,
        )  # fmt: skip
        try:
            yield running
        finally:
            end(running)


def end(running: subprocess.Popen[bytes]) -> None:
    if running.poll() is None:
        running.send_signal(signal.SIGTERM)
    try:
        running.wait(PATIENCE)
    except subprocess.TimeoutExpired:
        running.kill()
        running.wait()


def wait_for_an_answer(made: Portal) -> None:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        assert made.process.poll() is None, made.log.read_text()
        try:
            made.browser().get("/sign-in/")
        except NoAnswer:
            time.sleep(0.1)
        else:
            return
    raise AssertionError(made.log.read_text())
