"""A streaming replica of a test's cluster, whose replay may be stopped, delayed, or killed."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests import postgres as server
from tests.faults.cluster import Cluster
from tests.faults.processes import PATIENCE

# What it is asked stands in its log at once, so that a test can see who answered.
SETTINGS = """
unix_socket_directories = '{folder}'
log_statement = all
max_standby_streaming_delay = -1
"""
CAUGHT_UP = "SELECT pg_last_wal_replay_lsn() >= %s::pg_lsn"
PAUSED = "SELECT pg_get_wal_replay_pause_state() = 'paused'"


class Standby(Cluster):
    """The replica. Its data are files of its own; its databases are the primary's."""

    def statements(self, part: str) -> int:
        """How many statements with that part it was asked so far."""
        lines = (self.folder / "log").read_text(errors="replace").splitlines()
        return sum(part in line for line in lines if "LOG:  " in line)

    def pause(self, primary: Cluster) -> None:
        """From here on it stays as it is, until `resume`; something new wakes it to notice."""
        self.query("postgres", "SELECT pg_wal_replay_pause()")
        self.hurry(primary)
        self._wait_until(PAUSED)

    def hurry(self, primary: Cluster) -> None:
        """Something that commits takes all that was written before it to the replica."""
        primary.query("postgres", "SELECT pg_logical_emit_message(true, 'portal', 'hurry')")

    def resume(self) -> None:
        self.query("postgres", "SELECT pg_wal_replay_resume()")

    @contextmanager
    def late_by(self, milliseconds: int) -> Iterator[None]:
        """Each commit is replayed so long after it was made."""
        self._set("recovery_min_apply_delay", milliseconds)
        try:
            yield
        finally:
            self._set("recovery_min_apply_delay", 0)

    def _set(self, name: str, value: int) -> None:
        with (self.folder / "data" / "postgresql.conf").open("a") as configuration:
            configuration.write(f"{name} = {value}\n")
        self.query("postgres", "SELECT pg_reload_conf()")

    def catch_up_with(self, primary: Cluster) -> None:
        ((written,),) = primary.query("postgres", "SELECT pg_current_wal_insert_lsn()::text")
        self._wait_until(CAUGHT_UP, written)

    def _wait_until(self, sql: str, *parameters: str) -> None:
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until:
            if self.query("postgres", sql, *parameters)[0][0]:
                return
            time.sleep(0.01)
        raise AssertionError(sql)


@contextmanager
def standby_of(primary: Cluster) -> Iterator[Standby]:
    """A replica that follows it as long as the block lasts."""
    with server._folder() as folder:
        made = Standby(folder)
        _begin(primary, folder)
        try:
            yield made
        finally:
            made.crash()


def _begin(primary: Cluster, folder: Path) -> None:
    """As in production: pg_basebackup, told to write what makes of it a replica (-R)."""
    server_program = (primary.folder / "data" / "postmaster.opts").read_text().split()[0]
    binaries, data = Path(server_program).parent, folder / "data"
    where = ["-h", str(primary.folder), "-U", "postgres", "--checkpoint=fast", "--no-sync"]
    server._run(folder, binaries / "pg_basebackup", "-R", "-D", data, *where)
    with (data / "postgresql.conf").open("a") as configuration:
        configuration.write(SETTINGS.format(folder=folder))
    log = folder / "log"
    server._run(folder, binaries / "pg_ctl", "-D", data, "-l", log, "-w", "start")
