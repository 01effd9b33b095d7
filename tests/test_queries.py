"""How many queries a page costs: as many for 30 rows as for one."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from administrators.models import Administrator
from permissions.features import FeatureCode
from sites.models import Site
from tests import factories, pages, visitors

PAGES = {
    "list": "/administrators/?per_page=50",
    "list, searched": "/administrators/?per_page=50&q=enfant&sort=-username",
    "list, filtered": "/administrators/?per_page=50&feature=notes&state=active",
    "history": "/administrators/history/?per_page=50",
    "create": "/administrators/create/",
    "account": "/administrators/{pk}/account/",
    "contact": "/administrators/{pk}/contact/",
    "address": "/administrators/{pk}/address/",
    "picker": "/administrators/{pk}/sites/",
    "features": "/administrators/{pk}/features/",
    "disable": "/administrators/{pk}/disable/",
    "sites": "/sites/?per_page=50",
    "site": "/sites/{site}/",
    "dashboard": "/dashboard/?per_page=50",
    "own account": "/account/",
}
QUERIES = {
    "list": 7, "list, searched": 7, "list, filtered": 7, "history": 5, "create": 6, "account": 5,
    "contact": 4, "address": 4, "picker": 8, "features": 6, "disable": 6, "sites": 5, "site": 6,
    "dashboard": 5, "own account": 5,
}  # fmt: skip


class Enterprise:
    """A root with one child; `grow` adds 29 of everything."""

    def __init__(self) -> None:
        customer, sites = factories.enterprise("Grande", "Site 0")
        self.root = factories.root(customer, "racine")
        factories.hold(self.root, sites, FeatureCode.values)
        self.child = factories.person("enfant", parent=self.root)
        self.child.save()
        factories.hold(self.child, sites, FeatureCode.values)
        self._grandchildren(1)
        self.client: Client = visitors.visitor(self.root)

    def url(self, name: str) -> str:
        first = Site.objects.order_by("pk").values_list("pk", flat=True)[0]
        return PAGES[name].format(pk=self.child.pk, site=first)

    def grow(self) -> None:
        made = [
            Site(enterprise=self.root.enterprise, name=f"Site {n}", search_key=f"site {n}")
            for n in range(1, 30)
        ]
        sites = Site.objects.bulk_create(made)
        for holder in (self.root, self.child):
            factories.hold(holder, sites)
        self._grandchildren(29)

    def _grandchildren(self, count: int) -> None:
        start = Administrator.objects.count()
        for number in range(start, start + count):
            person = factories.person(f"enfant{number}", parent=self.child)
            person.save()
            site = Site.objects.order_by("pk")[0]
            factories.hold(person, [site], ["notes"])


@pytest.fixture
def enterprise(db: None) -> Enterprise:
    return Enterprise()


def counted(ask: Callable[[], Any]) -> int:
    """How many queries an answer takes, the second time that it is asked."""
    ask()
    with CaptureQueriesContext(connection) as queries:
        assert ask().status_code == 200
    return len(queries)


@pytest.mark.parametrize("name", PAGES)
def test_as_many_queries_for_one_row_as_for_thirty(enterprise: Enterprise, name: str) -> None:
    url = enterprise.url(name)
    one = counted(lambda: enterprise.client.get(url))
    enterprise.grow()
    assert counted(lambda: enterprise.client.get(url)) == one
    assert one == QUERIES[name]


@pytest.mark.parametrize("button", ["search", "tick", "only", "page:2"])
def test_a_button_of_the_picker(enterprise: Enterprise, button: str) -> None:
    url = enterprise.url("picker")

    def press() -> Any:
        return enterprise.client.post(url, data | {"picker-go": button})

    data = pages.form(enterprise.client.get(url))
    one = counted(press)
    enterprise.grow()
    data = pages.form(enterprise.client.get(url))
    assert counted(press) == one


def saving(enterprise: Enterprise, ticks: list[int]) -> int:
    """The queries of giving the child these sites more."""
    url = enterprise.url("picker")
    data = pages.form(enterprise.client.get(url))
    data["picker-added"] = ",".join(str(pk) for pk in ticks)
    with CaptureQueriesContext(connection) as queries:
        assert enterprise.client.post(url, data).status_code == 302
    return len(queries)


def test_a_save_of_many_sites_costs_what_one_does(enterprise: Enterprise) -> None:
    """But for the names, which the audit keeps of several."""
    root = enterprise.root
    made = [
        Site(enterprise=root.enterprise, name=f"Lot {n}", search_key=f"l {n}") for n in range(31)
    ]
    sites = Site.objects.bulk_create(made)
    factories.hold(root, sites)
    one = saving(enterprise, [sites[0].pk])
    assert saving(enterprise, [site.pk for site in sites[1:]]) == one + 1
