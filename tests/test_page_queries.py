"""Every page of the portal that is not about people takes at most 6 queries.

That they are as many for thirty rows as for three is asked beside each list.
"""

import pytest
from django.apps import apps
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests import visitors
from tests.matrix.pages import AWAY, BUTTON, KINDS, LAST, Page, pages
from tests.world import World

MOST = 6
# Who manages administrators reads a tree as well: tests/test_queries.py says how many for each.
ABOUT_PEOPLE = ("administrator", "history")
SHOWN = [
    page
    for page in pages()
    if KINDS[page.name] not in {AWAY, BUTTON, LAST} and not page.name.startswith(ABOUT_PEOPLE)
]


@pytest.fixture
def reader(furnished: World) -> Client:
    return visitors.visitor(furnished["R"])


def address(world: World, page: Page) -> str:
    if "slug" in page.parameters:
        return reverse(page.name, args=["premiers-pas"])
    if not page.parameters:
        return reverse(page.name)
    if page.of_site:
        return reverse(page.name, args=[world.places["Paris"]])
    rows = apps.get_model("sites", page.of_row).objects
    return reverse(page.name, args=[rows.filter(site=world.places["Paris"])[0].pk])


@pytest.mark.parametrize("shown", SHOWN, ids=lambda shown: shown.name)
def test_at_most_six(world: World, reader: Client, shown: Page) -> None:
    url = address(world, shown)
    reader.get(url)
    with CaptureQueriesContext(connection) as queries:
        reader.get(url)
    assert len(queries) <= MOST, [one["sql"] for one in queries.captured_queries]
