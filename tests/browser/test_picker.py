"""Choosing sites out of many, with JavaScript and without."""

import pytest
from playwright.sync_api import Locator, Page, expect

from administrators.models import Administrator
from sites.models import Site
from tests.browser.conftest import Visit
from tests.browser.people import heading, next_page, press, said, save

pytestmark = pytest.mark.browser

TYPED = {
    "Nom d’utilisateur *": "nora.petit",
    "Prénom *": "Nora",
    "Nom de famille *": "Petit",
    "E-mail *": "nora@exemple.fr",
}


@pytest.fixture
def page(visit: Visit, scripts: bool) -> Page:
    """The sites of Melissa Kiviet, who holds 4 of 24."""
    page = visit("cmartin", java_script_enabled=scripts)
    page.goto(f"/administrators/{melissa().pk}/sites/")
    expect(page.get_by_text("4 sur 24 sélectionnés", exact=True)).to_be_visible()
    return page


def test_ticks_survive_searching_and_paging(page: Page) -> None:
    box(page, "Boutique Bordeaux").check()
    press(page, "Sites suivants")
    expect(page.get_by_text("Affichage 11 à 20 de 24 entrées")).to_be_visible()
    expect(page.get_by_text("5 sur 24 sélectionnés", exact=True)).to_be_visible()
    box(page, "Boutique Paris Bastille").uncheck()
    search(page, "strasbourg")
    expect(page.get_by_text("Affichage 1 à 1 de 1 entrée")).to_be_visible()
    box(page, "Boutique Strasbourg").check()
    search(page, "")
    expect(box(page, "Boutique Bordeaux")).to_be_checked()
    press(page, "Sites suivants")
    expect(box(page, "Boutique Paris Bastille")).not_to_be_checked()
    press(page, "Sites précédents")
    expect(page.get_by_text("Affichage 1 à 10 de 24 entrées")).to_be_visible()
    assert len(held()) == 4, "nothing is saved by looking around"
    save(page)
    expect(said(page)).to_have_text("Les modifications ont été enregistrées. 2 ajouts, 1 retrait.")
    assert {"Boutique Bordeaux", "Boutique Strasbourg"} < held()
    assert "Boutique Paris Bastille" not in held()


def test_select_all_results_of_a_search(page: Page) -> None:
    search(page, "rennes")
    expect(page.get_by_text("Affichage 1 à 2 de 2 entrées")).to_be_visible()
    press(page, "Sélectionner tous les résultats")
    expect(page.get_by_text("6 sur 24 sélectionnés", exact=True)).to_be_visible()
    search(page, "")
    press(page, "Sélectionner tous les résultats")
    expect(page.get_by_text("24 sur 24 sélectionnés", exact=True)).to_be_visible()
    search(page, "boutique")
    press(page, "Désélectionner tous les résultats")
    expect(page.get_by_text("4 sur 24 sélectionnés", exact=True)).to_be_visible()
    save(page)
    expect(said(page)).to_have_text("Les modifications ont été enregistrées. 3 ajouts, 3 retraits.")
    ateliers = {"Atelier Nantes Océan", "Atelier Rennes", "Atelier Île-de-France"}
    assert held() == ateliers | {"Siège social"}


def test_only_the_selected_ones(page: Page) -> None:
    press(page, "Afficher seulement les sites sélectionnés")
    expect(page.get_by_text("Affichage 1 à 4 de 4 entrées")).to_be_visible()
    for one in page.get_by_role("list").get_by_role("checkbox").all():
        expect(one).to_be_checked()
    press(page, "Afficher tous les sites")
    expect(page.get_by_text("Affichage 1 à 10 de 24 entrées")).to_be_visible()


def test_no_result(page: Page) -> None:
    search(page, "Ajaccio")
    expect(page.get_by_text("Aucun résultat pour « Ajaccio ».")).to_be_visible()
    expect(page.get_by_text("4 sur 24 sélectionnés", exact=True)).to_be_visible()


def test_enter_in_the_search_box_searches_and_does_not_save(page: Page) -> None:
    box(page, "Boutique Bordeaux").check()
    page.get_by_label("Rechercher un site").fill("lyon")
    page.get_by_label("Rechercher un site").press("Enter")
    expect(page.get_by_text("Affichage 1 à 1 de 1 entrée")).to_be_visible()
    expect(page.get_by_text("5 sur 24 sélectionnés", exact=True)).to_be_visible()
    expect(said(page)).to_have_count(0)
    assert len(held()) == 4


def test_save_saves_even_when_the_search_box_was_touched(page: Page) -> None:
    box(page, "Boutique Bordeaux").check()
    page.get_by_label("Rechercher un site").fill("lyon")
    save(page)
    expect(said(page)).to_have_text("Les modifications ont été enregistrées. 1 ajout.")
    assert "Boutique Bordeaux" in held()


