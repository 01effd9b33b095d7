"""Hostile strings in every parameter of every URL: never a 5xx, and GET changes nothing."""

import random
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from administrators.models import Administrator
from permissions.models import Act, AuditEntry
from tests import visitors
from tests.pages import read
from tests.races.figures import LONG, count
from tests.world import World, build

NORMAL, MANY = (1_500, 50_000) if connection.vendor == "postgresql" else (500, 5_000)
REQUESTS = MANY if LONG else NORMAL
BATCH = 100
OPENED = 0.3  # how often the page is opened first, so that only what is hostile is wrong
LETTERS = "a" * 20_000
SURROGATE = "\ud800".encode("utf-8", "surrogatepass")
HOSTILE = [
    "", " ", "\x00", "a\x00b", "%", "_", "\\", "'", '"', "';--", "' OR '1'='1", SURROGATE, "\xff",
    b"\xff\xfe", b"%00", "\r\nSet-Cookie: a=b", "\u202e", "😀", "é" * 300, LETTERS, "{}", "[]",
    "<script>alert(1)</script>", "{{ 7*7 }}{% debug %}", "${7*7}", "%(x)s %s {0}", "=1+1", "-1",
    "../../../etc/passwd", "//exemple.fr", "javascript:alert(1)", "0", "1e309", "NaN", "9" * 19,
    "9" * 400, "1.5", "１２", "²", "٣", "0x10", "1_0", "+1", "true", "null", "2026-02-30",
    "0000-00-00", "9999-12-31", "10000-01-01", "last", "page:", "page:-1", "page:²", "tick",
    "untick", "1,2,,x", ",", "*", "fr", "en", "dark", "-name", "name,-name", "id", "pk",
]  # fmt: skip
QUERY = """
page per_page sort q search state status parent site feature act from to after before date person
format _export next export city language theme list unknown username __proto__ a[] é picker-q
"""
EXTRA = """
is_superuser is_staff enterprise parent path id version password groups csrfmiddlewaretoken next
picker-go picker-added picker-removed picker-was picker-tick picker-page picker-q all_sites features
shown branch text language theme username first_name email work_phone country action
"""
# Signing out ends the session of the test; everything else may be sent anything.
LEFT_OUT = {"sign_out", "logout"}
ANSWERS: dict[int, int] = {}


@pytest.fixture
def world(transactional_db: None) -> World:
    return build()


@pytest.fixture
def chance() -> random.Random:
    return random.Random(34)


def routes(patterns: list[Any], prefix: str = "") -> Iterator[str]:
    """Every route with its parameters, the Django admin's too."""
    for pattern in patterns:
        route = prefix + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from routes(pattern.url_patterns, route)
        elif isinstance(pattern, URLPattern) and pattern.name not in LEFT_OUT:
            yield "/" + route


def address(route: str, world: World, chance: random.Random) -> str:
    """The route with a person, a place or something hostile for each parameter."""
    path = route.replace("^", "").replace("$", "").replace("(?P<url>.*)", "anything/")
    while "<" in path:
        before, _, rest = path.partition("<")
        name, _, after = rest.partition(">")
        path = before + _parameter(name, world, chance) + after
    return path


def _parameter(name: str, world: World, chance: random.Random) -> str:
    known = [*world.people.values(), *world.places.values()]
    if chance.random() < 0.7 and not name.startswith(("slug", "path:url")):
        return str(chance.choice(known))
    return chance.choice(["0", "-1", "9" * 19, "9" * 400, "x", "%00", "%FF", "a'b", "premiers-pas"])


def browsers(world: World) -> list[Client]:
    """Nobody, the root, an administrator, somebody without features, and the carrier."""
    people = [None, *(world[name] for name in ("R", "A", "Z", "SU"))]
    clients = [visitors.visitor(person) for person in people]
    for client in clients:
        client.raise_request_exception = False
    return clients


def hostile_fields(names: list[str], chance: random.Random) -> dict[str, Any]:
    chosen = chance.sample(names, min(len(names), chance.randint(1, 3)))
    return {name: chance.choice(HOSTILE) for name in chosen}


def ask(answer: Any, told: str) -> None:
    ANSWERS[answer.status_code] = ANSWERS.get(answer.status_code, 0) + 1
    assert answer.status_code < 500, told


def kept() -> Any:
    """All that no GET may change; that somebody took a file away is written down all the same."""
    return visitors.everything(), AuditEntry.objects.exclude(act=Act.EXPORT).count()


def test_get(world: World, chance: random.Random) -> None:
    clients, every = browsers(world), list(routes(get_resolver().url_patterns))
    before = kept()
    for number in range(REQUESTS // 2):
        path = address(every[number % len(every)], world, chance)
        data = hostile_fields(QUERY.split(), chance)
        headers = {"HX-Request": "true"} if number % 7 == 0 else {}
        answer = chance.choice(clients).get(path, data, headers=headers)
        ask(answer, f"GET {path} {str(data)[:300]}")
        if number % BATCH == 0:
            assert kept() == before
    assert kept() == before
    count("hostile GET", requests=REQUESTS // 2, answers_5xx=0, changes=0)


def test_post(world: World, chance: random.Random) -> None:
    """The fields of the page's own form with some replaced, and fields that no form has."""
    every = list(routes(get_resolver().url_patterns))
    for number in range(REQUESTS // 2):
        if number % BATCH == 0:
            clients = signed_in_again(world)
        client, path = chance.choice(clients), address(every[number % len(every)], world, chance)
        typed = form_of(client, path) if chance.random() < OPENED else {}
        data = {**typed, **hostile_fields([*typed, *EXTRA.split()], chance)}
        ask(client.post(path, data), f"POST {path} {str(data)[:600]}")
    count("hostile POST", requests=REQUESTS // 2, answers_5xx=0)
    told = {f"answers {status}": times for status, times in sorted(ANSWERS.items())}
    count("hostile strings", **told)


def form_of(client: Client, path: str) -> dict[str, Any]:
    """What a browser would send from that page."""
    page = client.get(path)
    html = page.status_code == 200 and page.headers["Content-Type"].startswith("text/html")
    return read(page).data if html else {}


def signed_in_again(world: World) -> list[Client]:
    """Whoever was disabled or reset on the way, or sent away, acts again."""
    people = Administrator.objects.filter(pk__in=world.people.values())
    people.exclude(pk=world.people["D"]).update(is_active=True, must_change_password=False)
    return browsers(world)
