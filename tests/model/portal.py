"""The portal as people use it: a browser for each of their sessions, forms posted to real URLs."""

import re
from collections import defaultdict
from copy import deepcopy
from typing import Any

from django.core import mail
from django.http import HttpResponse
from django.test import Client

from administrators import emails
from administrators.models import Administrator
from sites.models import Enterprise, Site
from tests import factories
from tests.model.reference import STAFF

NOBODY = 10**9  # an id that nothing has
SessionOf = tuple[str, int]
TEMPORARY = re.compile(r"\b[a-z2-9]{4}(-[a-z2-9]{4}){4}\b")


class Portal:
    """The ids behind the names, and the cookies of each person's sessions."""

    def __init__(self) -> None:
        self.enterprises: dict[str, Enterprise] = {}
        self.sites: dict[str, int] = {}
        self.people: dict[str, int] = {}
        self.browsers: dict[SessionOf, Client] = defaultdict(Client)
        self.attempts = 0

    def copy(self) -> "Portal":
        """The same, so that one run leaves nothing to the next."""
        other = Portal()
        for kind in ("enterprises", "sites", "people"):
            getattr(other, kind).update(getattr(self, kind))
        for session, browser in self.browsers.items():
            other.browsers[session].cookies = deepcopy(browser.cookies)
        return other

    def found_enterprise(self, name: str, sites: list[str]) -> None:
        self.enterprises[name], made = factories.enterprise(name, *sites)
        self.sites.update({site.name: site.pk for site in made})

    def close(self, site: str) -> None:
        Site.objects.filter(pk=self.sites[site]).update(is_open=False)

    def settle(
        self,
        name: str,
        parent: str,
        enterprise: str,
        sites: set[str],
        features: set[str],
        **how: Any,
    ) -> None:
        above = self.person(parent) if parent else None
        place = {} if parent else {"enterprise": self.enterprises[enterprise]}
        one = factories.person(name, parent=above, **place, **how)
        one.save(force_insert=True)
        self.people[name] = one.pk
        held = Site.objects.filter(pk__in=[self.sites[site] for site in sites])
        factories.hold(one, held, sorted(features))

    def person(self, name: str) -> Administrator:
        return Administrator.objects.get(pk=self.people[name])

    def pk(self, name: str) -> int:
        return self.people.get(name, NOBODY)

    def site_ids(self, names: set[str]) -> list[str]:
        return [str(self.sites.get(name, NOBODY)) for name in sorted(names)]

    def names(self) -> dict[int | None, str]:
        return {pk: name for name, pk in self.people.items()}

    def get(self, who: str, session: int, path: str, **query: Any) -> HttpResponse:
        return self.browsers[who, session].get(path, query)

    def post(self, who: str, session: int, path: str, form: dict[str, Any]) -> HttpResponse:
        return self.browsers[who, session].post(path, form)

    def sign_in(self, who: str, session: int, password: str) -> HttpResponse:
        """From an address of its own each time, so that no lockout stands in the way."""
        self.attempts += 1
        address = f"10.0.{self.attempts // 250}.{self.attempts % 250 + 1}"
        typed = {"username": who, "password": password}
        return self.browsers[who, session].post("/sign-in/", typed, REMOTE_ADDR=address)

    def deliver(self) -> dict[str, str]:
        """Send what is due; the temporary passwords, by the name of who was mailed one."""
        mail.outbox.clear()
        emails.send_due()
        owners = dict(Administrator.objects.values_list("email", "username"))
        found: dict[str, str] = {}
        for message in mail.outbox:
            (address,) = message.to
            assert owners[address] not in found, "two mails to one person"
            found[owners[address]] = TEMPORARY.search(message.body).group()
        return found

    def carrier(self, path: str, form: dict[str, Any]) -> None:
        """Carrier staff save a page of the Django admin."""
        sent = {**form, "country": "FR", "confirmed": "on"}
        answer = self.post(STAFF, 0, f"/admin/sites/{path}", sent)
        assert answer.status_code == 302, answer.context["adminform"].form.errors

    def learn_site(self, name: str) -> None:
        self.sites[name] = Site.objects.get(name=name).pk

    def learn_person(self, name: str) -> None:
        self.people[name] = Administrator.objects.get(username=name).pk
