"""A number leads only to what can answer: what is offered, and what the act refuses."""

from typing import Any

import pytest
from django.test import Client

from permissions.features import FeatureCode
from portal.acts.assignments import AnswersNoCall, assign
from sites.models import Device, PhoneNumber, Service
from tests import visitors
from tests.portal import lists
from tests.world import World

PATH = "/assignments/numbers/"
SILENT = {"schedules", "outgoing_calls", "music_on_hold", "pickup"}


@pytest.fixture
def world(furnished: World) -> World:
    return furnished


@pytest.fixture
def clerk(world: World) -> Any:
    return lists.holder(world, FeatureCode.USER_ASSIGNMENTS)


@pytest.fixture
def client(clerk: Any) -> Client:
    return visitors.visitor(clerk)


def at_paris(model: type, **how: Any) -> Any:
    return model.objects.get(site__name="Paris", **how)


def page_of(kind: str) -> str:
    return f"{PATH}{at_paris(PhoneNumber, device=None).pk}/assign/?kind={kind}"


def fill(device: Device) -> None:
    """No line of the device is left."""
    for last in range(device.model.lines):
        number = f"+3319901000{last}"
        PhoneNumber.objects.create(site=device.site, number=number, device=device)


def offered(client: Client, kind: str) -> list[Any]:
    page = client.get(page_of(kind))
    return [row.record for row in page.context["table"].paginated_rows]


@pytest.mark.parametrize("kind", Service.Kind.values)
def test_only_services_that_answer_get_a_number(client: Client, clerk: Any, kind: str) -> None:
    """The same as those that the handling of incoming calls offers."""
    Service.objects.filter(site__name="Paris").update(kind=kind)
    service = at_paris(Service)
    assert (service in offered(client, "service")) is (kind not in SILENT)
    if kind in SILENT:
        with pytest.raises(AnswersNoCall):
            assign(at_paris(PhoneNumber), service, by=clerk)
    else:
        assert assign(at_paris(PhoneNumber), service, by=clerk).assignee == service


def test_what_is_chosen_all_the_same_is_refused_in_words(client: Client) -> None:
    """A page may be older than the file that changed the service."""
    Service.objects.filter(site__name="Paris").update(kind="music_on_hold")
    page = client.post(page_of("service"), {"to": at_paris(Service).pk}, follow=True)
    said = "Un service de ce type ne prend aucun appel\u202f: aucun numéro ne peut y aboutir."
    assert visitors.messages(page) == [said]
    assert at_paris(PhoneNumber).assignee is None


def test_a_device_without_a_free_line_is_not_offered(client: Client) -> None:
    device = at_paris(Device)
    assert offered(client, "device") == [device]
    fill(device)
    page = client.get(page_of("device"))
    assert list(page.context["table"].paginated_rows) == []
    assert "Aucun appareil de ce site n’a de ligne disponible." in visitors.words(page)
    refused = client.post(page_of("device"), {"to": device.pk}, follow=True)
    assert visitors.messages(refused) == ["Toutes les lignes de cet appareil sont prises."]


@pytest.mark.parametrize(
    ("taken", "said"), [(0, "Exemple T2, 2 lignes disponibles"), (1, "Exemple T2, 1 ligne")]
)
def test_a_device_is_told_by_its_model_and_its_free_lines(
    client: Client, taken: int, said: str
) -> None:
    device = at_paris(Device)
    if taken:
        PhoneNumber.objects.create(site=device.site, number="+33199010000", device=device)
    assert said in visitors.words(client.get(page_of("device")))


def test_a_site_without_a_service_that_answers_says_so(client: Client) -> None:
    Service.objects.filter(site__name="Paris").update(kind="schedules")
    said = "Aucun service de ce site ne prend d’appels."
    assert said in visitors.words(client.get(page_of("service")))


def test_a_service_that_is_switched_off_says_so(client: Client) -> None:
    Service.objects.filter(site__name="Paris").update(is_active=False)
    assert "Groupe de recherche, inactif" in visitors.words(client.get(page_of("service")))


def test_as_many_queries_for_thirty_devices(client: Client) -> None:
    device, url = at_paris(Device), f"{page_of('device')}&per_page=50"
    few = lists.queries(lambda: client.get(url))
    for n in range(29):
        mac = f"00:15:65:ff:00:{n:02x}"
        Device.objects.create(site=device.site, mac=mac, model=device.model)
    assert len(client.get(url).context["table"].paginated_rows) == 30
    assert lists.queries(lambda: client.get(url)) == few
