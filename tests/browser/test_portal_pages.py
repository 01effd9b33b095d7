"""The quick starts done to the end; the chosen site; a number assigned and taken back."""

from datetime import date, timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from sites.models import Device, DeviceModel, PhoneNumber, Site
from sites.templatetags.days import day
from tests.browser.conftest import Visit
from tests.browser.people import field, heading, next_page, press, row, said, save
from tests.browser.test_accessibility import sideways, violations

pytestmark = pytest.mark.browser
WEST = "Boutique Rennes Lices"
FREE = ("02 61 91 99 97", "02 61 91 99 98", "02 61 91 99 99")
FOR_PERSON, FOR_DEVICE, FOR_SERVICE = FREE


@pytest.fixture
def page(visit: Visit, scripts: bool) -> Page:
    """Claire Martin, root of «Boulangeries Martin», signed in, at one site."""
    page = visit("cmartin", java_script_enabled=scripts)
    choose_site(page, "Siège social")
    return page


def choose_site(page: Page, name: str) -> None:
    page.goto("/sites/choose/")
    page.get_by_label("Rechercher").fill(name)
    with next_page(page):
        press(page, "Rechercher")
    with next_page(page):
        press(page, name)


def listed(page: Page, path: str) -> str:
    page.goto(path)
    return page.locator("main").inner_text()


def line(page: Page, path: str, text: str) -> str:
    """The one row of that list that has this text."""
    page.goto(path)
    found = row(page, text)
    expect(found).to_have_count(1)
    return found.inner_text()


def told(page: Page, act: str) -> str:
    """The one line of the history that says this, read by somebody above."""
    return " ".join(line(page, "/administrators/history/", act).split())


@pytest.fixture
def free(page: Page) -> None:
    """Numbers of the site that nobody has."""
    site = Site.objects.get(name="Siège social")
    for number in FREE:
        PhoneNumber.objects.create(site=site, number=number)


def test_the_chosen_site_stays_through_the_visit(page: Page) -> None:
    for path in ("/assignments/numbers/", "/assignments/devices/", "/orders/", "/notes/"):
        text = listed(page, f"{path}?per_page=100")
        assert WEST not in text
    expect(page.get_by_role("banner").get_by_text("Siège social")).to_be_visible()
    page.goto("/sites/choose/")
    with next_page(page):
        press(page, "Tous les sites")
    assert WEST in listed(page, "/assignments/numbers/?per_page=100")


@pytest.mark.usefixtures("free")
def test_a_user_is_set_up(page: Page) -> None:
    """With a number, a device and a service: all four lists show the person."""
    page.goto("/dashboard/")
    page.get_by_role("link", name="Configurer un utilisateur").click()
    page.get_by_label("Prénom").fill("Nina")
    page.get_by_label("Nom de famille").fill("Roux")
    page.get_by_label("Identifiant").fill("nina.roux@exemple.fr")
    page.get_by_label("Poste interne").fill("777")
    field(page, "Numéro").select_option(label=FOR_PERSON)
    field(page, "Appareil").select_option(index=1)
    device = page.locator("#id_device option:checked").inner_text().partition(" (")[0]
    page.get_by_role("checkbox", name="Accueil").check()
    press(page, "Configurer cet utilisateur")
    expect(said(page)).to_have_text("L’utilisateur Nina Roux est configuré.")
    expect(heading(page)).to_have_text("Utilisateurs")
    user = line(page, "/assignments/users/?q=roux", "Nina Roux")
    assert all(text in user for text in ("777", FOR_PERSON, device, "Siège social"))
    assert "Nina Roux" in line(page, "/assignments/numbers/?q=0261919997", FOR_PERSON)
    assert device in line(page, "/assignments/devices/?use=assigned&per_page=50", "Nina Roux")
    assert "Nina Roux" in line(page, "/assignments/services/?kind=hunt_group", "Accueil")


def test_what_is_wrong_is_said_and_kept(page: Page) -> None:
    page.goto("/quick/user/")
    page.get_by_label("Prénom").fill("Nina")
    page.get_by_label("Identifiant").fill("nina")
    press(page, "Configurer cet utilisateur")
    expect(page.get_by_role("alert")).to_contain_text("points à corriger")
    expect(page.get_by_label("Prénom")).to_have_value("Nina")


@pytest.mark.usefixtures("free")
def test_a_phone_is_added(page: Page) -> None:
    page.goto("/dashboard/")
    page.get_by_role("link", name="Ajouter un téléphone").click()
    page.get_by_label("Nom").fill("Hall nord")
    page.get_by_label("Adresse MAC").fill("0015.65AA.BBCC")
    page.get_by_label("Modèle").select_option(label="Yealink T54W")
    field(page, "Numéro").select_option(label=FOR_DEVICE)
    press(page, "Ajouter ce téléphone")
    expect(said(page)).to_contain_text("Hall nord")
    device = line(page, "/assignments/devices/?q=hall nord", "Hall nord")
    assert all(text in device for text in ("00:15:65:aa:bb:cc", "Yealink T54W", "Siège social"))
    assert "Hall nord" in line(page, "/assignments/numbers/?q=0261919998", FOR_DEVICE)


