"""Menus open, and choices are taken, in a browser that runs no script."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Visit
from tests.browser.people import heading, profile_menu

pytestmark = pytest.mark.browser
PHONE = {"width": 390, "height": 844}


@pytest.fixture
def page(visit: Visit) -> Page:
    """Claire Martin on her phone."""
    page = visit("cmartin", java_script_enabled=False, viewport=PHONE)
    page.goto("/administrators/")
    return page


def test_the_side_menu_opens_and_closes_on_a_phone(page: Page) -> None:
    menu = page.get_by_role("navigation", name="Menu principal")
    expect(menu).to_be_hidden()
    page.get_by_role("button", name="Menu principal").click()
    expect(menu).to_be_visible()
    page.get_by_role("button", name="Fermer le menu").click()
    expect(menu).to_be_hidden()
    page.get_by_role("button", name="Menu principal").click()
    menu.get_by_role("link", name="Rapports").click()
    expect(heading(page)).to_have_text("Rapports")


def test_the_profile_menu_opens_and_closes(page: Page) -> None:
    entry = page.get_by_role("link", name="Mon compte")
    expect(entry).to_be_hidden()
    profile_menu(page)
    expect(entry).to_be_visible()
    page.get_by_role("banner").locator("details > summary").click()
    expect(entry).to_be_hidden()
    profile_menu(page).get_by_role("link", name="Mon compte").click()
    expect(heading(page)).to_have_text("Mon compte")


def test_the_list_is_filtered(page: Page) -> None:
    page.get_by_label("État").select_option("Désactivé")
    page.get_by_role("button", name="Filtrer").click()
    expect(page.get_by_text("Affichage 1 à 1 de 1 entrée")).to_be_visible()
    expect(page.get_by_role("link", name="Nathalie Fontaine", exact=True)).to_be_visible()
    page.get_by_role("link", name="Retirer ce filtre").click()
    page.get_by_label("Rechercher").fill("elodie")
    page.get_by_role("button", name="Filtrer").click()
    expect(page.get_by_role("link", name="Élodie Rousseau", exact=True)).to_be_visible()
    expect(page.get_by_text("Affichage 1 à 1 de 1 entrée")).to_be_visible()
