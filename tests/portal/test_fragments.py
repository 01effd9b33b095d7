"""Kept fragments are known by all that they show: nobody sees what was made for somebody else."""

import re
from collections.abc import Iterator

import pytest
from django.conf import settings
from django.core.cache import caches
from django.core.handlers.wsgi import WSGIHandler
from django.core.signals import request_started
from django.db import close_old_connections
from django.test import Client, RequestFactory

from administrators.models import Administrator
from permissions.models import FeatureGrant
from sites.models import PhoneNumber, Site
from tests import factories, visitors
from tests.world import World

KEPT = ("fragments", "addresses")
LIST, NUMBERS = "/administrators/", "/assignments/numbers/"
OPTION = re.compile("<option [^>]*>([^<]*)<")


@pytest.fixture
def world(world: World) -> World:
    for name in KEPT:
        caches[name].clear()
    return world


@pytest.fixture
def handler() -> Iterator[WSGIHandler]:
    """That of a server; it would close a connection that it finds within a test's transaction."""
    request_started.disconnect(close_old_connections)
    yield WSGIHandler()
    request_started.connect(close_old_connections)


def html(client: Client, url: str = LIST) -> str:
    return client.get(url).content.decode()


def offered(client: Client) -> list[str]:
    """The choices of all filters, as they are written."""
    return OPTION.findall(html(client))


def test_each_is_offered_their_own_sites_and_parents(world: World) -> None:
    of_root, of_a = (offered(visitors.visitor(world[name])) for name in "RA")
    assert str(world["R"]) in of_root
    assert str(world["R"]) not in of_a
    sites = Site.objects.held_by(world["R"]).exclude(pk__in=Site.objects.held_by(world["A"]))
    assert [site.name for site in sites if site.name in of_root]
    assert not [site.name for site in sites if site.name in of_a]


def test_what_is_taken_leaves_the_menu_and_the_filter(world: World) -> None:
    reader = visitors.visitor(world["A"])
    before = html(reader)
    (site,) = Site.objects.held_by(world["A"])[:1]
    site.is_open = False
    site.save()
    FeatureGrant.objects.filter(user=world["A"], content_object="notes").delete()
    after = html(reader)
    assert f'<option value="{site.pk}">' in before
    assert f'<option value="{site.pk}">' not in after
    assert 'href="/notes/"' in before
    assert 'href="/notes/"' not in after


def test_the_badge_of_the_menu_counts_afresh(world: World) -> None:
    reader = visitors.visitor(world["R"])
    html(reader)
    number = {"enterprise": world["R"].enterprise, "site": world.site("Paris")}
    PhoneNumber.objects.create(number="+33155501234", **number)
    count = PhoneNumber.objects.filter(enterprise=world["R"].enterprise, site__is_open=True).count()
    assert f'<span class="menu-count">({count})</span>' in html(reader)


def test_a_menu_speaks_the_language_that_was_chosen(world: World) -> None:
    reader = visitors.visitor(world["R"])
    said = {"fr": ("Déconnexion", "Fermer le menu"), "en": ("Sign Out", "Close the menu")}
    for language, words in said.items():
        Administrator.objects.filter(pk=world["R"].pk).update(language=language)
        page = html(reader)
        found = [one for both in said.values() for one in both if one in page]
        assert found == list(words)


def test_each_sees_their_own_theme(world: World) -> None:
    reader = visitors.visitor(world["R"])
    html(reader)
    reader.cookies[settings.THEME_COOKIE_NAME] = "dark"
    page = " ".join(html(reader).split())
    assert 'value="dark" aria-pressed="true"' in page
    assert 'value="" aria-pressed="false"' in page


def test_the_page_on_which_one_is_is_marked(world: World) -> None:
    reader = visitors.visitor(world["R"])
    pages = [" ".join(html(reader, url).split()) for url in (LIST, NUMBERS)]
    marked = [f'href="{url}" aria-current="page"' for url in (LIST, NUMBERS)]
    assert [[mark in page for mark in marked] for page in pages] == [[True, False], [False, True]]


def test_the_line_of_pages_says_how_many_there_are_now(world: World) -> None:
    reader = visitors.visitor(world["R"])
    people = Administrator.objects.below(world["R"]).count()
    assert f"de {people} entrées" in visitors.words(reader.get(LIST))
    factories.children(world["R"], 1)
    assert f"de {people + 1} entrées" in visitors.words(reader.get(LIST))


def test_no_token_is_kept(world: World) -> None:
    html(visitors.visitor(world["R"]))
    kept = [one for name in KEPT for one in caches[name]._cache.values()]
    assert len(kept) > 5
    assert not [one for one in kept if b"csrfmiddlewaretoken" in one]
    assert not [one for one in kept if world["R"].username.encode() in one]


def test_no_header_moves_the_addresses(world: World, handler: WSGIHandler) -> None:
    """What one machine or proxy says about the path is not kept for everybody else."""
    reader = visitors.visitor(world["R"])
    cookie = f"sessionid={reader.cookies['sessionid'].value}"
    environ = RequestFactory().get(LIST, SCRIPT_NAME="/nowhere", HTTP_COOKIE=cookie).environ
    moved = b"".join(handler(environ, lambda status, headers: None))
    assert b'id="profile-menu"' in moved
    assert b"/nowhere" not in moved
    assert "/nowhere" not in html(reader)


def test_long_addresses_are_not_kept(world: World) -> None:
    reader = visitors.visitor(world["R"])
    html(reader)
    before = len(caches["addresses"]._cache)
    html(reader, f"{LIST}?sort=-name&other={'x' * 200}")
    assert len(caches["addresses"]._cache) == before
