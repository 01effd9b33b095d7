"""The keyboard alone: what opens closes when it is left, so that nothing hides where one is."""

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import Visit

pytestmark = pytest.mark.browser
INSIDE = "found => found.contains(document.activeElement)"
MANY = 40  # more than any menu has entries


@pytest.fixture
def page(visit: Visit) -> Page:
    return visit("cmartin", viewport={"width": 375, "height": 800})


def leave(page: Page, opened: Locator, key: str) -> None:
    """Press that key until the focus is elsewhere."""
    for _press in range(MANY):
        page.keyboard.press(key)
        if not opened.evaluate(INSIDE):
            return
    pytest.fail("the focus does not leave")


@pytest.mark.parametrize("key", ["Tab", "Shift+Tab"])
@pytest.mark.parametrize("where", ["#profile-menu", ".paging details.menu"])
def test_a_menu_closes_when_the_focus_leaves_it(page: Page, where: str, key: str) -> None:
    page.goto("/administrators/")
    menu = page.locator(where)
    menu.locator("summary").press("Enter")
    expect(menu).to_have_attribute("open", "")
    page.keyboard.press("Tab")
    expect(menu).to_have_attribute("open", "")
    leave(page, menu, key)
    expect(menu).not_to_have_attribute("open", "")


@pytest.mark.parametrize("key", ["Tab", "Shift+Tab"])
def test_the_drawer_closes_when_the_focus_leaves_it(page: Page, key: str) -> None:
    page.goto("/account/")
    drawer = page.locator("#side-menu")
    page.get_by_role("button", name="Menu principal").press("Enter")
    page.keyboard.press("Tab")
    assert drawer.evaluate(INSIDE)
    expect(drawer).to_be_visible()
    leave(page, drawer, key)
    expect(drawer).to_be_hidden()
    assert not drawer.evaluate(INSIDE)
