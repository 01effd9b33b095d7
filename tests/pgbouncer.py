"""A real PgBouncer for the tests, in transaction mode: beside a server, gone with the block.

It makes the worst of that mode: each transaction gets another of few connections than the last.
"""

import os
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

from tests import postgres as server

COMMAND = "pgbouncer"
PLACES = os.pathsep.join([os.environ.get("PATH", os.defpath), "/usr/sbin"])  # Debian's is there
PORT = 6432
PATIENCE = 20  # seconds; only what does not start is waited for that long
# A server that was started again is tried again at once.
SETTINGS = """
[databases]
* = host={folder} port=5432 user=postgres
[pgbouncer]
listen_port = {port}
unix_socket_dir = {folder}
auth_type = any
pool_mode = transaction
default_pool_size = 6
min_pool_size = 6
server_round_robin = 1
server_login_retry = 0.1
logfile = {folder}/pgbouncer.log
"""


@contextmanager
def pgbouncer(url: str) -> Iterator[str]:
    """Yields the DATABASE_URL that leads to the same database through it."""
    (host,) = parse_qs(urlsplit(url).query)["host"]
    folder, settings = Path(host), Path(host) / "pgbouncer.ini"
    settings.write_text(SETTINGS.format(folder=folder, port=PORT))
    person = server._person()
    rights = {"user": person.pw_uid, "group": person.pw_gid, "extra_groups": []} if person else {}
    streams = dict.fromkeys(("stdin", "stdout", "stderr"), subprocess.DEVNULL)
    command = [shutil.which(COMMAND, path=PLACES), settings]
    running = subprocess.Popen(command, cwd=folder, **streams, **rights)
    try:
        _wait(folder, running)
        yield url.replace("port=5432", f"port={PORT}")
    finally:
        running.kill()
        running.wait()


def _wait(folder: Path, running: "subprocess.Popen[bytes]") -> None:
    log, until = folder / "pgbouncer.log", time.monotonic() + PATIENCE
    while time.monotonic() < until and running.poll() is None:
        with socket.socket(socket.AF_UNIX) as probe:
            if probe.connect_ex(str(folder / f".s.PGSQL.{PORT}")) == 0:
                return
        time.sleep(0.05)
    raise server.PostgresError(log.read_text() if log.exists() else "PgBouncer does not start")
