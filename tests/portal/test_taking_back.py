"""What is taken is taken from whom the page named: nobody else loses it unseen."""

from collections.abc import Callable
from typing import Any

import pytest
from django.http import HttpResponse

from permissions.models import Act
from portal.acts.assignments import unassign
from portal.acts.devices import remove_device, take_back_device
from portal.acts.writing import NOBODY, HolderChanged, holder_of
from sites.models import Device, PhoneNumber, Service, SipTrunk, Subscriber
from tests import pages, visitors
from tests.portal import holders
from tests.world import World

CHANGED = (
    "L’attribution a changé entre-temps et rien n’a été fait."
    " Vérifiez ce qui est indiqué ci-dessous avant de confirmer."
)
Row = PhoneNumber | Device
ACTS = {"number": unassign, "device": take_back_device, "removed": remove_device}
URLS = {
    "number": "/assignments/numbers/{}/unassign/",
    "device": "/assignments/devices/{}/unassign/",
    "removed": "/assignments/devices/{}/remove/",
}
EACH = pytest.mark.parametrize("what", ACTS)
ABSURD = [None, "", "nobody", "subscriber", "subscriber:0", "subscriber:x", "x:1", "\0", "9" * 999]


@pytest.fixture
def world(furnished: World) -> World:
    holders.hold(furnished)
    return furnished


def row(what: str) -> Row:
    model = PhoneNumber if what == "number" else Device
    return model.objects.get(site__name="Paris")


def url(what: str) -> str:
    return URLS[what].format(row(what).pk)


def user(name: str) -> Subscriber:
    site = row("device").site
    named = {"first_name": name, "last_name": "Petit", "user_id": f"{name.lower()}@exemple.fr"}
    return Subscriber.objects.get_or_create(site=site, **named)[0]


def hand(what: str, to: Any) -> Row:
    """Now it is that user's, whosever it was."""
    type(row(what)).objects.filter(pk=row(what).pk).update(subscriber=to)
    return row(what)


def trace() -> tuple[Any, ...]:
    """What a refusal leaves as it was."""
    tables = [list(model.objects.order_by("pk").values()) for model in (PhoneNumber, Device)]
    return (*tables, holders.audited(Act.UNASSIGN), holders.audited(Act.REMOVE))


@EACH
def test_the_new_holder_keeps_it_and_is_shown(world: World, what: str) -> None:
    hand(what, user("Anne"))
    client = visitors.visitor(world["A"])
    page = client.get(url(what))
    assert "Anne Petit" in visitors.words(page)
    hand(what, user("Marc"))
    before = trace()
    answer = client.post(url(what), pages.form(page), follow=True)
    assert visitors.messages(answer) == [CHANGED]
    assert answer.redirect_chain == [(url(what), 302)]
    assert "Marc Petit" in visitors.words(answer)
    assert "Anne Petit" not in visitors.words(answer)
    assert (trace(), visitors.refusals()) == (before, 1)
    client.post(url(what), pages.form(answer))
    assert trace() != before


@EACH
@pytest.mark.parametrize("sent", ABSURD)
def test_only_from_whom_the_page_named(world: World, what: str, sent: str | None) -> None:
    hand(what, user("Anne"))
    client, before = visitors.visitor(world["A"]), trace()
    data = {} if sent is None else {"holder": sent}
    answer = client.post(url(what), data, follow=True)
    assert visitors.messages(answer) == [CHANGED]
    assert (trace(), visitors.refusals()) == (before, 1)


@pytest.mark.parametrize("sent", [None, "", "subscriber:0", "service:1"])
def test_a_free_device_is_removed_as_free(world: World, sent: str | None) -> None:
    client, before = visitors.visitor(world["A"]), trace()
    data = {} if sent is None else {"holder": sent}
    answer = client.post(url("removed"), data, follow=True)
    assert visitors.messages(answer) == [CHANGED]
    assert trace() == before


def test_a_device_that_was_given_to_somebody_meanwhile_stays(world: World) -> None:
    client = visitors.visitor(world["A"])
    page = client.get(url("removed"))
    hand("removed", user("Marc"))
    answer = client.post(url("removed"), pages.form(page), follow=True)
    assert visitors.messages(answer) == [CHANGED]
    assert "Marc Petit" in visitors.words(answer)
    assert row("removed").subscriber == user("Marc")


@pytest.mark.parametrize("what", ["number", "device"])
def test_what_is_free_already_stays_free_whoever_pressed_twice(world: World, what: str) -> None:
    hand(what, user("Anne"))
    client = visitors.visitor(world["A"])
    form = pages.form(client.get(url(what)))
    for _press in range(2):
        answer: HttpResponse = client.post(url(what), form, follow=True)
        assert "libre" in visitors.messages(answer)[0]
    assert row(what).subscriber is None
    assert len(holders.audited(Act.UNASSIGN)) == 1


@pytest.mark.parametrize("name", PhoneNumber.ASSIGNEES)
def test_a_user_a_device_a_service_and_a_trunk_are_told_apart(world: World, name: str) -> None:
    models = {"subscriber": Subscriber, "device": Device, "service": Service, "trunk": SipTrunk}
    to = models[name].objects.get(site__name="Paris")
    number = row("number")
    assert holder_of(number) == NOBODY
    setattr(number, name, to)
    number.save()
    for other in set(models) - {name}:
        with pytest.raises(HolderChanged):
            unassign(number, by=world["A"], holder=f"{other}:{to.pk}")
    assert row("number").assignee == to
    unassign(number, by=world["A"], holder=f"{name}:{to.pk}")
    assert row("number").assignee is None


@EACH
def test_the_act_judges_for_itself(world: World, what: str) -> None:
    shown = holder_of(hand(what, user("Anne")))
    act: Callable[..., Any] = ACTS[what]
    stale = row(what)
    hand(what, user("Marc"))
    with pytest.raises(HolderChanged):
        act(stale, by=world["A"], holder=shown)
    assert row(what).subscriber == user("Marc")
