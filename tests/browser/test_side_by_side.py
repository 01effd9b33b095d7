"""People of the demo side by side: every page of the menus shows each of them what they hold.

What they hold is taken from the tables of the demo, and counted by the names of sites.
"""

import pytest
from playwright.sync_api import Page

from portal.pages import PAGES as PAGES_OF_FEATURES
from sites.models import Site
from tests.browser.conftest import Visit
from tests.browser.contents import CHECKS
from tests.browser.faults import Faults
from tests.browser.people import next_page, press
from tests.browser.readers import EVERYBODYS, INVENTORY, PAGES, Reader, reader
from tests.browser.walk import SIZE, differ, figure, framed, listed, silent, texts

pytestmark = pytest.mark.browser
# Who, which features their parent gives them first, and which site they choose.
READERS = {
    "jfennell": ("profile", "Boutique Vannes"),
    "jwagner": ("", "Siège social"),
    "mkievit": (
        "user_assignments services sip_trunking call_recording orders", "Atelier Île-de-France",
    ),
    "sdubois": ("", "Entrepôt Rouen"),
    "tgirard": ("", "Atelier Rennes"),
}  # fmt: skip
STANDS = "section[aria-labelledby=inventory]"


def test_every_page_is_compared() -> None:
    """By two people at least, whose sites are not the same."""
    assert {f"/{page.path}" for page in PAGES_OF_FEATURES} <= set(PAGES)
    readers = [reader(username, extra) for username, (extra, _site) in READERS.items()]
    for path in PAGES:
        assert len({one.held for one in readers if one.opens(path)}) > 1, path


@pytest.mark.parametrize("username", READERS)
def test_side_by_side(visit: Visit, faults: Faults, username: str) -> None:
    faults.expected = {403, 404}
    extra, chosen = READERS[username]
    one = reader(username, extra)
    page = visit(username)
    found = [fault for path in PAGES if not one.opens(path) for fault in closed(page, one, path)]
    found += differences(page, one)
    page.goto(f"/sites/choose/?q={chosen}")
    with next_page(page):
        press(page, chosen)
    found += [f"at {chosen}: {fault}" for fault in differences(page, one.at(chosen))]
    found += single(page, one.at(chosen))
    assert not found, "\n".join(found)


def differences(page: Page, one: Reader) -> list[str]:
    """What is not as it should be, on whichever page that opens."""
    paths = [*filter(one.opens, PAGES), *EVERYBODYS]
    return [fault for path in paths for fault in opened(page, one, path)]


def closed(page: Page, one: Reader, path: str) -> list[str]:
    found = differ("status", page.goto(path).status, 403)
    return [f"{path} {fault}" for fault in found + framed(page, one) + silent(page, one)]


def opened(page: Page, one: Reader, path: str) -> list[str]:
    """A page that opens: its frame, its content, and no name of anything else."""
    found = differ("status", page.goto(f"{path}?{SIZE}").status, 200)
    found += framed(page, one) + silent(page, one)
    found += CHECKS[path](page, one) if path in CHECKS else []
    model = PAGES[path][1] if path in PAGES else None
    if model is not None:
        found += listed(page, one, one.by_site(model))
    return [f"{path} {fault}" for fault in found]


def single(page: Page, one: Reader) -> list[str]:
    """The page of the chosen site counts what stands there; one that is not held is not there."""
    page.goto(f"/sites/{Site.objects.get(name=one.chosen).pk}/")
    names, counts = texts(page, f"{STANDS} dt"), texts(page, f"{STANDS} dd")
    found = dict(zip(names, map(figure, counts), strict=True))
    expected = {label: one.rows(model).count() for label, (opens, model) in INVENTORY.items()
                if one.features & set(opens.split())}  # fmt: skip
    foreign = Site.objects.exclude(name__in=one.held)[0]
    return [
        *differ(f"what stands at {one.chosen}", found, expected),
        *differ(foreign.name, page.goto(f"/sites/{foreign.pk}/").status, 404),
    ]
