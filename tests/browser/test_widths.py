"""Between a phone and a desk: nothing is pushed aside, nothing loses its words."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Visit
from tests.browser.people import next_page, press

pytestmark = pytest.mark.browser
WIDTHS = [640, 680, 768, 850, 992]
# What WCAG 1.4.12 lets people set.
SPACED = """() => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(`* { line-height: 1.5 !important; letter-spacing: 0.12em !important;
        word-spacing: 0.16em !important; } p { margin-bottom: 2em !important; }`);
    document.adoptedStyleSheets = [sheet];
}"""


@pytest.fixture
def page(visit: Visit) -> Page:
    return visit("cmartin")


def too_wide(page: Page, width: int) -> bool:
    """Whether the page must be pushed aside in a window of that width."""
    page.set_viewport_size({"width": width, "height": 900})
    return page.evaluate("document.documentElement.scrollWidth") > width


def test_the_chosen_site_can_be_read_in_the_header(page: Page) -> None:
    page.goto("/sites/choose/?q=Bastille")
    with next_page(page):
        press(page, "Boutique Paris Bastille")
    name = page.locator(".site-selector-name")
    expect(name).to_have_text("Boutique Paris Bastille")
    for width in WIDTHS:
        assert not too_wide(page, width)
        assert name.evaluate("name => name.scrollWidth - name.offsetWidth") == 0, width


@pytest.mark.parametrize("chosen", [False, True])
def test_spaced_text_does_not_widen_the_header(page: Page, chosen: bool) -> None:
    page.goto("/sites/choose/?q=Bastille")
    if chosen:
        with next_page(page):
            press(page, "Boutique Paris Bastille")
    page.goto("/account/")
    page.evaluate(SPACED)
    assert [width for width in WIDTHS if too_wide(page, width)] == []
