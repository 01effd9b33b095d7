"""The filter by parent: of many parents the list is searched, then a name is pressed."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from administrators.models import Administrator
from permissions.scopes import OFFERED
from tests import factories, visitors
from tests.world import World

URL = "/administrators/"
SAID = "Ou choisissez un nom dans la colonne « Utilisateur parent » ci-dessous."


def parents(world: World, count: int) -> list[Administrator]:
    """X and others below, `count` together, who each have a child."""
    people = factories.children(world["X"], count - 1)
    below = [factories.person(f"enfant.{person.username}", parent=person) for person in people]
    Administrator.objects.bulk_create(below)
    return people


def browser(world: World) -> Client:
    return visitors.visitor(world["X"])


def test_fifty_parents_are_offered(world: World) -> None:
    parents(world, OFFERED)
    page = browser(world).get(URL)
    assert len(visitors.options(page, "parent")) == OFFERED
    assert SAID not in visitors.words(page)


def test_of_more_none_is_offered_and_the_page_says_where_they_are(world: World) -> None:
    parents(world, OFFERED + 1)
    page = browser(world).get(URL)
    assert visitors.options(page, "parent") == []
    assert SAID in visitors.words(page)


def test_of_more_the_one_in_the_address_is_offered_and_chosen(world: World) -> None:
    person = parents(world, OFFERED + 1)[7]
    page = browser(world).get(URL, {"parent": person.pk})
    assert visitors.options(page, "parent") == [str(person)]
    assert f'<option value="{person.pk}" selected>' in page.content.decode()
    (row,) = page.context["table"].paginated_rows
    assert row.record.parent == person
    assert page.context["filter"].applied() == [("parent", "Utilisateur parent", str(person))]


@pytest.mark.parametrize("asked", ["R", "A", "SU", "x", "0", "\0", "9" * 30, "-1"])
def test_of_more_nobody_else_may_stand_in_the_address(world: World, asked: str) -> None:
    parents(world, OFFERED + 1)
    pk = world.people.get(asked, asked)
    page = browser(world).get(URL, {"parent": pk})
    assert page.status_code == 200
    assert visitors.options(page, "parent") == []
    assert str(world["A"]) not in visitors.words(page)


def test_each_row_leads_to_all_whom_its_parent_has(world: World) -> None:
    client = visitors.visitor(world["A"])
    page = client.get(URL, {"q": "user-c"})
    link = f"{URL}?parent={world['B'].pk}"
    assert visitors.links(page).count(link) == 1
    rows = client.get(link).context["table"].paginated_rows
    assert [world.name_of(row.record.pk) for row in rows] == ["C"]


@pytest.mark.parametrize("count", [OFFERED, OFFERED + 1])
def test_the_parents_are_read_once(world: World, count: int) -> None:
    parents(world, count)
    client = browser(world)
    client.get(URL)
    with CaptureQueriesContext(connection) as found:
        client.get(URL)
    assert len(found) <= 9
