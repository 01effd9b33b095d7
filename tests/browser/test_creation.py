"""Creating an administrator, and what the created person then meets."""

import re
import socket
from collections.abc import Iterator
from email import message_from_bytes
from email.message import Message
from email.policy import default
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.handlers import Message as MessageHandler
from playwright.sync_api import Page, expect

from administrators.emails import send_due
from administrators.models import Administrator
from permissions import rules
from sites.models import Site
from tests.browser.conftest import Visit
from tests.browser.people import (
    choose,
    field,
    heading,
    names,
    press,
    profile_menu,
    row,
    said,
    save,
    screen,
    sign_in,
)

pytestmark = pytest.mark.browser
OWN_PASSWORD = "Fournil-Tiède-4471"
SITES = ["Boutique Brest Siam", "Boutique Paris Bastille", "Boutique Paris Batignolles"]
FEATURES = {"manage_administrators", "notes"}
TYPED = {
    "Nom d’utilisateur *": "nora.petit",
    "Prénom *": "Nora",
    "Second prénom": "Anne",
    "Nom de famille *": "Petit",
    "E-mail *": "nora.petit@boulangeries-martin.example",
    "Téléphone professionnel": "0199001234",
    "Numéro de fax": "01.99.00.12.35",
    "Numéro de téléphone portable": "06 12 34 56 78",
    "Numéro de téléphone fixe": "+33199001237",
    "Numéro et rue": "3 rue du Four",
    "Complément d’adresse": "Bâtiment B",
    "Code postal": "29200",
    "Ville": "Brest",
}
FORMATTED = {
    "Téléphone professionnel": "01 99 00 12 34",
    "Numéro de fax": "01 99 00 12 35",
    "Numéro de téléphone portable": "06 12 34 56 78",
    "Numéro de téléphone fixe": "01 99 00 12 37",
}


class Mailbox(MessageHandler):
    """Keeps what a mail server was sent."""

    def __init__(self) -> None:
        super().__init__()
        self.received: list[Message] = []

    def prepare_message(self, session: object, envelope: object) -> Message:
        return message_from_bytes(envelope.content, policy=default)

    def handle_message(self, message: Message) -> None:
        self.received.append(message)


