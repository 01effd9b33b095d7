"""«Rapports»: heads and links that say what a row is of, figures grouped, colours explained."""

import pytest
from django.test import Client
from django.utils import timezone

from permissions.features import FeatureCode as F
from portal import reports
from portal.reports import REPORTS
from portal.tables import reports as tables_of_reports
from portal.tables.reports import FigureColumn
from sites import paging
from sites.models import CallRecord
from tests import visitors
from tests.portal import lists
from tests.world import World

URL = "/reports/"
OF_SITES = ["inventory", "assignments", "calls"]


@pytest.fixture
def world(furnished: World) -> World:
    return furnished


@pytest.fixture
def reader(world: World) -> Client:
    return visitors.visitor(lists.holder(world, F.REPORTS, sites="Paris Lyon"))


def report(client: Client, name: str) -> str:
    return client.get(URL, {"report": name}).content.decode()


def test_every_report_is_tested_here() -> None:
    assert set(REPORTS) == {*OF_SITES, "administrators"}


@pytest.mark.parametrize("name", OF_SITES)
def test_a_row_of_a_site_leads_to_the_site(world: World, reader: Client, name: str) -> None:
    page = reader.get(URL, {"report": name})
    links = [url for url in visitors.links(page) if url.startswith("/sites/") and url != "/sites/"]
    expected = [f"/sites/{world.places[site]}/" for site in ("Lyon", "Paris")]
    assert [url for url in links if url in expected] == expected
    assert {reader.get(url).status_code for url in expected} == {200}
    assert lists.rows_of(reader, URL, "csv", report=name)[0][0] == "Site"
    assert [row[0] for row in lists.rows_of(reader, URL, "csv", report=name)[1:]] == [
        "Lyon", "Paris",
    ]  # fmt: skip


@pytest.mark.parametrize("name", REPORTS)
def test_rows_of_one_figure_keep_an_order(world: World, name: str) -> None:
    """Else a page could repeat rows of the last one, and others would stand on none."""
    client = visitors.visitor(world["R"])
    for figure in REPORTS[name].figures:
        for sort, last in ((figure, "pk"), (f"-{figure}", "-pk")):
            table = client.get(URL, {"report": name, "sort": sort}).context["table"]
            assert table.data.data.query.order_by[-1] == last, (figure, sort)


@pytest.mark.parametrize(("cap", "is_sorted"), [(3, False), (20, True)])
@pytest.mark.parametrize(
    ("url", "figure"),
    [
        (f"{URL}?report=inventory", "phonenumber_count"),
        (f"{URL}?report=administrators", "site_count"),
        ("/sites/?", "city"),
    ],
)
def test_a_great_many_are_sorted_by_their_names_alone(
    world: World, monkeypatch: pytest.MonkeyPatch, url: str, figure: str, cap: int, is_sorted: bool
) -> None:
    monkeypatch.setattr(paging, "CAP", cap)
    client = visitors.visitor(world["R"])
    orders = {
        name: client.get(f"{url}&sort={name}").context["table"].data.data.query.order_by
        for name in (figure, "-name")
    }
    assert orders[figure][0] == (figure if is_sorted else "search_key")
    assert orders["-name"] == ("-search_key", "-pk")


def test_a_row_of_a_person_leads_to_the_person(world: World) -> None:
    client = visitors.visitor(world["A"])
    page = client.get(URL, {"report": "administrators"})
    url = f"/administrators/{world['B'].pk}/"
    found = [link for link in visitors.links(page) if link.startswith(url)]
    assert len(found) == 1
    assert client.get(found[0]).status_code == 200
    assert lists.rows_of(client, URL, "csv", report="administrators")[0][0] == "Nom"


def test_the_features_of_each_person_are_named(world: World) -> None:
    person = lists.holder(world, F.NOTES, F.ORDERS, F.DASHBOARD)
    client = visitors.visitor(world["R"])
    for kind in ("csv", "xlsx"):
        head, *rows = lists.rows_of(client, URL, kind, report="administrators")
        assert head == ["Nom", "Nom d’utilisateur", "État", "Sites", "Fonctionnalités",
                        "Détail des sites", "Détail des fonctionnalités"]  # fmt: skip
        (row,) = [row for row in rows if row[1] == person.username]
        assert row[4] == "3"
        assert row[6] == "Tableau de bord, Remarques, Commandes"
    page = client.get(URL, {"report": "administrators", "per_page": "100"})
    assert "Tableau de bord, Remarques, Commandes" in visitors.words(page)


def test_the_sites_of_each_person_are_named(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of many the first; who holds all, later ones included, holds more than each of today's."""

    def ask() -> dict[str, str]:
        client = visitors.visitor(world["R"])
        rows = lists.rows_of(client, URL, "csv", report="administrators")
        return {row[1]: row[5] for row in rows}

    named = ask()
    assert named["user-b"] == "Lille, Lyon, Paris"
    assert named["user-s"] == "Tous les sites, présents et à venir"
    assert named["user-z"] == ""
    monkeypatch.setattr(reports, "NAMED", 2)
    monkeypatch.setattr(tables_of_reports, "NAMED", 2)
    assert ask()["user-b"].endswith(", …")


def test_the_state_is_a_badge_as_in_the_list(world: World) -> None:
    client = visitors.visitor(world["R"])
    page = client.get(URL, {"report": "administrators", "per_page": "100"})
    (disabled,) = [r for r in page.context["table"].paginated_rows if r.record == world["D"]]
    assert 'class="state state-disabled"' in disabled.get_cell("state__label")
    rows = lists.rows_of(client, URL, "csv", report="administrators")
    assert {row[1]: row[2] for row in rows}["user-d"] == "Désactivé"


def test_naming_the_features_takes_no_query_for_each(world: World) -> None:
    client = visitors.visitor(world["A"])

    def ask() -> int:
        return lists.queries(lambda: client.get(URL, {"report": "administrators"}))

    before = ask()
    for _time in range(3):
        lists.holder(world, F.NOTES, parent="A")
    assert ask() == before <= 6


@pytest.mark.parametrize(
    ("name", "drawn", "other", "key"),
    [
        ("assignments", "chart-rest", "chart-missed", "Numéros attribués Numéros disponibles"),
        ("calls", "chart-missed", "chart-rest", "Répondus Manqués"),
    ],
)
def test_colours_are_explained(reader: Client, name: str, drawn: str, other: str, key: str) -> None:
    CallRecord.objects.update(at=timezone.now())
    page = reader.get(URL, {"report": name})
    assert f"{REPORTS[name].label} {key} Site" in visitors.words(page)
    assert f'class="{drawn}"' in page.content.decode()
    assert f'class="{other}"' not in page.content.decode()


@pytest.mark.parametrize("name", ["inventory", "administrators"])
def test_where_nothing_is_drawn_nothing_is_explained(world: World, name: str) -> None:
    assert "chart-key" not in report(visitors.visitor(world["A"]), name)


def test_the_answer_rate_has_its_usual_name(reader: Client) -> None:
    assert "Taux de réponse" in report(reader, "calls")


def test_figures_are_grouped_on_the_screen_and_bare_in_files() -> None:
    column = FigureColumn()
    assert (column.render(value=1234567), column.value(value=1234567)) == (
        "1\u00a0234\u00a0567", 1234567,
    )  # fmt: skip


def test_what_could_never_have_a_row_is_not_offered(reader: Client) -> None:
    assert "Administrateurs et leurs droits" not in visitors.words(reader.get(URL))
    page = reader.get(URL, {"report": "administrators"})
    assert page.context["report"] is REPORTS["inventory"]
