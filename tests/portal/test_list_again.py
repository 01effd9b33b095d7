"""A list is found again as one left it: search, filters, sort and page survive what one does."""

from typing import Any
from urllib.parse import urlencode

import pytest
from django.http import HttpResponse
from django.test import Client

from sites.models import Device, PhoneNumber, Service, ServiceMember, Subscriber
from tests import pages, visitors
from tests.portal import holders
from tests.world import World

NUMBERS, DEVICES = "/assignments/numbers/", "/assignments/devices/"
USERS, SERVICES = "/assignments/users/", "/services/"
# What narrows each list, so that the row at Paris is still in it.
LISTED = {
    NUMBERS: "use=free&per_page=25",
    DEVICES: "q=paris&sort=-mac",
    USERS: "q=dupont&sort=-name&page=1",
    SERVICES: "kind=hunt_group&q=paris",
}
KEPT = {path: f"?{urlencode({'list': query})}" for path, query in LISTED.items()}


@pytest.fixture
def client(furnished: World) -> Client:
    holders.hold(furnished)
    PhoneNumber.objects.exclude(site__name="Paris").update(status="suspended")
    return visitors.visitor(furnished["A"])


def at_paris(model: type) -> Any:
    return model.objects.get(site__name="Paris")


def pressed(client: Client, url: str, **data: Any) -> HttpResponse:
    return client.post(url, pages.form(client.get(url)) | data)


@pytest.mark.parametrize(
    ("path", "model", "address"),
    [
        (NUMBERS, PhoneNumber, f"{NUMBERS}{{}}/assign/"), (DEVICES, Device, f"{DEVICES}{{}}/"),
        (USERS, Subscriber, f"{USERS}{{}}/"), (SERVICES, Service, f"{SERVICES}{{}}/"),
    ],
)  # fmt: skip
def test_from_each_list_and_back(client: Client, path: str, model: type, address: str) -> None:
    way = address.format(at_paris(model).pk) + KEPT[path]
    assert way in visitors.links(client.get(f"{path}?{LISTED[path]}"))
    assert address.format(at_paris(model).pk) in visitors.links(client.get(path))
    assert f"{path}?{LISTED[path]}" in visitors.links(client.get(way))


@pytest.mark.parametrize("path", [DEVICES, USERS, SERVICES])
def test_giving_up_an_addition(client: Client, path: str) -> None:
    way = f"{path}add/{KEPT[path]}"
    assert way in visitors.links(client.get(f"{path}?{LISTED[path]}"))
    assert visitors.links(client.get(way)).count(f"{path}?{LISTED[path]}") == 2


def test_a_number_is_given_and_taken_back(client: Client) -> None:
    back, number = f"{NUMBERS}?{LISTED[NUMBERS]}", at_paris(PhoneNumber)
    way = f"{NUMBERS}{number.pk}/assign/{KEPT[NUMBERS]}"
    page = client.get(way)
    kinds = [url for url in visitors.links(page) if "kind=device" in url]
    assert len(kinds) == 1
    given = client.post(f"{NUMBERS}{number.pk}/assign/{kinds[0]}", {"to": at_paris(Device).pk})
    assert given.headers["Location"] == back
    freeing = f"{NUMBERS}{number.pk}/unassign/{KEPT[NUMBERS]}"
    assert freeing in visitors.links(client.get(way))
    assert visitors.links(client.get(freeing)).count(back) == 2
    assert pressed(client, freeing, holder="nobody").headers["Location"] == freeing
    assert pressed(client, freeing).headers["Location"] == back


def test_a_search_in_vain_keeps_what_it_searched(client: Client) -> None:
    number = at_paris(PhoneNumber)
    kept = f"{KEPT[NUMBERS]}&kind=device"
    page = client.get(f"{NUMBERS}{number.pk}/assign/{kept}&q=xyzxyz")
    whole = page.context["table"].way_on
    assert client.get(whole).context["number"] == number
    assert "kind=device" in whole
    assert f"{NUMBERS}?{LISTED[NUMBERS]}" in visitors.links(client.get(whole))


@pytest.mark.parametrize("act", ["assign", "unassign", "restart", "remove"])
def test_what_is_done_to_a_device(client: Client, act: str) -> None:
    device, user = at_paris(Device), at_paris(Subscriber)
    if act == "unassign":
        Device.objects.filter(pk=device.pk).update(subscriber=user)
    page = f"{DEVICES}{device.pk}/{KEPT[DEVICES]}"
    way = f"{DEVICES}{device.pk}/{act}/{KEPT[DEVICES]}"
    device.requests.all().delete()
    assert way in visitors.links(client.get(page))
    assert page in visitors.links(client.get(way))
    after = f"{DEVICES}?{LISTED[DEVICES]}" if act == "remove" else page
    data = {"to": user.pk} if act == "assign" else {}
    assert pressed(client, way, **data).headers["Location"] == after


def test_what_is_saved_of_a_user(client: Client) -> None:
    way = f"{USERS}{at_paris(Subscriber).pk}/{KEPT[USERS]}"
    saved = pressed(client, way, first_name="Nina")
    assert saved.headers["Location"] == f"{USERS}?{LISTED[USERS]}"


def test_what_is_done_to_a_service(client: Client) -> None:
    service, member = at_paris(Service), at_paris(ServiceMember)
    page = f"{SERVICES}{service.pk}/{KEPT[SERVICES]}"
    user = Subscriber.objects.create(
        site=service.site, first_name="Max", last_name="Petit", user_id="max@exemple.fr"
    )
    acts = {
        f"{service.pk}/edit/": {"name": "Hall"},
        f"{service.pk}/members/add/": {"to": user.pk},
        f"members/{member.pk}/remove/": {},
    }
    for act, data in acts.items():
        way = f"{SERVICES}{act}{KEPT[SERVICES]}"
        assert way in visitors.links(client.get(page))
        assert page in visitors.links(client.get(way))
        assert pressed(client, way, **data).headers["Location"] == page
