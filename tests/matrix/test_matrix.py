"""Every URL × method × kind of person × kind of target: the status, what was written, what is told.

The status follows from the rule that is declared on the URL and from plain sets (people.py,
pages.py). Whatever is refused writes nothing, and nothing but POST writes. What is out of scope is
answered like what does not exist: status, headers and page, to the byte.

GET and POST: people of every kind (`USUAL`); where they manage, one target of each relation
(themselves, parent, above, child, below, sibling, aside, elsewhere, carrier staff, missing), else
three; one site of each kind (held, closed, of the enterprise, foreign, missing). HEAD, OPTIONS, PUT
and DELETE: fewer people, three targets: somebody or something in reach, if there is, out of reach,
and missing. PORTAL_LONG=1: everybody, every method, every target.
"""

import os
from collections.abc import Iterator
from itertools import product
from typing import Any

import pytest
from django.http import HttpResponse
from django.urls import reverse
from pytest_django import DjangoDbBlocker

from tests.matrix.asking import Answer, Asker, id_of, settle, told
from tests.matrix.pages import (
    HIDDEN,
    KINDS,
    METHODS,
    Page,
    carriers_pages,
    expected,
    let_in,
    pages,
    refused,
    writes,
)
from tests.matrix.people import (
    MISSING,
    PLACES,
    STAFF,
    TARGETS,
    VISITORS,
    Visitor,
    one_of_each,
    one_of_each_place,
    relation,
    three,
    three_places,
)
from tests.matrix.rules_of_urls import RULE_OF
from tests.world import World

LONG = bool(os.environ.get("PORTAL_LONG"))
BOTH = ("GET", "POST")
USUAL = {
    "anonymous",
    "R",
    "A",
    "A-disabled",
    "A-owing",
    "A-unfeatured",
    "B",
    "N",
    "T",
    "Z",
    "X",
    STAFF,
}
FEWER = {"anonymous", "A", "T", STAFF}
SIGN_IN, PASSWORD_CHANGE = "/sign-in/?next=", "/password/"
NO_URL = "/nothing-here"


@pytest.fixture(scope="module")
def _settled(_one_world: World, django_db_blocker: DjangoDbBlocker) -> Iterator[World]:
    with django_db_blocker.unblock():
        settle(_one_world)
    return _one_world


@pytest.fixture
def world(_settled: World, db: None) -> World:
    """tests/world.py and two more people, once for all these tests."""
    return _settled


def targets(page: Page, visitor: Visitor, method: str) -> list[str]:
    """What the page is asked about; first what does not exist."""
    if page.of_site or page.of_row:
        of_each = one_of_each_place if method in BOTH else three_places
        found = PLACES if LONG else of_each(visitor)
    elif page.of_person:
        of_each = one_of_each if visitor.manages and method in BOTH else three
        found = TARGETS if LONG else of_each(visitor)
    else:
        found = [""]
    return sorted(found, key=lambda target: target != MISSING)


def address(world: World, page: Page, target: str) -> str:
    if "slug" in page.parameters:
        return reverse(page.name, args=["premiers-pas"])
    return reverse(page.name, args=[id_of(world, page, target)] if target else [])


def sent_to(page: Page, visitor: Visitor) -> str:
    """Whoever is not let in is sent to sign in, or to change their password."""
    if let_in(page, visitor):
        return ""
    return SIGN_IN if visitor.gone else PASSWORD_CHANGE


def test_every_url_is_declared_and_every_declared_one_is_a_url() -> None:
    """A new URL fails here until somebody has said what it is."""
    assert sorted(page.name for page in pages()) == sorted(KINDS)
    assert {page.name: page.access for page in pages()} == RULE_OF
    open_to_ids = {page.name for page in pages() if page.parameters - {"slug"}}
    of_something = [page for page in pages() if page.of_person or page.of_site or page.of_row]
    assert open_to_ids == {page.name for page in of_something}


ASKED = [
    pytest.param(visitor, method, id=f"{visitor}-{method}")
    for visitor, method in product(VISITORS, METHODS)
    if LONG or str(visitor) in (USUAL if method in BOTH else FEWER)
]


@pytest.mark.parametrize(("visitor", "method"), ASKED)
def test_every_page(world: World, visitor: Visitor, method: str) -> None:
    asker, wrong = Asker(world, visitor), []
    for page in pages():
        hidden = KINDS[page.name] == HIDDEN
        missing = told(asker.ask(method, NO_URL).response) if hidden else None
        for target in targets(page, visitor, method):
            about = id_of(world, page, target) if page.of_person else 0
            answer = asker.ask(method, address(world, page, target), about, target)
            missing = told(answer.response) if target == MISSING else missing
            wrong += [
                (page.name, target, *why)
                for why in faults(answer, page, visitor, method, target)
                + unlike_missing(answer.response, missing)
            ]
    assert wrong == []


def faults(answer: Answer, page: Page, visitor: Visitor, method: str, target: str) -> list[Any]:
    """What the rules do not say of this answer."""
    response, asked = answer.response, (page, visitor, method, target)
    found = [("status", response.status_code, expected(*asked))]
    found.append(("audited refusals", answer.refusals, int(refused(*asked))))
    if not writes(*asked):
        found.append(("wrote", answer.written, []))
    if place := sent_to(page, visitor):
        where = response.headers.get("Location", "")
        found.append(("sent to", where[: len(place)], place))
        found.append(("body", response.content, b""))
    return [(what, is_, should) for what, is_, should in found if is_ != should]


def unlike_missing(response: HttpResponse, missing: Any) -> list[Any]:
    """Whether a 404 tells that there is something."""
    return (
        [("not as if missing",)]
        if response.status_code == 404 and told(response) != missing
        else []
    )


CLOSED_TO = {"": 302, "T": 302, "R": 404, "Z": 404}
CARRIER_ASKED = [
    pytest.param(visitor, method, id=f"{visitor}-{method}")
    for visitor, method in product(VISITORS, METHODS)
    if visitor.name in CLOSED_TO and (LONG or method in BOTH or visitor.name == "R")
]


@pytest.mark.parametrize(("visitor", "method"), CARRIER_ASKED)
def test_the_pages_of_the_carrier_are_closed(world: World, visitor: Visitor, method: str) -> None:
    asker, wrong = Asker(world, visitor), []
    for url in carriers_pages():
        response, written, refusals = asker.ask(method, url)
        audited = method == "POST" and not visitor.gone
        found = (response.status_code, written, refusals)
        if found != (CLOSED_TO[visitor.name], [], int(audited)):
            wrong.append((url, *found))
    assert wrong == []


def test_the_walk_found_people_of_every_kind() -> None:
    """So that no list is empty and no question left out in silence."""
    assert len(carriers_pages()) > 40
    assert {STAFF, "", "A", "K1"} <= {one.name for one in VISITORS}
    relations = {relation(one, target) for one in VISITORS for target in one_of_each(one)}
    assert {"parent", "above", "child", "below", "sibling", "aside", "elsewhere"} <= relations
    assert {STAFF, MISSING, "B"} <= relations
