"""Every URL, for every kind of people, by GET and by POST (ATTACKS 1, 7, 12, 14, 15)."""

from typing import Any

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, include, path, reverse
from django.utils import timezone

from administrators import services
from administrators.emails import LIFETIME
from administrators.models import Administrator
from permissions import delegation
from tests import factories, visitors
from tests.access_table import GET, POST, cell, names, rows
from tests.factories import PASSWORD
from tests.world import World, username_of

WHO = {"root": "R", "parent": "A", "self": "B", "child": "C", "cousin": "S1", "stranger": "X",
       "unfeatured": "A", "owing": "A", "disabled": "A", "staff": "SU"}  # fmt: skip
SIGN_IN, PASSWORD_CHANGE = "/sign-in/?next=", "/password/"
NEW_PASSWORD = "Lampadaire-Violet-77"
DETAILS = {"first_name": "Nina", "last_name": "Roux", "email": "nina@exemple.fr", "country": "FR"}


@pytest.fixture
def world(one_world: World) -> World:
    return one_world


def bare(request: HttpRequest) -> HttpResponse:
    """A view of which nobody said who may open it."""
    return HttpResponse("opened")


urlpatterns = [path("bare/", bare), path("", include("portal.urls"))]


def named(patterns: list[Any]) -> list[str]:
    """The names of the portal's own URLs; the Django admin has its own test."""
    own: list[str] = []
    for pattern in patterns:
        if isinstance(pattern, URLPattern):
            own.append(str(pattern.name))
        elif isinstance(pattern, URLResolver) and pattern.namespace != "admin":
            own += named(pattern.url_patterns)
    return own


def sibling_of_b(world: World) -> Administrator:
    sibling = factories.person("sibling", parent=world["A"])
    sibling.save()
    factories.hold(sibling, [world.site("Lille")], ["manage_administrators", "notes"])
    return sibling


def browser(world: World, kind: str) -> tuple[Client, Administrator | None]:
    """Somebody of that kind, signed in where they can be, and what happened to them since."""
    if kind == "anonymous":
        return visitors.visitor(), None
    person = sibling_of_b(world) if kind == "sibling" else world[WHO[kind]]
    if kind == "owing":
        person.must_change_password = True
        person.password_expires_at = timezone.now() + LIFETIME
        person.save()
    client = visitors.visitor(person)
    if kind == "unfeatured":
        delegation.change_features(person, remove=["manage_administrators"], by=world["R"])
    if kind == "disabled":
        services.disable(person, by=world["R"])
    person.refresh_from_db()
    return client, person


def address(world: World, name: str) -> str:
    kwargs: dict[str, Any] = {}
    if name == "site":
        kwargs["pk"] = world.places["Paris"]
    elif name == "help_page":
        kwargs["slug"] = "premiers-pas"
    elif name.startswith("administrator_") and name.split("_")[1] not in {"list", "create"}:
        kwargs["pk"] = world.people["B"]
    return reverse(name, kwargs=kwargs)


def data_for(world: World, name: str, person: Administrator | None) -> dict[str, Any]:
    """What a browser would send to have it done, so that only access can refuse it."""
    version = world["B"].version
    return {
        "sign_in": {"username": username_of("B"), "password": PASSWORD},
        "password_change": {
            "old_password": PASSWORD, "new_password1": NEW_PASSWORD, "new_password2": NEW_PASSWORD,
        },
        "my_account": DETAILS | {"version": person.version if person else 1},
        "feedback": {"text": "Bonjour"},
        "administrator_create": DETAILS | {"username": "nina.roux"},
        "administrator_disable": {"branch": "person"},
        "administrator_account": {"username": "nina.roux", "version": version},
        "administrator_contact": DETAILS | {"version": version},
        "administrator_address": {"city": "Reims", "country": "FR", "version": version},
        "administrator_sites": {"picker-was": f"{world.places['Lille']}", "version": version},
        "administrator_features": {"shown": "notes", "confirmed": "on", "version": version},
        "set_language": {"language": "en"},
        "theme": {"theme": "dark"},
    }.get(name, {})  # fmt: skip


def where_refused(name: str, kind: str) -> str:
    """The page to which somebody is sent who may not open this one; "" if it is not refused."""
    if kind in {"anonymous", "disabled"} and cell(GET, name, "anonymous") == 302:
        return SIGN_IN
    owes = kind == "owing" and name not in {"sign_out", "password_change"}
    return PASSWORD_CHANGE if owes else ""


@pytest.mark.parametrize("table", [GET, POST], ids=["get", "post"])
def test_every_url_has_a_row_and_every_row_a_url(table: str) -> None:
    assert sorted(names(table)) == sorted(named(get_resolver().url_patterns))


@pytest.mark.parametrize(("name", "kind", "status"), rows(GET))
def test_get(world: World, name: str, kind: str, status: int) -> None:
    client, _person = browser(world, kind)
    before = visitors.everything()
    response = client.get(address(world, name))
    assert response.status_code == status
    assert visitors.everything() == before
    if where := where_refused(name, kind):
        assert response.headers["Location"].startswith(where)
        assert response.content == b""


@pytest.mark.parametrize(("name", "kind", "status"), rows(POST))
def test_post(world: World, name: str, kind: str, status: int) -> None:
    client, person = browser(world, kind)
    data = data_for(world, name, person)
    before, refused = visitors.everything(), visitors.refusals()
    response = client.post(address(world, name), data)
    assert response.status_code == status
    where = where_refused(name, kind)
    if where:
        assert response.headers["Location"].startswith(where)
        assert response.content == b""
    if where or status >= 400:
        assert visitors.everything() == before
    if kind not in {"anonymous", "disabled"}:
        expected = bool(where) or status in {403, 404}
        assert visitors.refusals() - refused == expected


@pytest.mark.parametrize("method", ["head", "options"])
@pytest.mark.parametrize("name", names(GET))
def test_other_methods_decide_like_get_for_who_owes(world: World, name: str, method: str) -> None:
    client, _person = browser(world, "owing")
    response = getattr(client, method)(address(world, name))
    assert response.status_code == cell(GET, name, "owing")
    assert response.content == b"" or not where_refused(name, "owing")


@pytest.mark.parametrize("method", ["get", "post"])
def test_a_view_without_a_rule_is_refused(world: World, settings: Any, method: str) -> None:
    settings.ROOT_URLCONF = __name__
    response = getattr(visitors.visitor(world["R"]), method)("/bare/")
    assert response.status_code == 403
