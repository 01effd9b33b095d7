"""A PostgreSQL of the test's own, which may be killed: what it acknowledged must reach the disk."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import psycopg

from tests import postgres as server

DURABLE = ("fsync = on", "synchronous_commit = on", "full_page_writes = on")


@dataclass(frozen=True)
class Cluster:
    """A server in a folder, and its databases by name."""

    folder: Path

    def url(self, name: str) -> str:
        return f"postgres://postgres@/{name}?host={self.folder}&port=5432"

    def query(self, name: str, sql: str, *parameters: Any) -> list[tuple[Any, ...]]:
        """One statement, on a connection of its own."""
        target = {"host": str(self.folder), "user": "postgres", "dbname": name}
        with psycopg.connect(**target, autocommit=True) as connection:
            cursor = connection.execute(sql, parameters or None)
            return cursor.fetchall() if cursor.description else []

    def copy(self, template: str, name: str) -> str:
        """A new database like another one; returns its URL."""
        self.query("postgres", f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
        self.query("postgres", f"CREATE DATABASE {name} TEMPLATE {template}")
        return self.url(name)

    def crash(self) -> None:
        """As if the power went: nobody is waited for, nothing is written any more."""
        self._control("-m", "immediate", "stop")

    def start(self) -> None:
        self._control("-l", str(self.folder / "log"), "-w", "start")

    def _control(self, *arguments: str) -> None:
        self.run("pg_ctl", "-D", str(self.folder / "data"), *arguments)

    def run(self, program: str, *arguments: str) -> None:
        """One of PostgreSQL's own programs, those of the server's version."""
        started = (self.folder / "data" / "postmaster.opts").read_text()
        server._run(self.folder, Path(started.split()[0]).parent / program, *arguments)


@contextmanager
def cluster() -> Iterator[Cluster]:
    with server.postgres() as url:
        (folder,) = parse_qs(urlsplit(url).query)["host"]
        made = Cluster(Path(folder))
        for setting in DURABLE:
            made.query("postgres", f"ALTER SYSTEM SET {setting}")
        made.query("postgres", "SELECT pg_reload_conf()")
        yield made
