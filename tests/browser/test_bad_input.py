"""Bad input: said in French beside the field and above, nothing typed is lost, nothing saved."""

import pytest
from playwright.sync_api import Dialog, Locator, Page, expect

from administrators.models import Administrator
from tests.browser.conftest import Visit
from tests.browser.people import field, heading, press, said, save

pytestmark = pytest.mark.browser
PHONE = "Saisissez un numéro tel que 01 23 45 67 89, ou +32 2 555 12 12 pour l’étranger."
TYPED = {
    "Nom d’utilisateur *": "jfennell",
    "Prénom *": "Nora",
    "E-mail *": "nora",
    "Téléphone professionnel": "12",
    "Ville": "Brest",
}


@pytest.fixture
def page(visit: Visit, scripts: bool) -> Page:
    return visit("cmartin", java_script_enabled=scripts)


def summary(page: Page) -> Locator:
    """What stands above a form that was refused."""
    return page.get_by_role("alert")


def test_errors_are_said_and_what_was_typed_is_kept(page: Page) -> None:
    page.goto("/administrators/create/")
    for label, value in TYPED.items():
        field(page, label).fill(value)
    page.get_by_role("checkbox", name="Atelier Rennes").check()
    page.get_by_role("checkbox", name="Rapports").check()
    press(page, "Créer un administrateur")
    expect(summary(page)).to_contain_text("3 points à corriger")
    expect(summary(page)).to_be_focused()
    for label in ("Nom de famille", "E-mail", "Téléphone professionnel"):
        expect(summary(page).get_by_role("link", name=f"{label} – ")).to_be_visible()
    invalid = field(page, "Téléphone professionnel")
    expect(invalid).to_have_attribute("aria-invalid", "true")
    expect(invalid).to_have_accessible_description(PHONE)
    expect(field(page, "Nom de famille *")).to_have_accessible_description(
        "Ce champ est obligatoire : renseignez-le."
    )
    kept(page)
    summary(page).get_by_role("link", name="Téléphone professionnel").click()
    expect(invalid).to_be_focused()
    assert not Administrator.objects.filter(first_name="Nora").exists()


def kept(page: Page) -> None:
    for label, value in TYPED.items():
        expect(field(page, label)).to_have_value(value)
    expect(page.get_by_role("checkbox", name="Atelier Rennes")).to_be_checked()
    expect(page.get_by_role("checkbox", name="Rapports")).to_be_checked()


def test_what_only_the_act_can_refuse_is_said_beside_its_field(page: Page) -> None:
    page.goto("/administrators/create/")
    typed = TYPED | {
        "Nom de famille *": "Petit",
        "E-mail *": "nora@exemple.fr",
        "Téléphone professionnel": "",
    }
    for label, value in typed.items():
        field(page, label).fill(value)
    press(page, "Créer un administrateur")
    expect(summary(page)).to_contain_text("1 point à corriger")
    username = field(page, "Nom d’utilisateur *")
    expect(username).to_have_value("jfennell")
    expect(username).to_have_accessible_description(
        "De 3 à 64 caractères : lettres sans accent, chiffres, points, tirets et traits de "
        "soulignement. Ce nom d’utilisateur n’est pas disponible."
    )
    username.fill("nora.petit")
    press(page, "Créer un administrateur")
    expect(heading(page)).to_have_text("Nora Petit")


def test_a_stale_edit_says_by_whom_and_is_saved_the_second_time(page: Page, visit: Visit) -> None:
    jim = Administrator.objects.get(username="jfennell")
    page.goto(f"/administrators/{jim.pk}/address/")
    field(page, "Ville").fill("Rezé")
    jim_himself = visit("jfennell")
    jim_himself.goto("/account/")
    field(jim_himself, "Ville").fill("Vertou")
    save(jim_himself)
    expect(said(jim_himself)).to_contain_text("Les modifications ont été enregistrées.")
    save(page)
    expect(summary(page)).to_contain_text(
        "Cette fiche a été modifiée entre-temps par Jim Fennell. "
        "Vos changements n’ont pas été enregistrés."
    )
    expect(summary(page)).to_be_focused()
    expect(field(page, "Ville")).to_have_value("Rezé")
    expect(field(page, "Ville")).to_have_accessible_description("Valeur actuelle : Vertou")
    save(page)
    expect(said(page)).to_have_text(
        "Les modifications ont été enregistrées. Champ modifié : Ville."
    )
    jim.refresh_from_db()
    assert jim.city == "Rezé"


def test_unsaved_changes_are_announced_before_leaving(visit: Visit) -> None:
    page = visit("cmartin")
    announced: list[str] = []

    def stay(dialog: Dialog) -> None:
        announced.append(dialog.type)
        dialog.dismiss()

    page.on("dialog", stay)
    page.goto("/account/")
    field(page, "Ville").fill("Rezé")
    page.get_by_role("link", name="Documentation").last.click()
    expect(field(page, "Ville")).to_have_value("Rezé")
    assert announced == ["beforeunload"]
    save(page)
    expect(said(page)).to_contain_text("Les modifications ont été enregistrées.")
    page.get_by_role("link", name="Documentation").last.click()
    expect(heading(page)).to_have_text("Documentation")
    assert announced == ["beforeunload"]


def test_a_wrong_password_gets_one_sentence(visit: Visit, scripts: bool) -> None:
    """The same for a name that does not exist and for somebody who is disabled."""
    page = visit(java_script_enabled=scripts)
    for username in ("cmartin", "personne", "nfontaine"):
        page.goto("/sign-in/")
        page.get_by_label("Nom d’utilisateur").fill(username)
        page.get_by_label("Mot de passe").fill("pas-le-bon")
        press(page, "Se connecter")
        expect(summary(page)).to_contain_text(
            "Le nom d’utilisateur ou le mot de passe est incorrect. Après 5 échecs, la connexion "
            "est bloquée pendant 15 minutes."
        )
        expect(page.get_by_label("Nom d’utilisateur")).to_have_value(username)
