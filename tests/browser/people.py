"""What people do on every page: sign in, open a menu, press a button."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.conf import settings
from django.test import Client
from playwright.sync_api import Locator, Page, expect

from administrators.models import Administrator
from portal.demo import PASSWORD

BACKEND = "administrators.backends.AdministratorBackend"


def session_cookie(username: str, url: str) -> dict[str, Any]:
    """The cookie of somebody who is signed in."""
    client = Client()
    client.force_login(Administrator.objects.get(username=username), backend=BACKEND)
    name = settings.SESSION_COOKIE_NAME
    return {"name": name, "value": client.cookies[name].value, "url": url}


def sign_in(page: Page, username: str, password: str = PASSWORD) -> None:
    """From anywhere, as a person does it."""
    page.goto("/sign-in/")
    page.get_by_label("Nom d’utilisateur").fill(username)
    page.get_by_label("Mot de passe").fill(password)
    with next_page(page):
        press(page, "Se connecter")


def profile_menu(page: Page) -> Locator:
    """The list of profile options, opened."""
    menu = page.get_by_role("banner").locator("details")
    menu.locator("summary").click()
    expect(menu.get_by_role("list")).to_be_visible()
    return menu


def choose(page: Page, entry: str) -> None:
    """Take an entry of the profile menu."""
    profile_menu(page).get_by_role("link", name=entry, exact=True).click()


def sign_out(page: Page) -> None:
    profile_menu(page).get_by_role("button", name="Déconnexion").click()
    expect(said(page)).to_have_text("Votre session est fermée.")


def save(page: Page) -> None:
    press(page, "Enregistrer")


def press(page: Page, button: str) -> None:
    """On a page that is whole: a button that still moves is pressed beside."""
    page.wait_for_load_state()
    page.get_by_role("button", name=button, exact=True).click()


@contextmanager
def next_page(page: Page) -> Iterator[None]:
    """Go on when the page to which this leads is whole, for what does not wait by itself."""
    with page.expect_navigation():
        yield


def said(page: Page) -> Locator:
    """The message that an act leaves; a count of a picker is a status, too."""
    return page.get_by_role("status").and_(page.locator(".notice"))


def heading(page: Page) -> Locator:
    return page.get_by_role("heading", level=1)


def names(page: Page, column: str = "Nom") -> list[str]:
    """A column of the table, from top to bottom."""
    titles = [text.strip() for text in page.get_by_role("columnheader").all_inner_texts()]
    cells = page.locator(f"tbody tr > :nth-child({titles.index(column) + 1})")
    return [text.strip() for text in cells.all_inner_texts()]


def row(page: Page, text: str) -> Locator:
    """The row of the table that has this text."""
    return page.get_by_role("row").filter(has_text=text)


def field(page: Page, label: str) -> Locator:
    """An input by its exact label."""
    return page.get_by_label(label, exact=True)


def screen(page: Page, tab: str) -> None:
    """One of the screens about a person."""
    page.get_by_role("navigation", name="Rubriques de cette page").get_by_role(
        "link", name=tab, exact=True
    ).click()
    expect(page.get_by_role("link", name=tab, exact=True)).to_have_attribute("aria-current", "page")
