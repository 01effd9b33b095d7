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
from permissions.scopes import OPENED_BY
from sites.models import DeviceModel, Enterprise, Site, Subscriber
from tests import factories, visitors
from tests.inventory import WEEK, furnish_one
from tests.matrix.pages import Page
from tests.matrix.people import MANAGE, MISSING, MISSING_ID, MORE, PLACES, Visitor
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
    "confirmed": "on",
    "language": "en",
    "theme": "dark",
    "name": "Nom nouveau",
    "mac": "00:15:65:a1:b2:c3",
    "user_id": "nina@exemple.fr",
    "kind": "conference",
    "day": "2026-07-14",
    "holder": "nobody",
}
GUARDED = {
    model._meta.db_table
    for model in (
        Administrator,
        SiteGrant,
        FeatureGrant,
        OutgoingMail,
        Site,
        Enterprise,
        *OPENED_BY,
    )
}
rows: dict[tuple[str, str], int] = {}
CHANGES = ("INSERT", "UPDATE", "DELETE")
asked: Counter[str] = Counter()


def settle(world: World) -> None:
    """Add the people of people.MORE to the world, and a row of every kind at every site."""
    for name, _enterprise, parent, sites, features in MORE:
        person = factories.person(username_of(f"{name}-more"), parent=world[parent])
        person.save()
        factories.hold(person, [world.site(site) for site in sites.split()], features.split())
        world.people[name] = person.pk
    for site in Site.objects.all():
        made = furnish_one(site, author=world["R"])
        rows.update({(model, site.name): row.pk for model, row in made.items()})
        rows["candidate", site.name] = _candidate(site)


def _candidate(site: Site) -> int:
    """Somebody to whom things can be given, and who belongs to no service yet."""
    address = f"nina{site.pk}@exemple.fr"
    names = {"first_name": "Nina", "last_name": "Libre", "user_id": address, "email": address}
    return Subscriber.objects.create(site=site, **names).pk


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

    def ask(self, method: str, url: str, about: int = 0, site: str = "") -> Answer:
        """One request, about the person of that id if it is about somebody, or at that site."""
        cookies = deepcopy(self.client.cookies)
        asked[method] += 1
        with transaction.atomic(), quiet(), watched() as written:
            response = self._send(method, url, about, site)
            refusals = visitors.refusals()
            transaction.set_rollback(True)
        self.client.cookies = cookies
        return Answer(response, written, refusals)

    def _send(self, method: str, url: str, about: int, site: str) -> HttpResponse:
        if method != "POST":
            return self.client.generic(method, url)
        own = 0 if site else self.world.people.get(self.visitor.name, 0)
        same_site = {"to": rows.get(("candidate", site), MISSING_ID)}
        version = WEEK if url.endswith("/hours/") else self.versions.get(about or own, 1)
        versions = {"version": version}
        return self.client.post(url, FORM | same_site | versions | self._of_a_site_held())

    def _of_a_site_held(self) -> dict[str, Any]:
        """For a form that asks at which site; nobody has one at a site that is not held."""
        held = sorted(name for name in PLACES if self.visitor.reaches_site(name))
        model = DeviceModel.objects.values_list("pk", flat=True)[0]
        return {"site": self.world.places[held[0]] if held else "", "model": model}


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
    """The id of a person, of a site, or of a row at a site."""
    if target == MISSING:
        return MISSING_ID
    if page.of_row:
        return rows[page.of_row, target]
    return (world.people if page.of_person else world.places)[target]


def told(response: HttpResponse) -> tuple[int, dict[str, str], str]:
    """All that is sent but the hour, the tokens and the very address that was asked for."""
    headers = dict(response.headers.items())
    for varying in ("Expires", "Content-Length"):
        headers.pop(varying, None)
    page = visitors.body(response).replace(html.escape(response.request["PATH_INFO"]), "(asked)")
    return response.status_code, headers, page
