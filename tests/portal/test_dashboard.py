"""The dashboard: the orders that it shows lead somewhere, and its words say each thing once."""

import re
from datetime import date, timedelta

import pytest
from django.test import Client

from permissions.features import FeatureCode as F
from portal.views.dashboard import ORDERS_SHOWN
from sites.models import Order
from tests import visitors
from tests.portal import lists
from tests.world import World

URL = "/dashboard/"
ALL, CURRENT = "/orders/", "/orders/?status=current"
FIRST = date(2026, 3, 1)


def order(world: World, count: int, site: str = "Paris", status: str = "received") -> None:
    """So many orders at a site."""
    made = Order.objects.count()
    for n in range(made, made + count):
        Order.objects.create(
            site=world.site(site), reference=f"C-{n}", ordered_on=FIRST + timedelta(days=n),
            status=status,
        )  # fmt: skip


def reader(world: World, *codes: str) -> Client:
    return visitors.visitor(lists.holder(world, F.DASHBOARD, *codes, sites="Paris"))


def ways(client: Client) -> list[str]:
    """Where the page leads to, of orders; the header's own link aside."""
    links = [url for url in visitors.links(client.get(URL)) if url.startswith("/orders/")]
    return links[1:]


def test_each_order_is_a_link_for_who_holds_orders(world: World) -> None:
    order(world, 2)
    client = reader(world, F.ORDERS)
    expected = [f"/orders/{one.pk}/" for one in Order.objects.order_by("-ordered_on")]
    assert ways(client) == [*expected, ALL]
    assert {client.get(url).status_code for url in expected} == {200}


def test_who_does_not_hold_orders_reads_their_numbers(world: World) -> None:
    order(world, ORDERS_SHOWN + 1)
    page = reader(world).get(URL)
    assert f"C-{ORDERS_SHOWN} — Paris" in visitors.words(page)
    assert not [url for url in visitors.links(page) if url.startswith("/orders/")]


def test_what_is_not_shown_can_be_reached(world: World) -> None:
    """The count is of the sites held, and the list that it leads to holds as many."""
    order(world, ORDERS_SHOWN + 1)
    order(world, 2, status="done")
    order(world, 3, site="Nice")
    client = reader(world, F.ORDERS)
    assert "Voir les 6 commandes en cours" in visitors.words(client.get(URL))
    assert ways(client)[-2:] == [CURRENT, ALL]
    assert len(client.get(CURRENT).context["table"].rows) == ORDERS_SHOWN + 1


@pytest.mark.parametrize(("status", "current"), [("received", ORDERS_SHOWN), ("done", 9)])
def test_where_all_current_orders_are_shown_there_is_no_more_to_see(
    world: World, status: str, current: int
) -> None:
    order(world, current, status=status)
    client = reader(world, F.ORDERS)
    assert CURRENT not in ways(client)
    assert ways(client)[-1] == ALL


def test_without_any_order_no_list_is_offered(world: World) -> None:
    order(world, 1, site="Nice")
    client = reader(world, F.ORDERS)
    assert ways(client) == []
    words = visitors.words(client.get(URL))
    assert "Aucune commande en cours." in words
    assert "Voir toutes les commandes" not in words


def test_the_inventory_in_the_words_of_its_heads(world: World) -> None:
    words = visitors.words(reader(world).get(URL))
    numbers = "Disponible Utilisé Total Numéros 0 0 0 Stations 0 0 0"
    assert f"{numbers} Élément Non attribué Affecté Total Services 0 0 0" in words
    assert "Ordres et inventaire" in words
    assert "Libres" not in words


def test_each_heading_stands_under_the_one_above(world: World) -> None:
    page = visitors.body(reader(world, F.USER_ASSIGNMENTS).get(URL))
    levels = "".join(re.findall(r"<h(\d)", page.partition("<main")[2]))
    assert levels == "1" + "2" + "233" + "23"


def test_the_handling_of_calls_is_reached_from_the_services(world: World) -> None:
    client = visitors.visitor(lists.holder(world, F.SERVICES, sites="Paris"))
    page = client.get("/services/")
    assert "/quick/calls/" in visitors.links(page)
    assert client.get("/quick/calls/", follow=True).status_code == 200
