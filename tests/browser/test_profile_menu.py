"""The list of profile options: every entry works, and none is shown that one may not use."""

import pytest
from playwright.sync_api import Page, expect

from administrators import services
from administrators.emails import send_due
from administrators.models import Administrator
from tests.browser.conftest import Visit
from tests.browser.faults import Faults
from tests.browser.people import choose, heading, press, profile_menu, said, sign_in, sign_out

pytestmark = pytest.mark.browser
# what the entry says, what the page that it opens is called
ENTRIES = {
    "Profil Entreprise": "Profil Entreprise",
    "Détails de connexion": "Détails de connexion",
    "Mon compte": "Mon compte",
    "Gérer les administrateurs": "Gérer les administrateurs",
    "Envoyer l’avis": "Envoyer l’avis",
    "Documentation": "Documentation",
    "Déclaration de confidentialité": "Déclaration de confidentialité",
}
FOR_EVERYBODY = [
    entry for entry in ENTRIES if entry not in {"Profil Entreprise", "Gérer les administrateurs"}
]
DARK = "rgb(16, 22, 29)"


def entries(page: Page) -> list[str]:
    links = profile_menu(page).get_by_role("link").all_inner_texts()
    return [text.strip() for text in links]


def test_every_entry_opens_its_page(visit: Visit) -> None:
    page = visit("cmartin")
    page.goto("/")
    assert entries(page) == list(ENTRIES)
    expect(page.get_by_text("Sélectionner la langue")).to_be_visible()
    expect(page.get_by_role("button", name="Déconnexion")).to_be_visible()
    page.reload()
    for entry, title in ENTRIES.items():
        choose(page, entry)
        expect(heading(page)).to_have_text(title)
    expect(page.get_by_role("article")).to_be_visible()


def test_entries_that_one_may_not_use_are_absent(visit: Visit, faults: Faults) -> None:
    faults.expected = {403, 404}
    page = visit("jwagner")
    page.goto("/")
    assert entries(page) == FOR_EVERYBODY
    page.goto("/administrators/")
    expect(heading(page)).to_have_text("Accès non attribué")
    page.goto("/profile/")
    expect(heading(page)).to_have_text("Accès non attribué")
    page.goto("/admin/")
    expect(heading(page)).to_have_text("Page introuvable")
    page.get_by_role("link", name="Revenir à l’accueil").click()
    expect(heading(page)).to_have_text("Tableau de bord")
    expect(page.get_by_role("banner").get_by_role("link", name="Commandes")).to_be_visible()


def test_whoever_holds_no_feature_is_told_whom_to_ask(visit: Visit) -> None:
    claire = Administrator.objects.get(username="cmartin")
    details = {"username": "nouveau", "first_name": "Noé", "last_name": "Roy", "email": "n@x.fr"}
    services.create_administrator(by=claire, details=details)
    Administrator.objects.filter(username="nouveau").update(must_change_password=False)
    page = visit("nouveau")
    page.goto("/")
    expect(heading(page)).to_have_text("Bienvenue")
    expect(page.get_by_text("Adressez-vous à Claire Martin")).to_be_visible()
    menu = page.get_by_role("navigation", name="Menu principal").get_by_role("link")
    assert menu.all_inner_texts() == ["Sites"]
    assert entries(page) == FOR_EVERYBODY


def test_own_details_can_be_changed_and_rights_only_read(visit: Visit) -> None:
    page = visit("jfennell")
    page.goto("/account/")
    page.get_by_label("Numéro de téléphone portable").fill("06 12 34 56 78")
    press(page, "Enregistrer")
    expect(said(page)).to_contain_text("Les modifications ont été enregistrées.")
    expect(page.get_by_label("Numéro de téléphone portable")).to_have_value("06 12 34 56 78")
    rights = page.get_by_role("region", name="Mes autorisations")
    expect(rights).to_contain_text("Claire Martin")
    expect(rights.get_by_role("link", name="Voir les 9 sites")).to_be_visible()
    expect(rights.get_by_role("checkbox")).to_have_count(0)


def test_the_language_is_remembered_on_the_account(visit: Visit) -> None:
    page = visit("cmartin")
    page.goto("/administrators/")
    profile_menu(page).get_by_role("button", name="English").click()
    expect(heading(page)).to_have_text("Manage Admins")
    expect(page.get_by_text("Showing 1 to 7 of 7 entries")).to_be_visible()
    menu = profile_menu(page)
    menu.get_by_role("button", name="Sign Out").click()
    expect(heading(page)).to_have_text("Sign in")
    elsewhere = visit()
    sign_in(elsewhere, "cmartin")
    expect(heading(elsewhere)).to_have_text("Dashboard")
    profile_menu(elsewhere).get_by_role("button", name="Français").click()
    expect(heading(elsewhere)).to_have_text("Tableau de bord")


def test_the_theme_can_be_chosen(visit: Visit) -> None:
    page = visit("cmartin", color_scheme="light")
    page.goto("/administrators/")
    body = page.locator("body")
    expect(body).not_to_have_css("background-color", DARK)
    profile_menu(page).get_by_role("button", name="Sombre").click()
    expect(body).to_have_css("background-color", DARK)
    page.goto("/account/")
    expect(body).to_have_css("background-color", DARK)
    profile_menu(page).get_by_role("button", name="Système").click()
    expect(body).not_to_have_css("background-color", DARK)
    page.emulate_media(color_scheme="dark")
    expect(body).to_have_css("background-color", DARK)


def test_feedback_reaches_the_operator(visit: Visit, mailoutbox: list) -> None:
    page = visit("mkievit")
    page.goto("/")
    choose(page, "Envoyer l’avis")
    page.get_by_label("Votre message").fill("Merci pour la liste des sites.")
    press(page, "Envoyer")
    expect(said(page)).to_have_text("Merci. Votre message a été transmis à l’opérateur.")
    assert send_due() == 1
    assert mailoutbox[0].to == ["operateur@portail.example"]
    assert mailoutbox[0].reply_to == ["melissa.kiviet@boulangeries-martin.example"]
    assert "Merci pour la liste des sites." in mailoutbox[0].body


def test_the_last_sign_in_is_told_until_closed(visit: Visit) -> None:
    page = visit()
    sign_in(page, "cmartin")
    expect(page.get_by_text("C’est votre première connexion.")).to_be_visible()
    sign_out(page)
    for _ in range(2):
        sign_in(page, "cmartin", "pas-le-bon")
        expect(page.get_by_role("alert")).to_contain_text("est incorrect")
    sign_in(page, "cmartin")
    notice = page.get_by_role("region", name="Dernière connexion")
    expect(notice).to_contain_text("Connexion réussie. La précédente date du")
    expect(notice).to_contain_text("2 échecs de connexion depuis")
    page.goto("/sites/")
    expect(notice).to_be_visible()
    notice.get_by_role("button", name="Fermer").click()
    expect(heading(page)).to_have_text("Sites")
    expect(notice).to_have_count(0)
    page.goto("/")
    expect(notice).to_have_count(0)


def test_after_signing_out_the_back_button_shows_nothing(visit: Visit) -> None:
    page = visit("cmartin")
    page.goto("/account/")
    page.goto("/administrators/")
    expect(page.get_by_role("link", name="Jim Fennell", exact=True)).to_be_visible()
    sign_out(page)
    for _ in range(2):
        page.go_back()
        expect(heading(page)).to_have_text("Connexion")
        assert "Jim Fennell" not in page.content()
        assert "Claire Martin" not in page.content()
