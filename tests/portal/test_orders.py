"""«Commandes»: what was ordered, filtered, exported, and the steps of each order."""

from datetime import date

import pytest

from permissions.features import FeatureCode as F
from sites import paging
from sites.models import Order, OrderItem, OrderStep
from tests import visitors
from tests.portal import lists
from tests.world import World

URL = "/orders/"


@pytest.fixture
def world(furnished: World) -> World:
    for order in Order.objects.all():
        OrderItem.objects.create(order=order, label="Téléphone T2", quantity=2)
        OrderStep.objects.create(order=order, status="received", on=date(2026, 3, 1))
    return furnished


def an_order(world: World, site: str = "Paris") -> Order:
    return Order.objects.get(site=world.places[site])


@pytest.mark.parametrize(
    ("who", "sites"), [("R", "Lille Lyon Nantes Nice Paris"), ("X", "Dijon Metz")]
)
def test_only_the_orders_of_sites_held(world: World, who: str, sites: str) -> None:
    found = lists.shown(visitors.visitor(world[who]), URL, "site")
    assert sorted(str(site) for site in found) == sites.split()


def test_the_dashboard_does_not_open_orders(world: World) -> None:
    client = visitors.visitor(lists.holder(world, F.DASHBOARD))
    assert client.get(URL).status_code == 403
    assert client.get(f"{URL}{an_order(world).pk}/").status_code == 403


@pytest.mark.parametrize(("site", "status"), [("Paris", 200), ("Lyon", 404), ("Metz", 404)])
def test_a_page_of_an_order_at_a_site_held(world: World, site: str, status: int) -> None:
    client = visitors.visitor(lists.holder(world, F.ORDERS))
    assert client.get(f"{URL}{an_order(world, site).pk}/").status_code == status


def test_the_page_of_an_order_says_items_and_steps_in_time(world: World) -> None:
    order = an_order(world)
    OrderStep.objects.create(order=order, status="done", on=date(2026, 3, 9), comment="Signé")
    OrderStep.objects.create(order=order, status="shipped", on=date(2026, 3, 4))
    text = visitors.words(visitors.visitor(world["R"]).get(f"{URL}{order.pk}/"))
    parts = ["2 × Téléphone T2", "1er mars 2026", "4 mars 2026", "9 mars 2026", "Signé"]
    places = [text.rindex(part) for part in parts]
    assert places == sorted(places)


@pytest.mark.parametrize(
    ("status", "found"),
    [
        ("current", ["in_progress", "received", "shipped"]),
        ("done", ["done"]),
        ("cancelled", ["cancelled"]),
        ("", ["cancelled", "done", "in_progress", "received", "shipped"]),
        ("unknown", ["cancelled", "done", "in_progress", "received", "shipped"]),
    ],
)
def test_filter_by_status(world: World, status: str, found: list[str]) -> None:
    for order, value in zip(Order.objects.filter(site__enterprise__name="Enterprise E").exclude(
        site__is_open=False), Order.Status.values, strict=True):  # fmt: skip
        Order.objects.filter(pk=order.pk).update(status=value)
    page = visitors.visitor(world["R"]).get(URL, {"status": status})
    rows = page.context["table"].paginated_rows
    assert sorted(row.record.status for row in rows) == found


def test_search_by_number(world: World) -> None:
    order = an_order(world)
    found = lists.shown(visitors.visitor(world["R"]), URL, "site", q=order.reference.lower())
    assert [str(site) for site in found] == ["Paris"]


def test_newest_first_and_the_other_way_round(world: World) -> None:
    Order.objects.filter(site=world.places["Lyon"]).update(ordered_on=date(2026, 4, 1))
    client = visitors.visitor(world["R"])
    assert str(lists.shown(client, URL, "site")[0]) == "Lyon"
    assert str(lists.shown(client, URL, "site", sort="ordered_on")[-1]) == "Lyon"


def test_many_items_in_short_and_all_of_them_in_a_file(world: World) -> None:
    order = an_order(world)
    for label in ("Licence", "Câble"):
        OrderItem.objects.create(order=order, label=label)
    client = visitors.visitor(lists.holder(world, F.ORDERS))
    assert "2 × Téléphone T2, 1 × Licence, … " in visitors.words(client.get(URL))
    assert "2 × Téléphone T2, 1 × Licence, 1 × Câble" in lists.rows_of(client, URL, "csv")[1]


def test_the_list_leads_to_its_files_with_the_same_filters(world: World) -> None:
    """Links that are followed, not addresses that the tests know."""
    Order.objects.filter(site=world.places["Paris"]).update(ordered_on=date(2027, 1, 1))
    client = visitors.visitor(lists.holder(world, F.ORDERS))
    page = client.get(URL, {"status": "received", "page": "1"})
    assert "1er janvier 2027" in visitors.words(page)
    links = [one for one in visitors.links(page) if "export=" in one]
    assert [one.replace("&amp;", "&") for one in links] == [
        "?status=received&export=csv", "?status=received&export=xlsx",
    ]  # fmt: skip


@pytest.mark.parametrize("as_file", ["csv", "xlsx"])
def test_the_file_is_the_list(world: World, as_file: str) -> None:
    client = visitors.visitor(world["R"])
    _head, *rows = lists.rows_of(client, URL, as_file, sort="reference")
    assert [row[0] for row in rows] == lists.shown(client, URL, "reference", sort="reference")
    assert rows[0][1].startswith("2026-03-01")
    assert {row[4] for row in rows} == {str(Order.Status.RECEIVED.label)}


def test_the_chosen_site_narrows_the_list(world: World) -> None:
    client = visitors.visitor(world["R"])
    client.post("/sites/chosen/", {"site": world.places["Lyon"]})
    assert [str(site) for site in lists.shown(client, URL, "site")] == ["Lyon"]


def test_as_many_queries_for_three_rows_as_for_thirty(world: World) -> None:
    client = visitors.visitor(lists.holder(world, F.ORDERS, sites="Paris Lyon Lille"))
    few = lists.queries(lambda: client.get(URL, {"per_page": "50"}))
    for number in range(27):
        order = Order.objects.create(
            site=world.site("Paris"), reference=f"N-{number}", ordered_on=date(2026, 1, 1),
            status="done",
        )  # fmt: skip
        OrderItem.objects.create(order=order, label="Licence")
    assert len(lists.shown(client, URL, "site")) == 30
    assert lists.queries(lambda: client.get(URL, {"per_page": "50"})) == few


@pytest.mark.parametrize(("cap", "is_sorted"), [(4, False), (5, True)])
def test_a_long_list_is_sorted_only_by_what_an_index_orders(
    world: World, monkeypatch: pytest.MonkeyPatch, cap: int, is_sorted: bool
) -> None:
    """R has an order at each of five open sites; the usual order is the newest first."""
    for day, order in enumerate(Order.objects.order_by("reference"), start=1):
        Order.objects.filter(pk=order.pk).update(ordered_on=date(2026, 1, day))
    monkeypatch.setattr(paging, "CAP", cap)
    client = visitors.visitor(world["R"])
    by_date, usual, asked = (
        visitors.columns(client.get(f"{URL}{query}"), "reference")
        for query in ("?sort=ordered_on", "", "?sort=reference")
    )
    assert by_date == sorted(by_date) != usual == sorted(usual, reverse=True)
    assert asked == (by_date if is_sorted else usual)
