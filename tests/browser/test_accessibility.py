"""axe finds nothing on any page: WCAG 2.2 AA, light and dark, on a desk and on a phone.

Dark on a phone is judged in a long run.
"""

import os
from collections import Counter
from typing import Any

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from django.apps import apps
from django.urls import URLPattern, get_resolver, reverse
from playwright.sync_api import Page

from administrators.models import Administrator
from portal.help import HELP_PAGES
from sites.models import Site
from tests.browser.conftest import Visit
from tests.browser.faults import Faults
from tests.browser.people import next_page, press
from tests.browser.test_widths import too_wide
from tests.matrix.pages import ROWS
from tests.visitors import title, visitor

pytestmark = pytest.mark.browser
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
QUICKLY = {"resultTypes": ["violations"], "preload": False}
RULES = {"runOnly": {"type": "tag", "values": TAGS}, **QUICKLY}
JUDGE = "rules => axe.run(document, rules).then(result => result.violations)"
# What changes with the colours is contrast; the rest is judged in the light.
COLOURS = {"runOnly": {"type": "rule", "values": ["color-contrast"]}, **QUICKLY}
LONG = bool(os.environ.get("PORTAL_LONG"))
DESK, PHONE = {"width": 1280, "height": 900}, {"width": 390, "height": 844}
LOOKS = [(DESK, "light", RULES), (DESK, "dark", COLOURS), (PHONE, "light", RULES)]
LOOKS += [(PHONE, "dark", COLOURS)] if LONG else []
NARROW = [320, 640, 768, 1024]  # the smallest phone, and where the frame changes
# They answer with another page, with a file, only to a button, or to machines.
NOT_PAGES = {"home", "sign_out", "stay", "close_notice", "set_language", "theme"}
NOT_PAGES |= {"history_export"}
NOT_PAGES |= {"choose_site", "healthz", "readyz", "metrics"}
SHARED = {"Profil Entreprise", "Heures d’ouverture – Siège social"}  # one page with several forms
BEFORE_SIGN_IN = {"sign_in"}
OF_SOMEBODY_DISABLED = {"administrator_enable"}


def pages() -> dict[str, set[str]]:
    """Every page there is and what its address names; carrier staff have Django's own beside."""
    found: dict[str, set[str]] = {}
    routes: list[Any] = list(get_resolver().url_patterns)
    while routes:
        route = routes.pop()
        if isinstance(route, URLPattern):
            found[route.name] = set(route.pattern.converters)
        elif route.app_name != "admin":
            routes += route.url_patterns
    return {name: named for name, named in found.items() if name not in NOT_PAGES}


def addresses() -> list[str]:
    """The address of every page that the root of the demo can open."""
    return [
        address
        for name, named in sorted(pages().items())
        if name not in BEFORE_SIGN_IN
        for address in addresses_of(name, named)
    ]


def addresses_of(name: str, named: set[str]) -> list[str]:
    if "slug" in named:
        return [reverse(name, args=[slug]) for slug, _title in HELP_PAGES]
    if "pk" in named and (model := row_model(name)):
        at = "name" if model is Site else "site__name"
        return [reverse(name, args=[model.objects.filter(**{at: "Siège social"})[0].pk])]
    if "pk" in named:
        username = "nfontaine" if name in OF_SOMEBODY_DISABLED else "jfennell"
        return [reverse(name, args=[Administrator.objects.get(username=username).pk])]
    return [reverse(name)]


def row_model(name: str) -> Any:
    """Of which model the id in that page's address is; none if it is somebody's."""
    model = "site" if name.startswith("site") else ROWS.get(name.split("_")[0], "")
    return apps.get_model("sites", model) if model else None


def violations(page: Page, title: str) -> list[str]:
    """What axe says of the present page, in each look."""
    found = []
    page.evaluate(AXE_SCRIPT)
    for size, colours, rules in LOOKS:
        page.set_viewport_size(size)
        page.emulate_media(color_scheme=colours)
        for fault in page.evaluate(JUDGE, rules):
            where = "; ".join(node["html"][:160] for node in fault["nodes"][:3])
            found.append(f"{title} ({size['width']} px, {colours}): {fault['help']}: {where}")
    return found


def sideways(page: Page, title: str) -> list[str]:
    """At which widths the page must be pushed aside."""
    return [f"{title} is too wide at {width} px" for width in NARROW if too_wide(page, width)]


def judged(page: Page, path: str) -> list[str]:
    page.goto(path)
    return violations(page, path) + sideways(page, path) + nameless(page, path)


def nameless(page: Page, title: str) -> list[str]:
    """How many tables have no name, by which people find the one that they look for."""
    count = page.locator("table:not([aria-label], [aria-labelledby])").count()
    return [f"{title}: {count} tables without a name"] if count else []


def test_every_page_of_the_root(visit: Visit) -> None:
    page = visit("cmartin", reduced_motion="reduce")
    assert [fault for path in addresses() for fault in judged(page, path)] == []


def test_every_page_has_a_title_of_its_own() -> None:
    client = visitor(Administrator.objects.get(username="cmartin"))
    answers = [client.get(path) for path in addresses()]
    titles = Counter(title(answer) for answer in answers if answer.status_code == 200)
    assert {text for text, count in titles.items() if count > 1} <= SHARED


def test_pages_before_the_first_one(visit: Visit) -> None:
    """Signing in, refused and not; the password that is owed; nothing to open yet."""
    page, owing = visit(reduced_motion="reduce"), visit("kbenali", reduced_motion="reduce")
    found = judged(page, "/sign-in/") + judged(page, "/privacy/") + judged(owing, "/password/")
    page.goto("/sign-in/")
    page.get_by_label("Nom d’utilisateur").fill("cmartin")
    page.get_by_label("Mot de passe").fill("pas-le-bon")
    with next_page(page):
        press(page, "Se connecter")
    assert found + violations(page, "refused sign-in") == []


def test_pages_that_refuse(visit: Visit, faults: Faults) -> None:
    faults.expected = {403, 404}
    page = visit("mkievit", reduced_motion="reduce")
    assert judged(page, "/administrators/") + judged(page, "/nowhere/") == []


def test_pages_in_other_states(visit: Visit) -> None:
    """Empty, without result, refused, and with the message about the last sign-in."""
    page = visit("cmartin", reduced_motion="reduce")
    found = judged(page, "/administrators/?q=Ajaccio&state=active&per_page=25&sort=-name")
    found += judged(visit("sdubois", reduced_motion="reduce"), "/administrators/")
    page.goto("/administrators/create/")
    page.get_by_label("Prénom").first.fill("Nora")
    with next_page(page):
        press(page, "Créer un administrateur")
    found += violations(page, "refused creation") + sideways(page, "refused creation")
    assert found == []


def test_open_menus(visit: Visit) -> None:
    """Where no link is half below what opens, which would be too small a target."""
    page = visit("cmartin", reduced_motion="reduce")
    page.goto("/account/")
    page.get_by_role("banner").locator("details > summary").click()
    found = violations(page, "profile menu") + sideways(page, "profile menu")
    page.goto("/administrators/")
    page.locator("details").filter(has_text="par page").locator("summary").click()
    found += violations(page, "sizes of pages")
    page.keyboard.press("Escape")
    page.set_viewport_size(PHONE)
    page.get_by_role("button", name="Menu principal").click()
    assert found + sideways(page, "side menu") == []
