"""The three procedures of the source document, in its words, by the root of an enterprise."""

import pytest
from playwright.sync_api import Page, expect

from administrators.models import Administrator
from tests.browser.conftest import Visit
from tests.browser.people import (
    choose,
    field,
    heading,
    names,
    next_page,
    press,
    row,
    said,
    save,
    screen,
    sign_in,
)
from tests.factories import children

pytestmark = pytest.mark.browser
BY_NAME = [
    "Élodie Rousseau",
    "Jim Fennell",
    "Justin Wagner",
    "Karim Benali",
    "Melissa Kiviet",
    "Nathalie Fontaine",
    "Thomas Girard",
]
BY_USERNAME = ["erousseau", "jfennell", "jwagner", "kbenali", "mkievit", "nfontaine", "tgirard"]


@pytest.fixture
def page(visit: Visit, scripts: bool) -> Page:
    """Claire Martin, root of «Boulangeries Martin», signed in."""
    return visit("cmartin", java_script_enabled=scripts)


def test_manage_administrators(visit: Visit, scripts: bool) -> None:
    page = visit(java_script_enabled=scripts)
    sign_in(page, "cmartin")
    expect(heading(page)).to_have_text("Tableau de bord")
    choose(page, "Gérer les administrateurs")
    expect(heading(page)).to_have_text("Gérer les administrateurs")
    expect(page.get_by_text("Affichage 1 à 7 de 7 entrées")).to_be_visible()
    assert names(page) == BY_NAME
    for state in ("Actif", "Désactivé", "Mot de passe à changer"):
        expect(page.get_by_role("cell", name=state).first).to_be_visible()
    expect(page.get_by_role("link", name="Créer un administrateur")).to_be_visible()
    expect(page.get_by_role("link", name="Afficher/Modifier")).to_have_count(7)


def test_the_list_is_sorted_and_paged(page: Page) -> None:
    page.goto("/administrators/")
    sort(page, "Nom d’utilisateur", "ascending")
    assert names(page, "Nom d’utilisateur") == BY_USERNAME
    sort(page, "Nom d’utilisateur", "descending")
    assert names(page, "Nom d’utilisateur") == BY_USERNAME[::-1]
    sort(page, "Nom", "ascending")
    sort(page, "Nom", "descending")
    assert names(page) == BY_NAME[::-1]
    children(Administrator.objects.get(username="cmartin"), 53)
    page.reload()
    for size, last in ((10, 10), (25, 25), (50, 50), (100, 60)):
        per_page(page, size)
        expect(page.get_by_text(f"Affichage 1 à {last} de 60 entrées")).to_be_visible()
        expect(page.get_by_role("link", name="Afficher/Modifier")).to_have_count(last)


def test_the_list_is_as_one_left_it_after_an_edit(page: Page) -> None:
    children(Administrator.objects.get(username="cmartin"), 20)
    page.goto("/administrators/")
    sort(page, "Nom d’utilisateur", "ascending")
    page.get_by_role("navigation", name="Pages").get_by_role("link", name="Page 3").click()
    expect(page.get_by_text("Affichage 21 à 27 de 27 entrées")).to_be_visible()
    shown = names(page, "Nom d’utilisateur")
    row(page, "mkievit").get_by_role("link", name="Afficher/Modifier").click()
    expect(heading(page)).to_have_text("Melissa Kiviet")
    screen(page, "Adresse")
    field(page, "Ville").fill("Arcueil")
    save(page)
    expect(said(page)).to_have_text(
        "Les modifications ont été enregistrées. Champ modifié : Ville."
    )
    page.get_by_role("link", name="Gérer les administrateurs").first.click()
    expect(page.get_by_text("Affichage 21 à 27 de 27 entrées")).to_be_visible()
    assert names(page, "Nom d’utilisateur") == shown


def test_edit_an_existing_administrator(page: Page) -> None:
    """The five screens; each says what it saved."""
    page.goto("/administrators/")
    row(page, "jfennell").get_by_role("link", name="Afficher/Modifier").click()
    expect(heading(page)).to_have_text("Jim Fennell")
    expect(page.get_by_text("Détails de l’administrateur").first).to_be_visible()
    edit_account(page)
    edit_contact(page)
    edit_address(page)
    edit_sites(page)
    edit_features(page)
    jim = Administrator.objects.get(username="jim.fennell")
    assert (jim.work_phone.as_e164, jim.city) == ("+33199001234", "Saint-Herblain")


