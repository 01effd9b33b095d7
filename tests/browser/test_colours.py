"""Nothing is said by a colour that somebody does not see, or has replaced."""

import pytest
from playwright.sync_api import Locator, Page

from administrators.models import Administrator
from tests.browser.conftest import Visit

pytestmark = pytest.mark.browser


@pytest.fixture
def page(visit: Visit) -> Page:
    return visit("cmartin")


def drawn(found: Locator, what: str) -> list[str]:
    """One property of each element, as the browser paints it."""
    script = "(found, what) => found.map(one => getComputedStyle(one)[what])"
    return found.evaluate_all(script, what)


def test_with_forced_colours_one_tab_alone_is_underlined(page: Page) -> None:
    jim = Administrator.objects.get(username="jfennell")
    page.emulate_media(forced_colors="active")
    page.goto(f"/administrators/{jim.pk}/address/")
    (canvas,) = drawn(page.locator("body"), "backgroundColor")
    (current,) = drawn(page.locator(".tabs a[aria-current]"), "borderBottomColor")
    others = drawn(page.locator(".tabs a:not([aria-current])"), "borderBottomColor")
    assert current != canvas
    assert set(others) == {canvas}


def test_with_forced_colours_a_key_shows_what_is_drawn(page: Page) -> None:
    page.emulate_media(forced_colors="active")
    page.goto("/dashboard/")
    (answered,) = drawn(page.locator(".chart-swatch-answered"), "backgroundColor")
    (missed,) = drawn(page.locator(".chart-swatch-missed"), "backgroundImage")
    assert drawn(page.locator(".chart-answered").first, "fill") == [answered]
    assert drawn(page.locator(".hatch-line"), "fill")[0] in missed
    assert answered not in drawn(page.locator("body"), "backgroundColor")


def test_missed_calls_are_hatched_in_every_drawing_and_in_its_key(page: Page) -> None:
    for path in ("/dashboard/", "/analytics/", "/reports/?report=calls"):
        page.goto(path)
        assert page.locator("pattern#hatch").count() == 1, path
        assert set(drawn(page.locator(".chart-missed"), "fill")) == {'url("#hatch")'}, path
        key = drawn(page.locator(".chart-swatch-missed"), "backgroundImage")
        assert all(one.startswith("repeating-linear-gradient") for one in key), path
