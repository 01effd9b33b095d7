"""The portal behind PgBouncer in transaction mode: no page needs what a transaction leaves behind.

Each transaction gets another connection than the last one, so whatever does would not find it.
"""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from itertools import chain
from pathlib import Path

import pytest

from portal.pages import PAGES
from tests.faults.browser import Answer
from tests.faults.cluster import Cluster
from tests.faults.conftest import DATABASE
from tests.faults.processes import Portal, manage, portal
from tests.pgbouncer import pgbouncer
from tests.races.figures import count

READERS, NUMBERS = 4, 2500  # more numbers than a chunk
FORMS = ["/notes/add/", "/administrators/create/", "/assignments/devices/add/", "/account/"]
FILES = ["/assignments/numbers/?export=csv", "/administrators/history/export/?export=csv"]


@pytest.fixture
def pooled(scratch: Cluster) -> Iterator[str]:
    with pgbouncer(scratch.url(DATABASE)) as url:
        yield url


def test_every_page_file_and_command(pooled: str, tmp_path: Path) -> None:
    """Several people at once, with more threads than connections."""
    imported(pooled, tmp_path / "numbers.csv")
    paths = [f"/{page.path}" for page in PAGES] + FORMS + FILES
    with portal(pooled, tmp_path, threads=4) as running, ThreadPoolExecutor(READERS) as pool:
        each = list(pool.map(lambda _: read(running, paths), range(READERS)))
    answers = list(chain.from_iterable(each))
    count("pages behind PgBouncer", answers=len(answers))
    failed = [path for path, answer in zip(paths * READERS, answers, strict=True)
              if answer.status != 200]  # fmt: skip
    assert not failed
    files = [answer for answer in answers if answer.content.startswith("\ufeffNuméro".encode())]
    assert [len(file.content.splitlines()) for file in files] == [NUMBERS + 1] * READERS
    assert "no fault" in manage(pooled, "check_delegation")


def imported(url: str, file: Path) -> None:
    """Numbers out of a file, by the commands."""
    lines = [f"Paris;+3319900{number:04}" for number in range(NUMBERS)]
    file.write_text("\n".join(["site;number", *lines]))
    kind = ["numbers", "--enterprise", "Enterprise E"]
    manage(url, "import_inventory", *kind, str(file))
    assert len(manage(url, "export_inventory", *kind).splitlines()) == NUMBERS + 1


def read(running: Portal, paths: list[str]) -> list[Answer]:
    browser = running.browser().sign_in("R")
    return [browser.get(path) for path in paths]
