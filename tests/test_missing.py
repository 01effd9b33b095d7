"""Out of scope is answered as missing, to the byte (rule 5; ATTACKS 14–17)."""

from typing import Any
from urllib.parse import unquote

import pytest
from django.contrib import admin
from django.urls import URLResolver

from tests import visitors
from tests.world import World

PAGES = ["disable", "enable", "reset-password", "account", "contact", "address", "sites",
         "features", "history"]  # fmt: skip
OTHERS = ["A", "R", "S", "S1", "Z", "X", "Y", "SU"]
MISSING = 987654321
FORMS = {"branch": "person", "version": "1", "username": "nina.roux", "first_name": "Nina",
         "last_name": "Roux", "email": "nina@exemple.fr", "country": "FR"}  # fmt: skip
ABSURD = ["-1", "0", "1" * 30, "1e3", "½", "%00", "1%00", "abc", "1/../1", "None", "*"]


@pytest.fixture
def world(one_world: World) -> World:
    return one_world


def asked(world: World, method: str, url: str) -> tuple[int, dict[str, str], str]:
    """The answer to A, but for the address that A asked for, which its forms lead back to."""
    response = getattr(visitors.visitor(world["A"]), method)(url, FORMS)
    follows = {"Expires", "Content-Length"}  # the clock, the address
    headers = {name: text for name, text in response.headers.items() if name not in follows}
    return response.status_code, headers, visitors.body(response).replace(url, "URL")


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize("who", OTHERS)
@pytest.mark.parametrize("screen", PAGES)
def test_somebody_elses_person(world: World, screen: str, who: str, method: str) -> None:
    missing = asked(world, method, f"/administrators/{MISSING}/{screen}/")
    assert missing[0] == 404
    assert asked(world, method, f"/administrators/{world.people[who]}/{screen}/") == missing


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize("site", ["Nice", "Rennes", "Metz"])
def test_a_site_not_held_closed_or_of_another_enterprise(
    world: World, site: str, method: str
) -> None:
    missing = asked(world, method, f"/sites/{MISSING}/")
    assert missing[0] == 404
    assert asked(world, method, f"/sites/{world.places[site]}/") == missing


def test_a_closed_site_is_missing_even_for_who_holds_it(world: World) -> None:
    client = visitors.visitor(world["R"])
    assert client.get(f"/sites/{world.places['Rennes']}/").status_code == 404


@pytest.mark.parametrize("pattern", ["/administrators/{}/account/", "/sites/{}/"])
@pytest.mark.parametrize("pk", ABSURD)
def test_absurd_ids(world: World, pattern: str, pk: str) -> None:
    assert visitors.visitor(world["R"]).get(pattern.format(pk)).status_code == 404


@pytest.mark.parametrize("header", ["HX-Request", "X-Requested-With", "Accept"])
def test_other_representations_decide_like_the_page(world: World, header: str) -> None:
    value = {"HX-Request": "true", "X-Requested-With": "XMLHttpRequest"}.get(header, "text/csv")
    client, url = visitors.visitor(world["A"]), f"/administrators/{world.people['S']}/account/"
    assert client.get(url, headers={header: value}).status_code == 404


def carrier_urls(patterns: list[Any], before: str = "/admin/") -> list[str]:
    """Every URL of the Django admin, with an id where one is asked."""
    urls = []
    for pattern in patterns:
        route = str(pattern.pattern)
        for asked_for in ("<path:object_id>", "<int:content_type_id>", "<path:content_type_id>"):
            route = route.replace(asked_for, "1")
        for regex, example in ((r"^(?P<app_label>", "sites/"), ("(?P<url>", "anything/")):
            route = example if route.startswith(regex) else route
        if isinstance(pattern, URLResolver):
            urls += carrier_urls(pattern.url_patterns, before + route)
        else:
            urls.append(before + route)
    return urls


CARRIER = sorted(set(carrier_urls(admin.site.urls[0])))


def test_the_walk_found_the_pages_of_the_carrier() -> None:
    assert {"/admin/", "/admin/sites/site/1/change/", "/admin/anything/"} <= set(CARRIER)
    assert not [url for url in CARRIER if set(url) & set("<>()^$?")]


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize("url", CARRIER)
def test_the_pages_of_the_carrier_do_not_exist_for_a_root(
    world: World, url: str, method: str
) -> None:
    client = visitors.visitor(world["R"])
    before = visitors.everything()
    response = getattr(client, method)(url, FORMS)
    assert response.status_code == 404
    assert visitors.everything() == before
    assert visitors.refusals() == (method == "post")


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize("url", CARRIER)
def test_the_pages_of_the_carrier_ask_a_stranger_to_sign_in(
    db: None, url: str, method: str
) -> None:
    response = getattr(visitors.visitor(), method)(url, FORMS, follow=True)
    place, status = response.redirect_chain[-1]
    assert unquote(place).startswith("/sign-in/?next=/admin/")
    assert status == 302
