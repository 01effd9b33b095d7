"""Very many requests, each from the same beginning, and what each of them wrote."""

import html
import logging
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from copy import deepcopy
from typing import Any, NamedTuple

from django.db import connection, transaction
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone

from administrators import services
from administrators.emails import LIFETIME
from administrators.models import Administrator, OutgoingMail
from permissions import delegation
from permissions.models import FeatureGrant, SiteGrant
from sites.models import Enterprise, Site
from tests import factories, visitors
from tests.matrix.pages import Page
from tests.matrix.people import MANAGE, MISSING, MISSING_ID, MORE, Visitor
from tests.world import World, username_of

NEW_PASSWORD = "Lampadaire-Violet-77"
# Complete for every form at once, so that only access can refuse it.
FORM = {
    "username": "nina.roux",
    "password": "not-the-password",
    "old_password": factories.PASSWORD,
    "new_password1": NEW_PASSWORD,
    "new_password2": NEW_PASSWORD,
    "text": "Bonjour",
    "first_name": "Nina",
    "last_name": "Roux",
    "email": "nina@exemple.fr",
    "country": "FR",
    "branch": "person",
    "language": "en",
    "theme": "dark",
}
GUARDED = {
    model._meta.db_table
    for model in (Administrator, SiteGrant, FeatureGrant, OutgoingMail, Site, Enterprise)
}
CHANGES = ("INSERT", "UPDATE", "DELETE")
asked: Counter[str] = Counter()


def settle(world: World) -> None:
    """Add the people of people.MORE to the world."""
    for name, _enterprise, parent, sites, features in MORE:
        person = factories.person(username_of(f"{name}-more"), parent=world[parent])
        person.save()
        factories.hold(person, [world.site(site) for site in sites.split()], features.split())
        world.people[name] = person.pk


def browser(world: World, visitor: Visitor) -> Client:
    """Signed in where they can be; then happens what has happened since."""
    if not visitor.name:
        return visitors.visitor()
    person = world[visitor.name]
    client = visitors.visitor(person)
    if visitor.since == "disabled":
        services.disable(person, by=world["R"])
    if visitor.since == "unfeatured":
        delegation.change_features(person, remove=[MANAGE], by=world["R"])
    if visitor.since == "owing":
        owes = {"must_change_password": True, "password_expires_at": timezone.now() + LIFETIME}
        Administrator.objects.filter(pk=person.pk).update(**owes)
    return client


class Answer(NamedTuple):
    """What came back, which guarded tables were written, how many refusals were audited."""

    response: HttpResponse
    written: list[str]
    refusals: int


class Asker:
    """One browser that sends requests, of which nothing remains."""

    def __init__(self, world: World, visitor: Visitor) -> None:
        self.world, self.visitor = world, visitor
        self.client = browser(world, visitor)
        self.versions = dict(Administrator.objects.values_list("pk", "version"))

    def ask(self, method: str, url: str, about: int = 0) -> Answer:
        """One request, about the person of that id if it is about somebody."""
        cookies = deepcopy(self.client.cookies)
        asked[method] += 1
        with transaction.atomic(), quiet(), watched() as written:
            response = self._send(method, url, about)
            refusals = visitors.refusals()
            transaction.set_rollback(True)
        self.client.cookies = cookies
        return Answer(response, written, refusals)

    def _send(self, method: str, url: str, about: int) -> HttpResponse:
        if method != "POST":
            return self.client.generic(method, url)
        own = self.world.people.get(self.visitor.name, 0)
        return self.client.post(url, FORM | {"version": self.versions.get(about or own, 1)})


@contextmanager
def quiet() -> Iterator[None]:
    """Thousands of refusals are expected: they need no line each in the log."""
    logging.disable(logging.WARNING)
    try:
        yield
    finally:
        logging.disable(logging.NOTSET)


@contextmanager
def watched() -> Iterator[list[str]]:
    """The guarded tables that are written meanwhile."""
    written: list[str] = []

    def watch(execute: Callable[..., Any], sql: str, *rest: Any) -> Any:
        if sql.startswith(CHANGES):
            written.extend(
                table for table in GUARDED if f'"{table}"' in sql.partition(" WHERE ")[0]
            )
        return execute(sql, *rest)

    with connection.execute_wrapper(watch):
        yield written


def id_of(world: World, page: Page, target: str) -> int:
    """The id of a person, or of a site."""
    ids = world.people if page.of_person else world.places
    return MISSING_ID if target == MISSING else ids[target]


def told(response: HttpResponse) -> tuple[int, dict[str, str], str]:
    """All that is sent but the hour, the tokens and the very address that was asked for."""
    headers = dict(response.headers.items())
    for varying in ("Expires", "Content-Length"):
        headers.pop(varying, None)
    page = visitors.body(response).replace(html.escape(response.request["PATH_INFO"]), "(asked)")
    return response.status_code, headers, page
