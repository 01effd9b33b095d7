"""What the tests of all lists do: somebody with one feature, files read back, queries counted."""

import csv
import io
from collections.abc import Callable
from typing import Any

from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from administrators.models import Administrator
from tests import factories, visitors
from tests.world import World


def holder(world: World, *codes: str, sites: str = "Paris", parent: str = "R") -> Administrator:
    """Somebody new with just these features at just these sites."""
    person = factories.person(f"seul{Administrator.objects.count()}", parent=world[parent])
    person.save()
    factories.hold(person, [world.site(name) for name in sites.split()], codes)
    return person


def rows_of(client: Client, url: str, as_file: str, **query: str) -> list[list[str]]:
    """The list as a file, head first; every cell as text."""
    response = client.get(url, {**query, "export": as_file})
    content = b"".join(response.streaming_content)
    if as_file == "csv":
        return list(csv.reader(io.StringIO(content.decode("utf-8-sig")), delimiter=";"))
    sheet = load_workbook(io.BytesIO(content)).active
    return [["" if cell is None else str(cell) for cell in row] for row in sheet.values]


def shown(client: Client, url: str, column: str, **query: str) -> list[Any]:
    """A column of the list, on one page of 100."""
    page = client.get(url, {"per_page": "100", **query})
    assert page.status_code == 200
    return visitors.columns(page, column)


def queries(ask: Callable[[], HttpResponse]) -> int:
    """How many queries an answer takes, the second time that it is asked."""
    ask()
    with CaptureQueriesContext(connection) as found:
        assert ask().status_code == 200
    return len(found)
