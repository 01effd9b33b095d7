"""The chosen site, the badges and the figures of every page stay inside site AND feature."""

from typing import Any

import pytest
from django.test import Client

from permissions import delegation
from portal.frame import CHOSEN
from portal.views.scoped import exported
from sites import paging
from tests import factories, visitors
from tests.world import World


@pytest.fixture
def world(furnished: World) -> World:
    return furnished


def reader(world: World, sites: str, features: str) -> Client:
    """Somebody new below R, with just these sites and features."""
    person = factories.person("lecteur", parent=world["R"])
    person.save()
    factories.hold(person, [world.site(site) for site in sites.split()], features.split())
    return visitors.visitor(person)


def choose(client: Client, pk: Any) -> Any:
    return client.post("/sites/chosen/", {"site": pk, "next": "/sites/"})


def rows_of(client: Client, report: str = "inventory") -> list[list[Any]]:
    page = client.get("/reports/", {"report": report})
    rows = exported(page.context["table"])
    return list(rows)[1:]


def badges(client: Client) -> dict[str, int]:
    return client.get("/sites/").context["menu"].frame.badges


@pytest.mark.parametrize(
    ("sites", "count"), [("Paris Lyon Lille", 3), ("Paris", 1), ("", 0), ("Paris Rennes", 1)]
)
def test_badges_count_what_is_held(world: World, sites: str, count: int) -> None:
    found = badges(reader(world, sites, "user_assignments"))
    assert found == {"numbers": count, "devices": count, "users": count}


def test_without_the_feature_there_is_no_badge(world: World) -> None:
    assert badges(reader(world, "Paris Lyon", "notes reports")) == {}


def test_a_chosen_site_narrows_badges_and_lists(world: World) -> None:
    client = reader(world, "Paris Lyon", "user_assignments")
    choose(client, world.places["Lyon"])
    page = client.get("/assignments/numbers/")
    assert [row.record.site.name for row in page.context["table"].paginated_rows] == ["Lyon"]
    assert badges(client) == {"numbers": 1, "devices": 1, "users": 1}
    assert "Lyon" in visitors.words(page)
    choose(client, "")
    assert badges(client)["numbers"] == 2


@pytest.mark.parametrize("site", ["Nice", "Metz", "Rennes"])
def test_a_site_not_held_cannot_be_chosen(world: World, site: str) -> None:
    client = reader(world, "Paris Lyon", "user_assignments")
    assert choose(client, world.places[site]).status_code == 404
    assert CHOSEN not in client.session


@pytest.mark.parametrize("absurd", ["x", "-1", "1" * 40, "½", "%00"])
def test_an_absurd_choice_is_missing(world: World, absurd: str) -> None:
    assert choose(reader(world, "Paris", "notes"), absurd).status_code == 404


def test_a_site_lost_meanwhile_falls_back_to_all_and_says_so(world: World) -> None:
    client = visitors.visitor(world["B"])
    choose(client, world.places["Paris"])
    delegation.change_sites(world["B"], remove=[world.places["Paris"]], by=world["R"])
    page = client.get("/sites/")
    said = "Le site choisi n’est plus à votre disposition"
    assert any(said in text for text in visitors.messages(page))
    assert [row.record.name for row in page.context["table"].paginated_rows] == ["Lille", "Lyon"]
    assert CHOSEN not in client.session


@pytest.mark.parametrize(
    ("sites", "features", "starts"),
    [
        ("Paris", "dashboard", []),
        ("Paris", "dashboard services", ["quick_calls"]),
        ("Paris", "dashboard profile", ["quick_hours"]),
        ("Paris", "dashboard user_assignments", ["quick_user", "quick_phone"]),
    ],
)
def test_quick_starts_lead_somewhere(
    world: World, sites: str, features: str, starts: list[str]
) -> None:
    page = reader(world, sites, features).get("/dashboard/")
    assert [one.url for one in page.context["quick_starts"]] == starts


def test_the_figures_of_the_dashboard(world: World) -> None:
    page = reader(world, "Paris Lyon", "dashboard").get("/dashboard/")
    kinds = [kind for group in page.context["stock"] for kind in group["kinds"]]
    found = [(one["total"], one["free"], one["used"]) for one in kinds]
    assert found == [(2, 2, 0), (2, 0, 2), (2, 0, 2)]
    assert sorted(order.site.name for order in page.context["orders"]) == ["Lyon", "Paris"]


def test_a_report_is_of_the_sites_held(world: World) -> None:
    client = reader(world, "Paris Lyon", "reports")
    rows = rows_of(client)
    assert rows == [["Lyon", 1, 1, 1, 1, 1], ["Paris", 1, 1, 1, 1, 1]]
    assigned = rows_of(client, "assignments")
    assert assigned == [["Lyon", 0, 1, 1, 0], ["Paris", 0, 1, 1, 0]]


def test_the_report_of_administrators_is_of_those_below(world: World) -> None:
    rows = rows_of(visitors.visitor(world["A"]), "administrators")
    assert {row[1] for row in rows} == {f"user-{name}" for name in "bcnmtwdv"}


def test_without_the_right_to_them_it_is_no_report(world: World) -> None:
    client = reader(world, "Paris", "reports")
    assert rows_of(client, "administrators") == rows_of(client)


@pytest.mark.parametrize("name", ["inventory", "assignments", "calls", "unknown"])
def test_a_report_as_a_file_holds_what_the_page_holds(world: World, name: str) -> None:
    client = reader(world, "Paris Lyon", "reports")
    rows = rows_of(client, name)
    file = b"".join(client.get(f"/reports/?report={name}&export=csv")).decode("utf-8-sig")
    lines = [line.split(";") for line in file.splitlines()][1:]
    assert lines == [[str(cell) for cell in row] for row in rows]


def test_what_is_counted_no_further_says_so(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """The free ones end at the cap: those in use are not what is left of it."""
    monkeypatch.setattr(paging, "CAP", 1)
    monkeypatch.setattr(paging, "MENU_CAP", 1)
    page = reader(world, "Paris Lyon Lille", "dashboard user_assignments").get("/dashboard/")
    words = visitors.words(page)
    assert "Numéros 1+ 0 1+ Stations" in words
    assert "Numéros (1+)" in words