def test_all_sites_present_and_future(page: Page) -> None:
    page.get_by_label("Tous les sites, présents et à venir").check()
    save(page)
    expect(said(page)).to_have_text("Les modifications ont été enregistrées. 20 ajouts.")
    expect(page.get_by_label("Tous les sites, présents et à venir")).to_be_checked()
    expect(page.get_by_label("Rechercher un site")).to_be_hidden()
    assert melissa().all_sites
    assert len(held()) == 24


def test_enter_in_any_other_field_saves(visit: Visit) -> None:
    page = visit("cmartin")
    fill_and_press_enter(page)
    expect(heading(page)).to_have_text("Nora Petit")


def test_enter_without_javascript_saves_nothing_and_keeps_what_was_typed(visit: Visit) -> None:
    """A form has one button for Enter, and there it is the harmless one, which searches."""
    page = visit("cmartin", java_script_enabled=False)
    fill_and_press_enter(page)
    expect(heading(page)).to_have_text("Créer un administrateur")
    expect(page.get_by_role("alert")).to_have_count(0)
    for label, value in TYPED.items():
        expect(page.get_by_label(label, exact=True)).to_have_value(value)
    assert not Administrator.objects.filter(username="nora.petit").exists()
    press(page, "Créer un administrateur")
    expect(heading(page)).to_have_text("Nora Petit")


def fill_and_press_enter(page: Page) -> None:
    page.goto("/administrators/create/")
    for label, value in TYPED.items():
        page.get_by_label(label, exact=True).fill(value)
    with next_page(page):
        page.get_by_label("Nom de famille *").press("Enter")


@pytest.fixture
def keyed(visit: Visit) -> Page:
    """The same page under the keyboard, where htmx replaces the picker."""
    page = visit("cmartin")
    page.goto(f"/administrators/{melissa().pk}/sites/")
    return page


def test_the_button_that_shows_fewer_or_all_keeps_the_focus(keyed: Page) -> None:
    enter(keyed, "Afficher seulement les sites sélectionnés")
    expect(button(keyed, "Afficher tous les sites")).to_be_focused()
    enter(keyed, "Afficher tous les sites")
    expect(button(keyed, "Afficher seulement les sites sélectionnés")).to_be_focused()


def test_where_the_button_is_gone_the_count_has_the_focus(keyed: Page) -> None:
    """It stands above the list that has just changed: the next Tab goes on from there."""
    count = keyed.locator(".picker-count")
    enter(keyed, "Sites suivants")
    expect(button(keyed, "Sites suivants")).to_be_focused()
    enter(keyed, "Sites suivants")
    expect(count).to_be_focused()
    enter(keyed, "Sites précédents")
    enter(keyed, "Sites précédents")
    expect(count).to_be_focused()
    search(keyed, "Ajaccio")
    settled(keyed)
    enter(keyed, "Afficher tous les sites")
    expect(count).to_be_focused()


def test_what_a_search_finds_is_announced(keyed: Page) -> None:
    """By an element that stays: what is replaced with the list announces nothing."""
    status = keyed.locator("form").get_by_role("status")
    expect(status).to_have_text("")
    status.evaluate("status => { status.stayed = true; }")
    search(keyed, "rennes")
    expect(status).to_have_text("2 sites trouvés, page 1 sur 1, 4 sur 24 sélectionnés")
    box(keyed, "Atelier Rennes").check()
    expect(status).to_have_text("5 sur 24 sélectionnés")
    expect(keyed.locator(".picker-count")).to_have_text("5 sur 24 sélectionnés")
    search(keyed, "Ajaccio")
    expect(status).to_have_text("0 site trouvé, page 1 sur 1, 5 sur 24 sélectionnés")
    assert status.evaluate("status => status.stayed")


def button(page: Page, name: str) -> Locator:
    return page.get_by_role("button", name=name, exact=True)


def enter(page: Page, name: str) -> None:
    """Press a button by the keyboard, and wait for the answer."""
    with page.expect_response("**/sites/"):
        button(page, name).press("Enter")
    settled(page)


def settled(page: Page) -> None:
    """The buttons of the answer are htmx's a moment after they are seen."""
    expect(page.locator(".htmx-request, .htmx-settling")).to_have_count(0)


def melissa() -> Administrator:
    return Administrator.objects.get(username="mkievit")


def held() -> set[str]:
    """The names of the sites that Melissa holds now."""
    return {site.name for site in Site.objects.held_by(melissa())}


def box(page: Page, site: str) -> Locator:
    return page.get_by_role("checkbox", name=site)


def search(page: Page, words: str) -> None:
    page.get_by_label("Rechercher un site").fill(words)
    press(page, "Rechercher")
    # What was typed last is an attribute only once the server has answered.
    expect(page.get_by_label("Rechercher un site")).to_have_attribute("value", words)
