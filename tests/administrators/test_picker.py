"""Choosing sites out of many, without JavaScript: each button is a request (ATTACKS 23)."""

from dataclasses import dataclass
from typing import Any

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import Client

from administrators import pickers
from administrators.models import Administrator
from permissions import rules
from permissions.features import FeatureCode
from sites.models import Site
from tests import factories, pages, visitors

NAMES = [f"Agence {number:02}" for number in range(1, 26)] + ["Café Élysée", "100 % Pain_s"]


@dataclass(frozen=True)
class Scene:
    """A root with 27 sites, and a child who holds the first 12."""

    client: Client
    child: Administrator
    sites: dict[str, int]

    @property
    def url(self) -> str:
        return f"/administrators/{self.child.pk}/sites/"

    def held(self) -> set[str]:
        return set(rules.held_sites(self.child).values_list("name", flat=True))


@pytest.fixture
def scene(db: None) -> Scene:
    customer, sites = factories.enterprise("Grande", *NAMES)
    for site in sites:
        site.save()
    root = factories.root(customer, "racine")
    factories.hold(root, sites, FeatureCode.values)
    child = factories.person("enfant", parent=root)
    child.save()
    factories.hold(child, sites[:12])
    return Scene(visitors.visitor(root), child, {site.name: site.pk for site in sites})


def press(scene: Scene, page: HttpResponse, button: str, **typed: Any) -> HttpResponse:
    """Type that and press a button of the picker; nothing may be saved."""
    before = visitors.everything()
    data = pages.form(page, **{"picker-go": button}, **_dashed(typed))
    response = scene.client.post(page.request["PATH_INFO"], data)
    assert response.status_code == 200
    assert visitors.everything() == before
    return response


def save(scene: Scene, page: HttpResponse, **typed: Any) -> HttpResponse:
    return scene.client.post(page.request["PATH_INFO"], pages.form(page, **_dashed(typed)))


def _dashed(typed: dict[str, Any]) -> dict[str, Any]:
    return {name.replace("picker_", "picker-"): value for name, value in typed.items()}


def ticked(page: HttpResponse) -> set[str]:
    names = dict(Site.objects.values_list("pk", "name"))
    return {names[int(pk)] for pk in pages.read(page).data.get("picker-tick", [])}


def offered(page: HttpResponse) -> list[str]:
    names = dict(Site.objects.values_list("pk", "name"))
    return [names[int(pk)] for pk in pages.read(page).choices.get("picker-tick", [])]


def first(numbers: range) -> set[str]:
    return {f"Agence {number:02}" for number in numbers}


def test_ten_a_page_with_what_is_held_ticked(scene: Scene) -> None:
    page = scene.client.get(scene.url)
    assert offered(page) == ["100 % Pain_s", *sorted(first(range(1, 10)))]
    assert ticked(page) == first(range(1, 10))
    assert "12 sur 27 sélectionnés" in visitors.words(page)


def test_ticks_survive_paging(scene: Scene) -> None:
    page = scene.client.get(scene.url)
    gone = str(scene.sites["Agence 01"])
    kept = [pk for pk in pages.read(page).data["picker-tick"] if pk != gone]
    page = press(scene, page, "page:2", picker_tick=kept)
    page = press(scene, page, "page:3", picker_tick=[str(scene.sites["Agence 15"])])
    page = press(scene, page, "page:1")
    assert ticked(page) == first(range(2, 10))
    save(scene, page)
    assert scene.held() == first(range(2, 10)) | {"Agence 15"}


def test_ticks_survive_a_search(scene: Scene) -> None:
    page = press(scene, scene.client.get(scene.url), "search", picker_q="elysee")
    assert offered(page) == ["Café Élysée"]
    page = press(scene, page, "search", picker_q="", picker_tick=[str(scene.sites["Café Élysée"])])
    save(scene, page)
    assert scene.held() == first(range(1, 13)) | {"Café Élysée"}


@pytest.mark.parametrize(
    ("query", "found"),
    [("%", ["100 % Pain_s"]), ("_", ["100 % Pain_s"]), ("AGENCE 07", ["Agence 07"]), ("\\", []),
     ("'", []), ("\0", NAMES), ("x" * 100_000, [])],
)  # fmt: skip
def test_a_search_is_literal(scene: Scene, query: str, found: list[str]) -> None:
    page = press(scene, scene.client.get(scene.url), "search", picker_q=query)
    assert set(offered(page)) <= set(found)
    assert len(offered(page)) == min(len(found), 10)


