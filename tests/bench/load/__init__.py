"""Many people at once, over HTTP, against gunicorn and PostgreSQL; a copy of the database suffers.

`python3 run.py bench --load` begins with the enterprise of a hundred thousand administrators.
"""

import os
import subprocess
import sys
from urllib.parse import urlsplit, urlunsplit

import psycopg
from psycopg import sql

NAME = "bench_load"
# What the benchmark writes for Django's admin, beside which it is measured; the portal has none.
OF_THE_ADMIN = "guardian_userobjectpermission"


def main(url: str, people: int, seconds: int) -> int:
    """`url` is that of a database of the benchmark, to which nobody may be connected."""
    own = copied(url)
    environment = dict(os.environ, DATABASE_URL=own, DJANGO_SETTINGS_MODULE="tests.bench.settings")
    for command in (
        ["manage.py", "migrate", "--verbosity", "0"],
        ["-m", "tests.bench.load", str(people), str(seconds)],
    ):
        done = subprocess.run([sys.executable, *command], env=environment, check=False)
        if done.returncode:
            return done.returncode
    return 0


def copied(url: str) -> str:
    """The URL of a copy, which takes the place of the one before."""
    parts = urlsplit(url.replace("postgres://", "postgresql://", 1))
    names = {"copy": sql.Identifier(NAME), "of": sql.Identifier(parts.path[1:])}
    copy, beside = urlunsplit(parts._replace(path=f"/{NAME}")), parts._replace(path="/postgres")
    with psycopg.connect(urlunsplit(beside), autocommit=True) as connection:
        connection.execute(sql.SQL("DROP DATABASE IF EXISTS {copy}").format(**names))
        connection.execute(sql.SQL("CREATE DATABASE {copy} TEMPLATE {of}").format(**names))
    with psycopg.connect(copy, autocommit=True) as connection:
        connection.execute(f"TRUNCATE {OF_THE_ADMIN}")
        connection.execute("ANALYZE")
    return copy.replace("postgresql://", "postgres://", 1)
