"""Before a session ends the page says so; once it has, what was typed can still be saved."""

from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from playwright.sync_api import Locator, Page, expect

from administrators.models import Administrator
from tests.browser.conftest import Visit
from tests.browser.faults import Faults
from tests.browser.people import field, press, said, save, sign_in, sign_out

pytestmark = pytest.mark.browser
ACCOUNT = "/account/"
PART_ARRIVED = """document.dispatchEvent(new CustomEvent('htmx:beforeSwap', {detail: {
    requestConfig: {path: location.pathname}, xhr: {responseURL: location.href, status: 200}}}))"""


@pytest.fixture
def page(visit: Visit) -> Page:
    """Somebody who has typed something and not saved it."""
    page = visit("cmartin")
    page.clock.install()
    page.goto(ACCOUNT)
    field(page, "Ville").fill("Brest")
    return page


def notice(page: Page) -> Locator:
    return page.get_by_role("alert")


def told(page: Page, text: str) -> None:
    """What is said at another time stands there unseen."""
    expect(notice(page)).to_contain_text(text, use_inner_text=True)


def after(page: Page, minutes: int) -> None:
    page.clock.fast_forward(timedelta(minutes=minutes).seconds * 1000)


def ended(page: Page) -> None:
    """Nobody asked for anything in an hour."""
    Session.objects.all().delete()
    after(page, 61)
    told(page, "Votre session est terminée.")


def another_tab(page: Page, username: str) -> None:
    with page.expect_popup() as opened:
        page.get_by_role("link", name="Se reconnecter dans un autre onglet").click()
    sign_in(opened.value, username)
    opened.value.wait_for_load_state()


def saved(page: Page) -> None:
    save(page)
    expect(said(page)).to_be_visible()
    assert Administrator.objects.get(username="cmartin").city == "Brest"


def test_it_is_said_five_minutes_before_and_put_off(page: Page) -> None:
    after(page, 50)
    expect(notice(page)).to_have_count(0)
    after(page, 5)
    told(page, "Votre session prend fin dans moins de 5 minutes : la saisie seule")
    press(page, "Rester connecté")
    expect(notice(page)).to_have_count(0)
    after(page, 50)
    expect(notice(page)).to_have_count(0)
    saved(page)


def test_twelve_hours_cannot_be_put_off(page: Page) -> None:
    for _turn in range(14):
        after(page, 50)
        expect(notice(page)).to_have_count(0)
        page.evaluate(PART_ARRIVED)
    after(page, 16)
    told(page, "elle dure 12 heures au plus")
    expect(page.get_by_role("button", name="Rester connecté")).to_have_count(0)


def test_another_tab_of_the_browser_keeps_the_session(page: Page) -> None:
    after(page, 55)
    expect(notice(page)).to_be_visible()
    page.context.new_page().goto("/sites/")
    expect(notice(page)).to_have_count(0)


def test_what_was_typed_is_saved_after_another_sign_in(page: Page) -> None:
    ended(page)
    press(page, "Continuer ici")
    told(page, "Vous n’êtes pas encore reconnecté.")
    another_tab(page, "cmartin")
    expect(notice(page)).to_have_count(0)  # the other tab has told this one
    expect(field(page, "Ville")).to_have_value("Brest")
    saved(page)


def test_a_new_session_of_the_same_person_is_learnt_at_once(page: Page) -> None:
    """Signed out and in again on another tab, while nothing is said here."""
    other = page.context.new_page()
    other.goto("/sites/")
    sign_out(other)
    told(page, "Votre session est terminée.")
    page.clock.fast_forward(10_000)
    sign_in(other, "cmartin")
    other.wait_for_load_state()
    expect(notice(page)).to_have_count(0)
    saved(page)


def test_a_picker_stays_when_the_session_has_ended(visit: Visit) -> None:
    page = visit("cmartin")
    page.goto("/administrators/create/")
    page.get_by_role("checkbox", name="Atelier Rennes").check()
    Session.objects.all().delete()
    press(page, "Rechercher")
    told(page, "Votre session est terminée.")
    expect(page.get_by_role("checkbox", name="Atelier Rennes")).to_be_checked()
    another_tab(page, "cmartin")
    expect(notice(page)).to_have_count(0)
    press(page, "Rechercher")
    expect(page.get_by_role("checkbox", name="Atelier Rennes")).to_be_checked()
    expect(page.get_by_role("heading", level=1)).to_have_text("Créer un administrateur")


@pytest.mark.parametrize(("username", "kept"), [("mkievit", False), ("cmartin", True)])
def test_what_one_has_typed_is_not_in_the_page_of_another(
    visit: Visit, username: str, kept: bool
) -> None:
    """The browser fills in again what stood in a page to which somebody goes back."""
    page = visit("cmartin")
    page.on("dialog", lambda dialog: dialog.accept())
    page.goto(ACCOUNT)
    field(page, "Ville").fill("Brest")
    Session.objects.all().delete()
    other = page.context.new_page()
    sign_in(other, username)
    other.wait_for_load_state()
    page.goto("/sites/")
    page.go_back()
    assert (field(page, "Ville").input_value() == "Brest") is kept


def test_what_cannot_be_put_off_can_be_closed(page: Page) -> None:
    ended(page)
    another_tab(page, "mkievit")
    press(page, "Fermer")
    expect(notice(page)).to_have_count(0)
    after(page, 1)
    expect(notice(page)).to_have_count(0)


def test_nobody_saves_what_somebody_else_has_typed(page: Page, faults: Faults) -> None:
    faults.expected = {403}
    ended(page)
    another_tab(page, "mkievit")
    told(page, "Quelqu’un d’autre est maintenant connecté")
    after(page, 1)
    told(page, "Quelqu’un d’autre est maintenant connecté")
    press(page, "Fermer")
    save(page)
    expect(page.get_by_role("heading", level=1)).to_have_text("Formulaire expiré")
    assert not Administrator.objects.filter(city="Brest").exists()