@pytest.fixture
def mailbox(settings: Any) -> Iterator[Mailbox]:
    """A real mail server behind a real socket."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", port
    received = Mailbox()
    server = Controller(received, hostname="127.0.0.1", port=port)
    server.start()
    yield received
    server.stop()


def test_create_an_administrator_who_then_signs_in(
    visit: Visit, mailbox: Mailbox, scripts: bool
) -> None:
    fill_and_create(visit("cmartin", java_script_enabled=scripts))
    assert send_due() == 1
    [mail] = mailbox.received
    assert mail["To"] == TYPED["E-mail *"]
    assert mail["Subject"] == "Votre accès au portail d’administration"
    password = re.search(r"temporaire\s*:\s*(\S+)", mail.get_content())[1]
    newcomer = visit(java_script_enabled=scripts)
    choose_a_password(newcomer, password)
    see_only_what_is_ones_own(newcomer)


def fill_and_create(page: Page) -> None:
    page.goto("/administrators/")
    page.get_by_role("link", name="Créer un administrateur").click()
    expect(heading(page)).to_have_text("Créer un administrateur")
    expect(page.get_by_text("Un « * » indique les informations requises.")).to_be_visible()
    for label, value in TYPED.items():
        field(page, label).fill(value)
    expect(field(page, "Pays").locator("option:checked")).to_have_text("France")
    tick_sites(page)
    for name in ("Gérer les administrateurs", "Remarques"):
        page.get_by_role("checkbox", name=name).check()
    press(page, "Créer un administrateur")
    expect(said(page)).to_have_text(
        "Compte créé : Nora Anne Petit. Un e-mail avec un mot de passe temporaire va être envoyé à "
        "nora.petit@boulangeries-martin.example."
    )
    nothing_was_lost(page)


def tick_sites(page: Page) -> None:
    """Over a search and over pages; what was typed elsewhere stays."""
    expect(page.get_by_text("0 sur 24 sélectionné", exact=True)).to_be_visible()
    page.get_by_label("Rechercher un site").fill("paris")
    press(page, "Rechercher")
    expect(page.get_by_text("Affichage 1 à 2 de 2 entrées")).to_be_visible()
    for name in SITES[1:]:
        page.get_by_role("checkbox", name=name).check()
    page.get_by_label("Rechercher un site").fill("")
    press(page, "Rechercher")
    expect(page.get_by_text("Affichage 1 à 10 de 24 entrées")).to_be_visible()
    page.get_by_role("checkbox", name=SITES[0]).check()
    press(page, "Sites suivants")
    expect(page.get_by_text("Affichage 11 à 20 de 24 entrées")).to_be_visible()
    expect(page.get_by_text("3 sur 24 sélectionnés", exact=True)).to_be_visible()
    expect(field(page, "Prénom *")).to_have_value("Nora")


def nothing_was_lost(page: Page) -> None:
    """Numbers are written as the French write them; the grants are exactly what was ticked."""
    screen(page, "Contact principal")
    for label, value in FORMATTED.items():
        expect(field(page, label)).to_have_value(value)
    screen(page, "Adresse")
    expect(field(page, "Complément d’adresse")).to_have_value("Bâtiment B")
    nora = Administrator.objects.get(username="nora.petit")
    assert sorted(site.name for site in Site.objects.held_by(nora)) == SITES
    assert rules.held_features(nora) == FEATURES
    page.goto("/administrators/")
    expect(row(page, "nora.petit")).to_contain_text("E-mail en attente")


def choose_a_password(page: Page, temporary: str) -> None:
    """Nothing else opens before."""
    sign_in(page, "nora.petit", temporary)
    for address in ("/administrators/", "/sites/", "/account/", "/"):
        page.goto(address)
        expect(heading(page)).to_have_text("Choisissez votre mot de passe")
        expect(page.get_by_role("navigation")).to_have_count(0)
    for label in ("Nouveau mot de passe *", "Confirmer le nouveau mot de passe *"):
        field(page, label).fill(OWN_PASSWORD)
    save(page)
    expect(said(page)).to_have_text("Votre mot de passe a été modifié.")


def see_only_what_is_ones_own(page: Page) -> None:
    menu = page.get_by_role("navigation", name="Menu principal")
    assert menu.get_by_role("link").all_inner_texts() == ["Sites", "Remarques"]
    links = profile_menu(page).get_by_role("link")
    assert [text.strip() for text in links.all_inner_texts()] == [
        "Détails de connexion",
        "Mon compte",
        "Gérer les administrateurs",
        "Envoyer l’avis",
        "Documentation",
        "Déclaration de confidentialité",
    ]
    page.reload()
    choose(page, "Gérer les administrateurs")
    expect(page.get_by_text("Aucun administrateur pour le moment.")).to_be_visible()
    menu.get_by_role("link", name="Sites").click()
    expect(page.get_by_text("Affichage 1 à 3 de 3 entrées")).to_be_visible()
    assert names(page) == SITES


def test_reset_password(visit: Visit, mailoutbox: list, scripts: bool) -> None:
    """The confirmation says what will happen and to whom; the person is out at once."""
    melissa, page = visit("mkievit"), visit("cmartin", java_script_enabled=scripts)
    melissa.goto("/")
    expect(heading(melissa)).to_have_text("Tableau de bord")
    page.goto("/administrators/")
    row(page, "mkievit").get_by_role("link", name="Afficher/Modifier").click()
    page.get_by_role("link", name="Réinitialisation du mot de passe").click()
    expect(page.get_by_text("Melissa Kiviet : le mot de passe actuel cessera")).to_be_visible()
    press(page, "Réinitialiser le mot de passe : Melissa Kiviet")
    expect(said(page)).to_have_text(
        "Un e-mail avec un mot de passe temporaire a été envoyé à "
        "melissa.kiviet@boulangeries-martin.example. "
        "Il devra être modifié à la prochaine connexion."
    )
    melissa.reload()
    expect(heading(melissa)).to_have_text("Connexion")
    assert send_due() == 1
    assert mailoutbox[0].to == ["melissa.kiviet@boulangeries-martin.example"]
    password = re.search(r"temporaire\s*:\s*(\S+)", mailoutbox[0].body)[1]
    assert password not in page.content()
    sign_in(melissa, "mkievit", password)
    expect(heading(melissa)).to_have_text("Choisissez votre mot de passe")
