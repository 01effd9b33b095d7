"""«Appareils»: removing one, asking for its restart, giving it to a user and taking it back."""

import pytest

from permissions.models import Act
from sites.models import Device, EquipmentRequest
from tests import pages, visitors
from tests.portal import holders
from tests.world import World

LIST = "/assignments/devices/"


@pytest.fixture
def made(furnished: World) -> holders.Made:
    return holders.settle(furnished)


def test_removing(world: World, made: holders.Made) -> None:
    device, client = holders.device_of(made, "Paris"), visitors.visitor(world["N"])
    url = f"{LIST}{device.pk}/remove/"
    assert f"Retirer l’appareil {device}" in visitors.words(client.get(url))
    assert Device.objects.filter(pk=device.pk).exists()
    answer = client.post(url, pages.form(client.get(url)), follow=True)
    assert visitors.messages(answer) == [f"L’appareil {device} a été retiré."]
    assert not Device.objects.filter(pk=device.pk).exists()
    assert holders.audited(Act.REMOVE) == [(str(device), "Exemple T2", "")]


@pytest.mark.parametrize(("state", "said"), [("waiting", True), ("sent", False), ("done", False)])
def test_only_a_waiting_request_is_given_up(
    world: World, made: holders.Made, state: str, said: bool
) -> None:
    EquipmentRequest.objects.update(state=state)
    page = visitors.visitor(world["N"]).get(f"{LIST}{holders.device_of(made, 'Paris').pk}/remove/")
    sentence = "La demande en attente sera abandonnée ; l’historique des demandes est conservé."
    assert (sentence in visitors.words(page)) is said
    assert "sera retiré du site Paris" in visitors.words(page)


@pytest.mark.parametrize("act", ["remove/", "restart/", "unassign/"])
def test_where_nothing_is_left_to_do_one_goes_back(
    world: World, made: holders.Made, act: str
) -> None:
    """What stands there keeps the device; a restart is waiting; nobody has it."""
    holders.give_number(made, "Paris")
    page = visitors.visitor(world["N"]).get(f"{LIST}{holders.device_of(made, 'Paris').pk}/{act}")
    assert "Revenir à l’appareil" in visitors.words(page)
    assert "Annuler" not in visitors.words(page)


def test_a_restart_is_offered_once_and_the_user_is_a_link(world: World, made: holders.Made) -> None:
    device, client = holders.device_of(made, "Paris"), visitors.visitor(world["N"])
    url, user = f"{LIST}{device.pk}/", made["Paris"]["subscriber"]
    Device.objects.filter(pk=device.pk).update(subscriber=user.pk)
    assert f"{url}restart/" not in visitors.links(client.get(url))
    EquipmentRequest.objects.update(state="done")
    links = visitors.links(client.get(url))
    assert {f"{url}restart/", f"/assignments/users/{user.pk}/"} <= set(links)


def test_a_device_with_numbers_stays(world: World, made: holders.Made) -> None:
    holders.give_number(made, "Paris")
    device, client = holders.device_of(made, "Paris"), visitors.visitor(world["N"])
    url = f"{LIST}{device.pk}/remove/"
    assert "1 numéro est attribué" in visitors.words(client.get(url))
    answer = client.post(url, {"holder": "nobody"}, follow=True)
    assert visitors.messages(answer) == [
        "Des numéros sont attribués à cet appareil. Libérez-les d’abord."
    ]
    assert Device.objects.filter(pk=device.pk).exists()
    assert (holders.audited(Act.REMOVE), visitors.refusals()) == ([], 1)


def test_one_open_restart_for_a_device(world: World, made: holders.Made) -> None:
    EquipmentRequest.objects.all().delete()
    device, client = holders.device_of(made, "Paris"), visitors.visitor(world["A"])
    url = f"{LIST}{device.pk}/restart/"
    client.get(url)
    assert not EquipmentRequest.objects.exists()
    answer = client.post(url, follow=True)
    assert "En attente" in visitors.words(answer)
    client.post(url)
    request = EquipmentRequest.objects.get()
    assert (request.device, request.asked_by, request.state) == (device, world["A"], "waiting")
    assert [after for _item, _before, after in holders.audited(Act.REQUEST)] == [
        str(request.reference)
    ]
    assert "déjà été demandé" in visitors.words(client.get(url))
    EquipmentRequest.objects.update(state="done")
    client.post(url)
    assert EquipmentRequest.objects.count() == 2


def test_giving_and_taking_back(world: World, made: holders.Made) -> None:
    device, client = holders.device_of(made, "Paris"), visitors.visitor(world["N"])
    user, elsewhere = made["Paris"]["subscriber"], made["Nantes"]["subscriber"]
    url = f"{LIST}{device.pk}/"
    offered = client.get(f"{url}assign/")
    assert visitors.columns(offered, "user_id") == [user.user_id]
    assert client.post(f"{url}assign/", {"to": elsewhere.pk}).status_code == 404
    given = client.post(f"{url}assign/", {"to": user.pk}, follow=True)
    assert visitors.messages(given) == [f"L’appareil {device} est désormais attribué à {user}."]
    assert holders.device_of(made, "Paris").subscriber == user
    assert holders.audited(Act.ASSIGN) == [(str(device), "", str(user))]
    again = client.post(f"{url}assign/", {"to": user.pk}, follow=True)
    assert visitors.messages(again) == [
        "Cet appareil a été attribué entre-temps. Libérez-le d’abord."
    ]
    form = pages.form(client.get(f"{url}unassign/"))
    assert holders.device_of(made, "Paris").subscriber == user
    client.post(f"{url}unassign/", form)
    client.post(f"{url}unassign/", form)
    assert holders.device_of(made, "Paris").subscriber is None
    assert holders.audited(Act.UNASSIGN) == [(str(device), str(user), "")]
