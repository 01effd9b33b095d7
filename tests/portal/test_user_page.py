"""The page of a user: what they have, with the way to give and to take it back."""

from typing import Any

import pytest
from django.test import Client

from permissions.features import FeatureCode as F
from sites.models import Device, PhoneNumber, Service, ServiceMember, Subscriber
from tests import pages, visitors
from tests.portal import lists
from tests.world import World

USERS, DEVICES = "/assignments/users/", "/assignments/devices/"


@pytest.fixture
def world(furnished: World) -> World:
    """The user of Paris has a number, and so has the device."""
    user, device = (model.objects.get(site__name="Paris") for model in (Subscriber, Device))
    PhoneNumber.objects.filter(site=user.site).update(subscriber=user)
    PhoneNumber.objects.create(site=user.site, number="+33199012345", device=device)
    return furnished


def at_paris(model: type, **how: Any) -> Any:
    return model.objects.get(site__name="Paris", **how)


def reader(world: World, *codes: str) -> Client:
    return visitors.visitor(lists.holder(world, F.USER_ASSIGNMENTS, *codes, sites="Paris Lyon"))


@pytest.mark.parametrize("services_too", [True, False])
def test_the_services_to_which_a_user_belongs(world: World, services_too: bool) -> None:
    service, user = at_paris(Service), at_paris(Subscriber)
    Service.objects.filter(pk=service.pk).update(is_active=False)
    page = reader(world, *([F.SERVICES] if services_too else [])).get(f"{USERS}{user.pk}/")
    assert "Accueil Paris (Groupe de recherche, inactif)" in visitors.words(page)
    assert (f"/services/{service.pk}/" in visitors.links(page)) is services_too
    ServiceMember.objects.all().delete()
    again = reader(world, F.SERVICES).get(f"{USERS}{user.pk}/")
    assert "Accueil Paris" not in visitors.words(again)


@pytest.mark.parametrize(("path", "model"), [(USERS, Subscriber), (DEVICES, Device)])
def test_a_number_is_freed_from_the_page_of_who_has_it(
    world: World, path: str, model: type
) -> None:
    """Both ways lead back there, and that page to its list."""
    holder, client = at_paris(model), reader(world)
    page = f"{path}{holder.pk}/?list=q%3Dparis"
    number = holder.numbers.get()
    (way,) = [url for url in visitors.links(client.get(page)) if "/unassign/" in url]
    assert way.startswith(f"/assignments/numbers/{number.pk}/unassign/?")
    asked = client.get(way)
    assert visitors.links(asked).count(page) == 2
    assert client.post(way, pages.form(asked)).headers["Location"] == page
    assert not holder.numbers.exists()


@pytest.mark.parametrize("word", ["", "holder", "//ailleurs.example", "x"])
def test_only_a_page_of_ours_is_gone_back_to(world: World, word: str) -> None:
    number, client = at_paris(PhoneNumber, device=None), reader(world)
    way = f"/assignments/numbers/{number.pk}/unassign/?from={word}"
    back = client.post(way, pages.form(client.get(way))).headers["Location"]
    user = f"{USERS}{at_paris(Subscriber).pk}/"
    assert back == (user if word == "holder" else "/assignments/numbers/")


def test_a_user_without_a_number_is_a_step_from_one(world: World) -> None:
    page = reader(world).get(f"{USERS}{at_paris(Subscriber).pk}/")
    assert "/assignments/numbers/?use=free&sort=site" in visitors.links(page)


@pytest.mark.parametrize(
    ("codes", "chosen", "linked"),
    [
        ([F.USER_ASSIGNMENTS], "", True), ([F.USER_ASSIGNMENTS], "Paris", True),
        ([F.USER_ASSIGNMENTS], "Lyon", False), ([F.SERVICES, F.CALL_RECORDING], "", False),
    ],
)  # fmt: skip
def test_the_page_of_a_site_leads_to_its_users(
    world: World, codes: list[str], chosen: str, linked: bool
) -> None:
    """Where their page opens: not where another site was chosen."""
    client = visitors.visitor(lists.holder(world, *codes, sites="Paris Lyon"))
    if chosen:
        client.post("/sites/chosen/", {"site": world.places[chosen]})
    page = client.get(f"/sites/{world.places['Paris']}/")
    assert "Léa Dupont Paris" in visitors.words(page)
    way = f"{USERS}{at_paris(Subscriber).pk}/"
    assert (way in visitors.links(page)) is linked
    assert (client.get(way).status_code == 200) is linked
