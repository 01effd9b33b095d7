"""Lists when one site is chosen, and in which orders they can be read."""

import re
from html.parser import HTMLParser

import pytest
from django.test import Client

from sites import paging
from sites.models import Device, EquipmentRequest, PhoneNumber, Service, Subscriber
from tests import visitors
from tests.inventory import furnish
from tests.world import World

NUMBERS, DEVICES, USERS = (f"/assignments/{name}/" for name in ("numbers", "devices", "users"))
LISTS = [
    NUMBERS, DEVICES, USERS, "/assignments/services/", "/services/", "/sip-trunks/",
    "/recordings/", "/recordings/users/", "/notes/", "/orders/",
]  # fmt: skip
WAY_ON = "Afficher tous les sites"


@pytest.fixture
def client(world: World) -> Client:
    """R, who holds everything; only Paris and Lyon are furnished."""
    furnish([world.site("Paris"), world.site("Lyon")], author=world["R"])
    return visitors.visitor(world["R"])


def choose(client: Client, world: World, site: str) -> None:
    client.post("/sites/chosen/", {"site": world.places[site]})


@pytest.mark.parametrize("url", LISTS)
def test_an_empty_list_speaks_of_the_chosen_site_and_leads_to_all(
    world: World, client: Client, url: str
) -> None:
    choose(client, world, "Nice")
    page = client.get(f"{url}?per_page=25")
    assert "Aucun résultat sur le site Nice." in visitors.words(page)
    assert WAY_ON in visitors.words(page)
    back = f"{url}?per_page=25"
    assert f'name="next" value="{back}"' in page.content.decode()
    page = client.post("/sites/chosen/", {"next": back, "site": ""}, follow=True)
    assert len(page.context["table"].rows) == 2


@pytest.mark.parametrize("url", LISTS)
def test_a_search_in_vain_says_what_was_searched(world: World, client: Client, url: str) -> None:
    choose(client, world, "Paris")
    page = visitors.words(client.get(f"{url}?q=introuvable"))
    assert "Aucun résultat pour « introuvable »." in page
    assert WAY_ON in page
    assert "Afficher toute la liste" in page


@pytest.mark.parametrize("url", LISTS)
def test_without_a_chosen_site_nothing_is_said_of_one(
    world: World, client: Client, url: str
) -> None:
    page = visitors.words(client.get(f"{url}?q=introuvable"))
    assert WAY_ON not in page
    assert "Aucun résultat sur le site" not in page


ORDERS = [
    (NUMBERS, "site", "site"), (DEVICES, "name", "name"), (DEVICES, "site", "site"),
    (USERS, "extension", "extension"), (USERS, "site", "site"),
    ("/services/", "kind", "name"), ("/services/", "site", "site"),
    ("/assignments/services/", "site", "site"), ("/sip-trunks/", "site", "site"),
]  # fmt: skip


@pytest.mark.parametrize(("url", "sort", "column"), ORDERS)
def test_more_orders_than_one(
    world: World, client: Client, url: str, sort: str, column: str
) -> None:
    PhoneNumber.objects.filter(site__name="Lyon").update(number="+33199999999")
    Device.objects.filter(site__name="Lyon").update(name="Zinc", mac="00:00:00:00:00:01")
    Subscriber.objects.filter(site__name="Lyon").update(extension="999", search_key="")
    Service.objects.filter(site__name="Lyon").update(kind="receptionist", search_key="")
    up, down = (
        list(map(str, visitors.columns(client.get(f"{url}?sort={sign}{sort}"), column)))
        for sign in ("", "-")
    )
    assert len(set(up)) == 2
    assert up == down[::-1]
    if sort == "site":
        assert up == ["Lyon", "Paris"]


class Cells(HTMLParser):
    """How many pieces stand side by side in each cell of a table."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.open: list[str] = ["outside"]
        self.pieces: list[int] = []
        self.feed(page.partition("<tbody")[2].partition("</tbody>")[0])

    def handle_starttag(self, tag: str, attrs: object) -> None:
        if tag in {"td", "th"}:
            self.open, self.pieces = [], [*self.pieces, 0]
        else:
            self.count()
            if tag not in {"wbr", "path", "circle", "line", "rect", "use"}:
                self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag in {"td", "th"}:
            self.open = ["outside"]
        elif tag in self.open:
            self.open.remove(tag)

    def handle_data(self, data: str) -> None:
        if data.strip():
            self.count()

    def count(self) -> None:
        if not self.open:
            self.pieces[-1] += 1


@pytest.mark.parametrize("url", LISTS[:8])
def test_a_cell_is_one_piece_and_never_empty(world: World, client: Client, url: str) -> None:
    """On a narrow screen its label stands on its left, and one piece on the right."""
    numbers = PhoneNumber.objects.filter(site__name="Lyon")
    numbers.update(service=Service.objects.get(site__name="Lyon"))
    EquipmentRequest.objects.filter(site__name="Lyon").delete()
    Subscriber.objects.update(email="")
    pieces = Cells(client.get(url).content.decode()).pieces
    assert len(pieces) >= 8
    assert set(pieces) == {1}


@pytest.mark.parametrize(("url", "own"), [(NUMBERS, "number"), (DEVICES, "mac"), (USERS, "name")])
def test_what_is_too_much_to_sort_keeps_the_order_of_its_index(
    world: World, client: Client, url: str, own: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "sort=site" in client.get(url).content.decode()
    monkeypatch.setattr(paging, "CAP", 1)
    page = client.get(f"{url}?sort=-site").content.decode()
    assert "sort=site" not in page
    assert f"sort={own}" in page


@pytest.mark.parametrize("url", LISTS[:8])
def test_the_first_cell_is_the_head_of_its_row(world: World, client: Client, url: str) -> None:
    """Whoever goes down a column hears of what each cell is."""
    rows = re.findall(r'<tr role="row"><(.*?)</tr>', visitors.body(client.get(url)), re.DOTALL)
    assert rows
    for row in rows:
        assert re.match(r'th [^>]*scope="row" role="rowheader"', row)
        assert row.count("<th") == 0
