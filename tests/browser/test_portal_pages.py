"""Three people of the demo see three portals; the quick starts done to the end."""

import pytest
from playwright.sync_api import Page, expect

from portal.pages import PAGES
from sites.models import Device, PhoneNumber, Site, Subscriber
from tests.browser.conftest import Visit
from tests.browser.people import heading, press, said, save
from tests.browser.test_accessibility import sideways, violations

pytestmark = pytest.mark.browser
WEST = "Boutique Rennes Lices"
# Who opens which pages of the menus.
OPENED = {
    "jwagner": {
        "dashboard", "numbers", "devices", "users", "service_list", "services", "sip_trunks",
        "recordings", "orders",
    },
    "mkievit": {"dashboard", "analytics", "reports", "profile"},
    "tgirard": {"dashboard", "notes"},
}  # fmt: skip


@pytest.fixture
def page(visit: Visit, scripts: bool) -> Page:
    """Claire Martin, root of «Boulangeries Martin», signed in, at one site."""
    page = visit("cmartin", java_script_enabled=scripts)
    choose_site(page, "Siège social")
    return page


def choose_site(page: Page, name: str) -> None:
    page.goto("/sites/choose/")
    page.get_by_label("Rechercher").fill(name)
    page.get_by_role("button", name="Rechercher", exact=True).click()
    press(page, name)


def listed(page: Page, path: str) -> str:
    page.goto(path)
    return page.locator("main").inner_text()


@pytest.mark.parametrize("username", OPENED)
def test_each_opens_their_own_pages(visit: Visit, faults: object, username: str) -> None:
    page = visit(username)
    faults.expected = {403}
    opened = {one.name for one in PAGES if page.goto(f"/{one.path}").status == 200}
    assert opened == OPENED[username]


def test_each_sees_their_own_sites(visit: Visit) -> None:
    """The report of one, the notes of another, the lists of a third."""
    report = listed(visit("mkievit"), "/reports/")
    assert "Boutique Versailles" in report
    assert WEST not in report
    notes = listed(visit("tgirard"), "/notes/?per_page=100")
    assert "Atelier Rennes" in notes
    assert "Boutique Vannes" not in notes
    numbers = visit("jwagner")
    numbers.goto("/assignments/numbers/")
    expect(numbers.get_by_role("link", name="Numéros")).to_contain_text("138")


def test_the_chosen_site_stays_through_the_visit(page: Page) -> None:
    for path in ("/assignments/numbers/", "/assignments/devices/", "/orders/", "/notes/"):
        text = listed(page, f"{path}?per_page=100")
        assert WEST not in text
    expect(page.get_by_role("banner").get_by_text("Siège social")).to_be_visible()
    page.goto("/sites/choose/")
    press(page, "Tous les sites")
    assert WEST in listed(page, "/assignments/numbers/?per_page=100")


def test_a_user_is_set_up(page: Page) -> None:
    page.goto("/dashboard/")
    page.get_by_role("link", name="Configurer un utilisateur").click()
    page.get_by_label("Prénom").fill("Nina")
    page.get_by_label("Nom de famille").fill("Roux")
    page.get_by_label("Identifiant").fill("nina.roux@exemple.fr")
    page.get_by_label("Poste interne").fill("777")
    press(page, "Configurer cet utilisateur")
    expect(said(page)).to_have_text("Nina Roux est en place.")
    expect(heading(page)).to_have_text("Utilisateurs")
    assert Subscriber.objects.get(extension="777").site.name == "Siège social"


def test_what_is_wrong_is_said_and_kept(page: Page) -> None:
    page.goto("/quick/user/")
    page.get_by_label("Prénom").fill("Nina")
    page.get_by_label("Identifiant").fill("nina")
    press(page, "Configurer cet utilisateur")
    expect(page.get_by_role("alert")).to_contain_text("points à corriger")
    expect(page.get_by_label("Prénom")).to_have_value("Nina")


def test_a_phone_is_added(page: Page) -> None:
    page.goto("/dashboard/")
    page.get_by_role("link", name="Ajouter un téléphone").click()
    page.get_by_label("Nom").fill("Hall")
    page.get_by_label("Adresse MAC").fill("0015.65AA.BBCC")
    page.get_by_label("Modèle").select_option(index=1)
    press(page, "Ajouter ce téléphone")
    expect(said(page)).to_contain_text("est en place")
    assert Device.objects.get(mac="00:15:65:aa:bb:cc").name == "Hall"


def test_incoming_calls_are_handled(page: Page) -> None:
    page.goto("/dashboard/")
    page.get_by_role("link", name="Traitement des appels entrants").click()
    closed = page.get_by_role("group", name="En dehors des heures d’ouverture")
    closed.get_by_label("Action").select_option("forward")
    closed.get_by_label("Renvoyer vers").fill("01 99 00 00 09")
    save(page)
    expect(said(page)).to_contain_text("enregistrées")
    expect(closed.get_by_label("Renvoyer vers")).to_have_value("01 99 00 00 09")


def test_opening_hours_are_reached(page: Page) -> None:
    page.goto("/dashboard/")
    page.get_by_role("link", name="Configurer les heures d’ouverture").click()
    expect(page.locator("main")).to_contain_text("Siège social")
    expect(page.locator("main")).to_contain_text("Lundi")


def test_a_number_is_assigned_seen_everywhere_and_taken_back(page: Page) -> None:
    site = Site.objects.get(name="Siège social")
    person = Subscriber.objects.filter(site=site, numbers=None).first()
    person = person or Subscriber.objects.create(
        site=site, first_name="Nina", last_name="Roux", user_id="nina.roux@exemple.fr"
    )
    number = PhoneNumber.objects.create(site=site, number="+33261919999")
    page.goto("/assignments/numbers/?q=0261919999")
    page.get_by_role("link", name="Attribuer").click()
    page.get_by_label("Rechercher").fill(person.last_name)
    page.get_by_role("button", name="Filtrer").click()
    press(page, str(person))
    expect(said(page)).to_contain_text("est désormais attribué")
    assert str(person) in listed(page, "/assignments/numbers/?q=0261919999")
    assert "02 61 91 99 99" in listed(page, f"/assignments/users/?q={person.last_name}")
    page.goto(f"/assignments/numbers/{number.pk}/unassign/")
    press(page, "Retirer le 02 61 91 99 99")
    assert "02 61 91 99 99" not in listed(page, f"/assignments/users/?q={person.last_name}")


def test_the_quick_starts_are_accessible(visit: Visit) -> None:
    page = visit("cmartin", reduced_motion="reduce")
    choose_site(page, "Siège social")
    found = []
    for path in ("/quick/user/", "/quick/phone/", "/quick/calls/"):
        page.goto(path)
        found += violations(page, path) + sideways(page, path)
    assert found == []
