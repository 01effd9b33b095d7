"""A PostgreSQL that outlives the benchmark: a million people are not generated twice."""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

from tests import postgres as server

FOLDER = Path(tempfile.gettempdir()) / "portal-bench"
# Of a machine with 2 cores and 8 GB that has this to do; what is written reaches the disk.
SETTINGS = """
listen_addresses = ''
port = 5432
unix_socket_directories = '{folder}'
max_connections = 100
shared_buffers = 2GB
effective_cache_size = 5GB
random_page_cost = 1.1
max_wal_size = 8GB
checkpoint_timeout = 30min
jit = off
"""


@contextmanager
def kept(folder: Path = FOLDER) -> Iterator[str]:
    """Yields the DATABASE_URL of the server of that folder, made if it is not there yet."""
    binaries = _binaries(folder)
    data = folder / "data"
    server._run(folder, binaries / "pg_ctl", "-D", data, "-l", folder / "log", "-w", "start")
    try:
        yield f"postgres://postgres@/postgres?host={quote(str(folder))}&port=5432"
    finally:
        server._run(folder, binaries / "pg_ctl", "-D", data, "-m", "fast", "-w", "stop")


def _binaries(folder: Path) -> Path:
    folder.mkdir(exist_ok=True)
    if person := server._person():
        os.chown(folder, person.pw_uid, person.pw_gid)
    binaries = server._of_the_machine(folder) or server._packaged(folder)
    if binaries is None:
        raise SystemExit(server.NONE_WORKS)
    if not (folder / "data" / "PG_VERSION").exists():
        server._make_cluster(folder, binaries, folder / "data")
        with (folder / "data" / "postgresql.conf").open("a") as configuration:
            configuration.write(SETTINGS.format(folder=folder))
    return binaries