@pytest.mark.parametrize("url", ["{}", "/administrators/create/"])
def test_enter_in_any_field_searches_and_never_saves(scene: Scene, url: str) -> None:
    page = scene.client.get(url.format(scene.url)).content.decode()
    form = page[page.index("data-warn-unsaved") :]
    first_button = form[form.index('<button type="submit"') :].split(">")[0]
    assert 'name="picker-go" value="search"' in first_button


def test_select_all_results_selects_those_found(scene: Scene) -> None:
    page = press(scene, scene.client.get(scene.url), "search", picker_q="agence 2")
    page = press(scene, page, "tick")
    assert "18 sur 27 sélectionnés" in visitors.words(page)
    save(scene, page)
    assert scene.held() == first(range(1, 13)) | first(range(20, 26))


def test_unselect_all_results(scene: Scene) -> None:
    page = press(scene, scene.client.get(scene.url), "untick")
    assert "0 sur 27 sélectionné" in visitors.words(page)
    save(scene, page)
    assert scene.held() == set()


def test_only_the_ticked(scene: Scene) -> None:
    page = press(scene, scene.client.get(scene.url), "only")
    assert len(offered(page)) == 10
    page = press(scene, page, "page:2")
    assert offered(page) == ["Agence 11", "Agence 12"]
    assert offered(press(scene, page, "all"))[0] == "100 % Pain_s"


@pytest.mark.parametrize("button", ["page:999", "page:-1", "page:abc", "page:", "steal", "\0", ":"])
def test_absurd_buttons_save_nothing(scene: Scene, button: str) -> None:
    assert offered(press(scene, scene.client.get(scene.url), button))


def test_the_last_press_counts(scene: Scene) -> None:
    page = press(scene, scene.client.get(scene.url), "tick")
    page = press(scene, page, "untick")
    page = press(scene, page, "search", picker_q="agence 01")
    page = press(scene, page, "tick")
    save(scene, page)
    assert scene.held() == {"Agence 01"}


def test_all_sites_present_and_future(scene: Scene) -> None:
    save(scene, scene.client.get(scene.url), all_sites="on")
    assert scene.held() == set(NAMES)
    assert Administrator.objects.get(pk=scene.child.pk).all_sites


def test_all_sites_ended_keeps_those_of_today(scene: Scene) -> None:
    save(scene, scene.client.get(scene.url), all_sites="on")
    page = scene.client.get(scene.url)
    data = {k: v for k, v in pages.form(page).items() if k != "all_sites"}
    scene.client.post(scene.url, data)
    assert not Administrator.objects.get(pk=scene.child.pk).all_sites
    assert scene.held() == set(NAMES)


def test_browsing_while_creating_keeps_what_was_typed(scene: Scene) -> None:
    page = scene.client.get("/administrators/create/")
    typed = {"username": "nina", "email": "pas encore", "features": ["notes"]}
    page = press(scene, page, "page:2", picker_tick=[str(scene.sites["Agence 02"])], **typed)
    kept = pages.read(page)
    assert [kept.data[name] for name in typed] == [["nina"], ["pas encore"], ["notes"]]
    assert "error-summary" not in page.content.decode()
    assert "1 sur 27 sélectionné" in visitors.words(page)


def test_thousands_of_sites_in_one_save(scene: Scene) -> None:
    root = scene.child.parent
    more = [Site(enterprise=root.enterprise, name=f"Lot {n}", search_key=f"lot {n}")
            for n in range(3000)]  # fmt: skip
    factories.hold(root, Site.objects.bulk_create(more))
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")  # PostgreSQL does it by itself, later than a test can wait
    page = press(scene, scene.client.get(scene.url), "search", picker_q="lot")
    save(scene, press(scene, page, "tick"))
    assert rules.held_sites(scene.child).count() == 3012


def test_no_more_is_ticked_than_one_save_carries(
    scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Else the next page would refuse what this one had ticked, and all that was typed with it."""
    monkeypatch.setattr(pickers, "MOST", 14)
    page = press(scene, scene.client.get(scene.url), "tick")
    assert "modifier au plus 14 sites" in visitors.words(page)
    assert "12 sur 27 sélectionnés" in visitors.words(page)
    page = press(scene, page, "search", picker_q="agence 2")
    page = press(scene, page, "tick")
    assert "18 sur 27 sélectionnés" in visitors.words(page)
