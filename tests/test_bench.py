"""The benchmark is not run with the tests; that its columns show the same is seen here."""

import re
from datetime import timedelta
from html import unescape
from importlib import import_module
from unittest.mock import patch

import pytest
from django.core.handlers.wsgi import WSGIHandler
from django.db import connection
from django.utils import timezone

from administrators.models import Administrator
from permissions import audit
from permissions.features import FeatureCode
from permissions.models import Act
from sites.models import PhoneNumber, Site, Subscriber
from tests import inventory
from tests.bench import asking
from tests.bench.addresses import INVENTORY, MIDDLE, PEOPLE
from tests.bench.asking import Page
from tests.bench.guarded import let_see_all_below
from tests.world import SITES, World

PARTS = ["actors", "acts", "addresses", "asking", "bare", "first_pages", "growth"]
PARTS += ["guarded", "rights", "server"]
OF_LOAD = ["load.doing", "load.handed", "load.people", "load.reading"]
PAGES = PEOPLE | INVENTORY
WITHOUT_ADMIN = {"dashboard", "history, one week"}
# What a page is about, where that is not people.
SITE, NUMBER = SITES["E"].replace(" ", "|"), r"99.?00.?\d\d.?\d\d"
SOUGHT = dict.fromkeys(INVENTORY, NUMBER) | {
    "site picker": SITE,
    "site picker, search": SITE,
    "sites": SITE,
    "features": "|".join(str(code.label) for code in FeatureCode),
    "create": r'name="(\w+name)"',
    "dashboard": r"C-\d{4}",
}


@pytest.fixture
def one_connection(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """The end of a request would close it, and with it the transaction of the test."""
    monkeypatch.setattr(connection, "close_if_unusable_or_obsolete", lambda: None)


@pytest.fixture
def filled(world: World, one_connection: None) -> World:
    """Something on each page of R."""
    paris = world.places["Paris"]
    Administrator.objects.filter(username="user-b").update(search_key="zoe zimmermann")
    Administrator.objects.filter(username="user-m").update(search_key="marie durand")
    inventory.furnish(Site.objects.filter(enterprise=world.enterprises["E"]), author=world["R"])
    user = Subscriber.objects.get(site=paris)
    PhoneNumber.objects.filter(site=paris).update(subscriber=user, search_key="0199001234")
    at = timezone.now() - timedelta(days=97)
    with patch("django.utils.timezone.now", return_value=at):
        for act in (Act.EDIT, Act.REVOKE):
            done = audit.entry(act, by=world["R"], to=world["A"], item="city")
            done.target_name = "user-a"
            done.save()
    let_see_all_below(world["R"])
    return world


@pytest.mark.parametrize("name", PARTS + OF_LOAD)
def test_each_part_can_be_imported(name: str) -> None:
    assert import_module(f"tests.bench.{name}").__doc__


def test_every_page_has_both_columns_but_what_the_admin_lacks() -> None:
    assert {name for name, page in PAGES.items() if not page.admin} == WITHOUT_ADMIN


@pytest.mark.parametrize("name", PAGES)
def test_the_columns_show_the_same(filled: World, name: str) -> None:
    page, session = PAGES[name].of(values(filled)), asking.session_of(filled["R"])
    found = shown(name, Page(WSGIHandler(), session, page.ours, page.sent))
    beside = asking.bare_handler()
    assert found or name == "search, none"
    assert shown(name, Page(beside, session, page.bare)) == found
    if page.admin and name != MIDDLE:  # the admin has no page but those that there are
        assert shown(name, Page(beside, session, page.admin)) == found


def values(world: World) -> dict[str, int]:
    child = world.people["A"]
    last = {"last": 2, "last_entries": 1}
    return {"child": child, "parent": child, "site": world.places["Lyon"], **last}


def shown(name: str, page: Page) -> list[str]:
    """The people, or what else it is about, on a page and in its order."""
    html = unescape(page().decode())
    content = html.partition("<main")[2] or html
    found = list(dict.fromkeys(re.findall(SOUGHT.get(name, r"user-\w+"), content)))
    return sorted(found) if name == "features" else found  # the admin has no order of ours