def edit_account(page: Page) -> None:
    expect(page.get_by_text("Utilisateur parent", exact=True)).to_be_visible()
    children_of_jim = page.get_by_role("definition").filter(has_text="Élodie Rousseau")
    for name in ("Élodie Rousseau", "Thomas Girard", "Karim Benali", "Nathalie Fontaine"):
        expect(children_of_jim.get_by_role("link", name=name)).to_be_visible()
    page.get_by_label("Nom d’utilisateur *").fill("jim.fennell")
    save(page)
    expect(said(page)).to_have_text(
        "Les modifications ont été enregistrées. Champ modifié : Nom d’utilisateur."
    )
    expect(page.get_by_label("Nom d’utilisateur *")).to_have_value("jim.fennell")


def edit_contact(page: Page) -> None:
    screen(page, "Contact principal")
    field(page, "Second prénom").fill("Léon")
    field(page, "Téléphone professionnel").fill("0199001234")
    save(page)
    expect(said(page)).to_have_text(
        "Les modifications ont été enregistrées. "
        "Champs modifiés : Second prénom, Téléphone professionnel."
    )
    expect(field(page, "Téléphone professionnel")).to_have_value("01 99 00 12 34")


def edit_address(page: Page) -> None:
    screen(page, "Adresse")
    field(page, "Ville").fill("Saint-Herblain")
    save(page)
    expect(said(page)).to_have_text(
        "Les modifications ont été enregistrées. Champ modifié : Ville."
    )


def edit_sites(page: Page) -> None:
    screen(page, "Autorisations du site")
    expect(page.get_by_text("9 sur 24 sélectionnés", exact=True)).to_be_visible()
    page.get_by_role("checkbox", name="Atelier Nantes Océan").uncheck()
    page.get_by_role("checkbox", name="Boutique Caen Saint-Pierre").check()
    page.get_by_role("checkbox", name="Boutique Bordeaux").check()
    save(page)
    expect(said(page)).to_have_text("Les modifications ont été enregistrées. 2 ajouts, 1 retrait.")
    expect(page.get_by_text("10 sur 24 sélectionnés", exact=True)).to_be_visible()


def edit_features(page: Page) -> None:
    screen(page, "Autorisations des fonctionnalités")
    expect(page.get_by_role("checkbox")).to_have_count(11)
    page.get_by_role("checkbox", name="Rapports").uncheck()
    page.get_by_role("checkbox", name="Jonction SIP").check()
    save(page)
    expect(
        page.get_by_text("2 administrateurs placés au-dessous perdront ce qui suit")
    ).to_be_visible()
    expect(page.get_by_text("Élodie Rousseau (erousseau)")).to_be_visible()
    press(page, "Retirer à Jim Léon Fennell et à 2 autres administrateurs")
    expect(said(page)).to_have_text(
        "Les modifications ont été enregistrées. 1 ajout, 1 retrait. "
        "Retiré aussi à 2 administrateurs placés au-dessous."
    )
    expect(page.get_by_role("checkbox", name="Jonction SIP")).to_be_checked()


def test_disable_and_enable(page: Page) -> None:
    page.goto("/administrators/")
    page.get_by_role("link", name="Jim Fennell", exact=True).click()
    page.get_by_role("link", name="Désactiver l’administrateur").click()
    expect(page.get_by_text("Jim Fennell (jfennell) ne pourra plus se connecter")).to_be_visible()
    expect(page.get_by_text("3 administrateurs actifs placés au-dessous")).to_be_visible()
    expect(page.get_by_text("Élodie Rousseau (erousseau)")).to_be_visible()
    page.get_by_role("link", name="Annuler").click()
    page.get_by_role("link", name="Désactiver l’administrateur").click()
    page.get_by_label("Seulement cette personne").check()
    press(page, "Désactiver Jim Fennell")
    expect(said(page)).to_have_text("Jim Fennell ne peut plus se connecter.")
    page.get_by_role("link", name="Réactiver l’administrateur").click()
    press(page, "Réactiver Jim Fennell")
    expect(said(page)).to_have_text("Jim Fennell peut de nouveau se connecter.")


def test_disable_a_whole_branch(page: Page) -> None:
    page.goto("/administrators/")
    page.get_by_role("link", name="Jim Fennell", exact=True).click()
    page.get_by_role("link", name="Désactiver l’administrateur").click()
    page.get_by_label("Toute la branche").check()
    press(page, "Désactiver Jim Fennell")
    expect(said(page)).to_have_text("4 comptes ont été désactivés.")


def sort(page: Page, column: str, direction: str) -> None:
    """Press the head of a column, and see in which direction it sorts now."""
    head = page.get_by_role("columnheader", name=column, exact=True)
    head.get_by_role("link").click()
    expect(head).to_have_attribute("aria-sort", direction)


def per_page(page: Page, size: int) -> None:
    menu = page.locator("details").filter(has_text="par page")
    menu.locator("summary").click()
    with next_page(page):
        menu.get_by_role("link", name=f"{size} par page", exact=True).click()
