"""What the portal's pages and acts cost, beside their own SQL, a bare view, and Django's admin.

`python3 run.py bench` measures an enterprise of a thousand administrators, one of a hundred
thousand and one of a million; `--size 1k` only that. The first time they are generated, which for
the million takes a quarter of an hour; they are kept for the next time. `--load` lets 200 people
loose on a copy of the hundred thousand instead; `--growth` asks for the first page of the list at
all sizes in turn.
"""

import os
import subprocess
import sys
import time
from argparse import ArgumentParser, Namespace
from urllib.parse import urlsplit, urlunsplit

import psycopg

from tests.bench import growth, load
from tests.bench.server import kept

SIZES = {"1k": (1_000, 100), "100k": (100_000, 10_000), "1m": (1_000_000, 100_000)}


def main() -> int:
    parser = ArgumentParser(prog="run.py bench", description=__doc__)
    parser.add_argument("--size", choices=SIZES, action="append", help="all three unless told")
    parser.add_argument("--related-names", action="store_true", help="each branch has its own")
    parser.add_argument("--turns", type=int, default=30)
    parser.add_argument("--only", default="", choices=("rights", "pages", "inventory", "acts"))
    parser.add_argument("--load", action="store_true", help="many people at once, on one size")
    parser.add_argument("--growth", action="store_true", help="one page, at all sizes in turn")
    parser.add_argument("--people", type=int, default=200)
    parser.add_argument("--seconds", type=int, default=300)
    chosen = parser.parse_args()
    with kept() as url:
        return measured(url, chosen)


def measured(url: str, chosen: Namespace) -> int:
    """What was asked for, on that server; the exit status."""
    if chosen.load:
        size = (chosen.size or ["100k"])[0]
        own = prepared(url, size, related=chosen.related_names)["DATABASE_URL"]
        return load.main(own, chosen.people, chosen.seconds)
    if chosen.growth:
        return growth.main(all_sizes(url), chosen.turns)
    for size in chosen.size or SIZES:
        environment = prepared(url, size, related=chosen.related_names)
        command = [sys.executable, "-m", "tests.bench.report", str(chosen.turns)]
        code = subprocess.run([*command, chosen.only], env=environment, check=False).returncode
        if code:
            return code
    return 0


def all_sizes(url: str) -> dict[str, dict[str, str]]:
    """The environment of each size, and of the greatest with related names."""
    sizes = {size: prepared(url, size, related=False) for size in SIZES}
    return sizes | {"1m, related names": prepared(url, "1m", related=True)}


def prepared(url: str, size: str, *, related: bool) -> dict[str, str]:
    """The environment of a database of that size, which is generated if it is not there."""
    name = f"bench_{size}{'_related' if related else ''}"
    parts = urlsplit(url)
    own = urlunsplit(parts._replace(path=f"/{name}"))
    environment = dict(os.environ, DATABASE_URL=own, DJANGO_SETTINGS_MODULE="tests.bench.settings")
    if not exists(url, name):
        generate(url, name, size, environment, related=related)
    migrate = [sys.executable, "manage.py", "migrate", "--verbosity", "0"]
    subprocess.run(migrate, env=environment, check=True)  # one that was kept may be older
    with psycopg.connect(_conninfo(own), autocommit=True) as connection:
        connection.execute("VACUUM (ANALYZE)")  # acts were measured here, and undone
    return environment


def exists(url: str, name: str) -> bool:
    with psycopg.connect(_conninfo(url), autocommit=True) as connection:
        found = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name])
        return found.fetchone() is not None


def generate(url: str, name: str, size: str, environment: dict[str, str], *, related: bool) -> None:
    """Under another name until it is whole."""
    people, sites = SIZES[size]
    unfinished = f"{name}_unfinished"
    with psycopg.connect(_conninfo(url), autocommit=True) as connection:
        connection.execute(f"DROP DATABASE IF EXISTS {unfinished}")
        connection.execute(f"CREATE DATABASE {unfinished}")
    own = environment["DATABASE_URL"].replace(f"/{name}?", f"/{unfinished}?")
    how = ["--related-names"] if related else []
    amounts = f"--administrators {people} --sites {sites} --numbers {people} --users {people // 2}"
    amounts += f" --calls {3 * people} --acts {3 * people}"
    for command in (
        ["migrate", "--verbosity", "0"],
        ["generate_enterprise", *amounts.split(), *how],
        ["check_delegation"],
    ):
        started, arguments = time.monotonic(), [sys.executable, "manage.py", *command]
        subprocess.run(arguments, env=environment | {"DATABASE_URL": own}, check=True)
        print(f"{command[0]} took {time.monotonic() - started:.0f} s", flush=True)
    with psycopg.connect(_conninfo(url), autocommit=True) as connection:
        connection.execute(f"ALTER DATABASE {unfinished} RENAME TO {name}")


def _conninfo(url: str) -> str:
    return url.replace("postgres://", "postgresql://", 1)


if __name__ == "__main__":
    sys.exit(main())