def test_incoming_calls_are_handled(visit: Visit, scripts: bool) -> None:
    """By who holds the services; whoever is above reads of it."""
    page = visit("jwagner", java_script_enabled=scripts)
    choose_site(page, "Siège social")
    page.goto("/dashboard/")
    page.get_by_role("link", name="Traitement des appels entrants").click()
    closed = page.get_by_role("group", name="En dehors des heures d’ouverture")
    closed.get_by_label("Action").select_option("forward")
    closed.get_by_label("Renvoyer vers").fill("01 99 00 00 09")
    save(page)
    expect(said(page)).to_contain_text("enregistrées")
    page.goto("/quick/calls/")
    expect(closed.get_by_label("Action")).to_have_value("forward")
    expect(closed.get_by_label("Renvoyer vers")).to_have_value("01 99 00 00 09")
    done = told(visit("cmartin"), "En dehors des heures d’ouverture")
    assert "Justin Wagner Modification" in done
    assert "→ Renvoyer vers un autre numéro" in done
    assert done.endswith("01 99 00 00 09")


def test_the_opening_hours_are_set(visit: Visit, scripts: bool) -> None:
    """By who holds the profile, and a holiday with them; the page of the site shows both."""
    page = visit("mkievit", java_script_enabled=scripts)
    choose_site(page, "Boutique Versailles")
    page.goto("/dashboard/")
    page.get_by_role("link", name="Configurer les heures d’ouverture").click()
    expect(heading(page)).to_have_text("Heures d’ouverture\u202f: Boutique Versailles")
    monday = page.get_by_role("group", name="Lundi")
    monday.get_by_label("Ouvre à").first.fill("09:15")
    monday.get_by_label("Ferme à").first.fill("12:45")
    save(page)
    expect(said(page)).to_contain_text("enregistrées")
    field(page, "Jour *").fill(tomorrow().isoformat())
    field(page, "Nom *").fill("Fête du pain")
    press(page, "Ajouter le jour férié")
    expect(said(page)).to_contain_text("enregistrées")
    page.goto("/sites/")
    page.get_by_role("link", name="Boutique Versailles", exact=True).click()
    shown = " ".join(page.get_by_role("region", name="Heures d’ouverture").inner_text().split())
    assert "Lundi 09:15–12:45 Mardi" in shown
    assert f"{day(tomorrow())} : Fête du pain" in shown
    above = visit("cmartin")
    assert "lundi fermé → lundi 09:15–12:45" in told(above, "09:15")
    assert "Melissa Kiviet Ajout" in told(above, "Fête du pain")


def tomorrow() -> date:
    return timezone.localdate() + timedelta(days=1)


@pytest.mark.usefixtures("free")
def test_numbers_are_assigned_seen_in_all_four_lists_and_taken_back(page: Page) -> None:
    """One to a person, one to a device, one to a service."""
    site, model = Site.objects.get(name="Siège social"), DeviceModel.objects.get(name="T54W")
    Device.objects.create(site=site, mac="00:15:65:aa:bb:cc", name="Hall nord", model=model)
    before = four_lists(page)
    assign(page, FOR_PERSON, "Utilisateurs", "Claire Martin")
    assign(page, FOR_DEVICE, "Appareils", "Hall nord")
    assign(page, FOR_SERVICE, "Services", "Accueil")
    *numbers, user, device, service = four_lists(page)
    holders = ("Utilisateur Claire Martin", "Hall nord", "Service Accueil")
    assert [name in text for name, text in zip(holders, numbers, strict=True)] == [True] * 3
    assert FOR_PERSON in user
    assert [text.split("\t")[3] for text in (before[4], device)] == ["16", "15"]
    assert FOR_SERVICE in service
    page.goto("/assignments/devices/?q=hall nord")
    page.get_by_role("link", name="00:15:65:aa:bb:cc").click()
    expect(page.get_by_role("listitem").filter(has_text=FOR_DEVICE)).to_be_visible()
    for number in FREE:
        page.goto(f"/assignments/numbers/?q={number}")
        row(page, number).get_by_role("link", name="Libérer").click()
        press(page, f"Libérer le {number}")
        expect(said(page)).to_contain_text("est de nouveau libre")
    assert four_lists(page) == before


def assign(page: Page, number: str, kind: str, name: str) -> None:
    page.goto(f"/assignments/numbers/?q={number}")
    row(page, number).get_by_role("link", name="Attribuer").click()
    page.locator("main").get_by_role("link", name=kind).click()
    page.get_by_label("Rechercher").fill(name)
    with next_page(page):
        press(page, "Rechercher")
    page.get_by_role("button", name=name).first.click()
    expect(said(page)).to_contain_text("est désormais attribué")


def four_lists(page: Page) -> list[str]:
    """The three numbers, then to whom and to what they may be assigned, as their lists say."""
    numbers = [line(page, f"/assignments/numbers/?q={number}", number) for number in FREE]
    return [
        *numbers,
        line(page, "/assignments/users/?q=claire martin", "Claire Martin"),
        line(page, "/assignments/devices/?q=hall nord", "Hall nord"),
        line(page, "/assignments/services/?kind=hunt_group", "Accueil"),
    ]


def test_the_quick_starts_are_accessible(visit: Visit) -> None:
    page = visit("cmartin", reduced_motion="reduce")
    choose_site(page, "Siège social")
    found = []
    for path in ("/quick/user/", "/quick/phone/", "/quick/calls/"):
        page.goto(path)
        found += violations(page, path) + sideways(page, path)
    assert found == []
