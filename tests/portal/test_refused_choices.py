"""An id that a form did not offer: an error beside its field, and a trace in the audit."""

import pytest

from permissions.features import FeatureCode as F
from permissions.models import Act, AuditEntry
from sites.models import DeviceModel, Subscriber
from tests import pages, visitors
from tests.portal import lists
from tests.world import World


@pytest.fixture
def world(furnished: World) -> World:
    return furnished


@pytest.mark.parametrize(("field", "place"), [("site", "Nice"), ("site", "Metz"), ("model", "")])
def test_it_leaves_a_trace(world: World, field: str, place: str) -> None:
    """Nothing of what was typed is lost, so it is an error beside the field."""
    person = lists.holder(world, F.USER_ASSIGNMENTS, sites="Paris Lyon")
    data = {"site": world.places["Paris"], "mac": "00:15:65:a1:b2:c3", "name": "Hall"}
    data["model"] = DeviceModel.objects.values_list("pk", flat=True)[0]
    value = world.places.get(place, 987654321)
    page = visitors.visitor(person).post("/assignments/devices/add/", data | {field: value})
    assert list(page.context["form"].errors) == [field]
    entry = AuditEntry.objects.get(act=Act.REFUSED, actor=person)
    assert entry.item == f"form:{field}"


def test_the_handling_of_calls_leaves_one_too(world: World) -> None:
    client = visitors.visitor(lists.holder(world, F.SERVICES))
    data = pages.form(client.get("/quick/calls/"))
    foreign = Subscriber.objects.get(site=world.places["Metz"]).pk
    client.post("/quick/calls/", data | {"open-action": "subscriber", "open-subscriber": foreign})
    assert AuditEntry.objects.get(act=Act.REFUSED).item == "form:subscriber"
