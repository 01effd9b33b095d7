"""«Traitement des appels entrants»: nothing that was chosen is dropped without a word."""

from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client

from permissions.features import FeatureCode as F
from sites.models import CallHandling, Service, Subscriber
from tests import pages, visitors
from tests.portal import lists
from tests.world import World

URL = "/quick/calls/"
UNUSED = {
    "subscriber": "Cette action n’utilise pas d’utilisateur : choisissez « Faire sonner un "
    "utilisateur » ou laissez ce champ vide.",
    "service": "Cette action n’utilise pas de service : choisissez « Faire sonner un "
    "service » ou laissez ce champ vide.",
    "forward_to": "Cette action n’utilise pas de numéro : choisissez « Renvoyer vers un "
    "autre numéro » ou laissez ce champ vide.",
}


@pytest.fixture
def world(furnished: World) -> World:
    return furnished


@pytest.fixture
def client(world: World) -> Client:
    return visitors.visitor(lists.holder(world, F.SERVICES))


def chosen(name: str) -> str:
    """What is typed in the field of that name."""
    if name == "forward_to":
        return "01 99 00 00 09"
    model = {"subscriber": Subscriber, "service": Service}[name]
    return str(model.objects.get(site__name="Paris").pk)


def sent(client: Client, **changes: Any) -> HttpResponse:
    """The page of that moment, sent with these changes outside opening hours."""
    changed = {f"closed-{name}": value for name, value in changes.items()}
    return client.post(URL, pages.form(client.get(URL), **changed))


def handled(situation: str = "closed") -> tuple[Any, ...]:
    found = CallHandling.objects.filter(site__name="Paris", situation=situation)
    (one,) = found.values_list("action", "subscriber", "service", "forward_to")
    return one


@pytest.mark.parametrize("action", ["voicemail", "announcement"])
@pytest.mark.parametrize("name", UNUSED)
def test_what_the_action_does_not_use_is_refused(client: Client, name: str, action: str) -> None:
    """Whether the action was changed as well, or not."""
    page = sent(client, action=action, **{name: chosen(name)})
    assert page.status_code == 200
    assert UNUSED[name] in pages.described_by(page, f"closed-{name}")
    assert pages.form(page)[f"closed-{name}"] == [chosen(name)]
    assert UNUSED[name] in visitors.words(page).partition("1 point à corriger")[2]
    assert not CallHandling.objects.filter(site__name="Paris", situation="closed").exists()


def test_of_two_that_are_chosen_the_one_that_rings_is_no_fault(client: Client) -> None:
    both = {name: chosen(name) for name in ("subscriber", "service")}
    page = sent(client, action="service", **both)
    assert UNUSED["subscriber"] in pages.described_by(page, "closed-subscriber")
    assert pages.described_by(page, "closed-service") == ""


@pytest.mark.parametrize("name", UNUSED)
def test_what_stood_there_before_need_not_be_emptied(client: Client, name: str) -> None:
    action = "forward" if name == "forward_to" else name
    assert sent(client, action=action, **{name: chosen(name)}).status_code == 302
    assert sent(client, action="voicemail").status_code == 302
    assert handled() == ("voicemail", None, None, "")
