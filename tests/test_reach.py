"""Whatever is read for a page is at sites held, opened by a feature held: nothing else is loaded.

Every page of the portal, for several people; what is read is seen where Django makes objects of
rows, so no queryset is forgotten: rows of lists, choices of forms and filters, what stands beside.
"""

from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.apps import apps
from django.db.models.signals import post_init
from django.urls import reverse

from permissions.features import FeatureCode
from permissions.scopes import OPENED_BY
from sites.models import Enterprise, Placed, Site
from tests import visitors
from tests.matrix.pages import AWAY, BUTTON, KINDS, LIST, Page, pages
from tests.portal import lists
from tests.world import CLOSED, SITES, World

OURS, ASSIGNING = set(SITES["E"].split()) - {CLOSED}, FeatureCode.USER_ASSIGNMENTS
EVERY = [str(code) for code in FeatureCode]
# Who, at which sites, with which features.
READERS = {
    "all of one enterprise": ("R", OURS, EVERY),
    "all of another": ("X", set(SITES["F"].split()), EVERY),
    "two sites, all features": ("", {"Paris", "Lyon"}, EVERY),
    "another site, all features": ("", {"Nice"}, EVERY),
    "two sites, assignments and notes": ("", {"Paris", "Nantes"}, [ASSIGNING, "notes"]),
    "one site, services and profile": ("", {"Lille"}, ["services", "profile"]),
    "one site, figures": ("", {"Lyon"}, ["dashboard", "reports", "analytics"]),
    "no site, all features": ("", set(), EVERY),
}
ASKED = [page for page in pages() if KINDS[page.name] not in {AWAY, BUTTON}]
# Lists of which each row is at a site: all the sites held are there, not only no others.
WHOLE = {page.name for page in ASKED if KINDS[page.name] == LIST and not page.parameters}
WHOLE -= {"administrator_list", "history"}


@pytest.fixture
def world(furnished: World) -> World:
    return furnished


@contextmanager
def loaded() -> Iterator[dict[type, set[str]]]:
    """The names of the sites of all rows that are read meanwhile, by their model."""
    found: dict[type, set[int]] = defaultdict(set)

    def note(sender: type, instance: Any, **_: Any) -> None:
        site = instance.site_id if issubclass(sender, Placed) else instance.pk
        if instance.pk is not None:
            found[sender].add(site)

    models = [one for one in apps.get_models() if issubclass(one, Placed | Site | Enterprise)]
    for model in models:
        post_init.connect(note, sender=model, weak=False, dispatch_uid="reach")
    try:
        yield found
    finally:
        for model in models:
            post_init.disconnect(sender=model, dispatch_uid="reach")


def addresses(world: World, page: Page) -> list[str]:
    """The page of something here and there, whoever it belongs to."""
    places = world.ids("Paris Nice Metz")
    if page.of_person:
        found = [world.people["B"], world.people["Y"]]
    elif page.of_site:
        found = places
    elif page.of_row:
        rows = apps.get_model("sites", page.of_row).objects.filter(site__in=places)
        found = list(rows.values_list("pk", flat=True))
    else:
        return [reverse(page.name, args=["premiers-pas"] if page.parameters else [])]
    return [reverse(page.name, args=[pk]) for pk in found]


@pytest.mark.parametrize("who", READERS)
def test_nothing_out_of_reach_is_read(world: World, who: str) -> None:
    name, held, features = READERS[who]
    person = world[name] if name else lists.holder(world, *features, sites=" ".join(held))
    client, names = visitors.visitor(person), {pk: name for name, pk in world.places.items()}
    wrong, answered = [], 0
    for page in ASKED:
        for url in addresses(world, page):
            with loaded() as found:
                response = client.get(url, {"per_page": "100"})
            answered += response.status_code == 200
            others = found.pop(Enterprise, set()) - {person.enterprise_id}
            wrong += [(url, "enterprise", pk) for pk in others]
            for model, sites in found.items():
                opened = model is Site or OPENED_BY[model] & set(features)
                wrong += [(url, model.__name__, names[pk]) for pk in sites
                          if names[pk] not in held or not opened]  # fmt: skip
            if page.name in WHOLE and response.status_code == 200:
                shown = {at(row) for row in response.context["table"].data.data}
                wrong += [(url, "not shown", site) for site in held - shown]
    assert wrong == []
    assert answered > 10


def at(row: Any) -> str:
    """The name of the site of a row of a list."""
    return row.name if isinstance(row, Site) else row.site.name
