"""What reaches other people is said first in the carrier's Django admin, too (decision 13)."""

from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from permissions.models import Act, AuditEntry
from tests import pages, visitors
from tests.administrators.carrier import ADMIN, granted_features
from tests.world import World


def page_of_root(world: World) -> str:
    return reverse(f"{ADMIN}_change", args=[world["R"].pk])


def unticked(staff: Client, world: World, *codes: str, **typed: Any) -> HttpResponse:
    """The root's page, saved without these features."""
    kept = sorted(granted_features(world["R"]) - set(codes))
    sent = pages.form(staff.get(page_of_root(world))) | {"features": kept} | typed
    return staff.post(page_of_root(world), sent)


def test_what_people_below_lose_is_said_first(staff: Client, world: World) -> None:
    before, rows = world.grants(), visitors.everything()
    page = unticked(staff, world, "reports", "analytics")
    assert page.status_code == 200
    assert (visitors.everything(), world.grants()) == (rows, before)
    assert {one.pk for one, _said in page.context["losing"]} == {
        world.people[name] for name in ("A", "B", "S")
    }
    words = visitors.words(page)
    assert "3 administrateurs placés au-dessous perdront ce qui suit" in words
    assert "les administrateurs placés au-dessous ne les retrouveront pas" in words
    assert "Retirer à User-R Durand et à 3 autres" in words


def test_with_a_yes_it_is_taken_and_counted(staff: Client, world: World) -> None:
    before = world.grants()
    page = unticked(staff, world, "reports", "analytics", city="Dax")
    answer = staff.post(page_of_root(world), pages.form(page), follow=True)
    lost = {"R:reports", "A:reports", "B:reports", "R:analytics", "S:analytics"}
    assert before - world.grants() == lost
    assert world["R"].city == "Dax"
    (said,) = visitors.messages(answer)
    assert "Modifications enregistrées\u202f:" in said
    assert "Retiré aussi à 3 administrateurs placés au-dessous." in said
    assert AuditEntry.objects.filter(act=Act.REVOKE, actor=world["SU"].pk).count() == len(lost)


def test_nothing_is_asked_where_nobody_below_loses_anything(staff: Client, world: World) -> None:
    answer = unticked(staff, world, "orders")
    assert answer.status_code == 302
    assert "orders" not in granted_features(world["R"])


def test_what_is_wrong_is_said_before_it_is_asked(staff: Client, world: World) -> None:
    page = unticked(staff, world, "reports", email="nobody")
    assert set(page.context["adminform"].form.errors) == {"email"}


def test_each_time_it_is_asked_again(staff: Client, world: World) -> None:
    """The yes was to another page: what came back refused has to be said once more."""
    page = unticked(staff, world, "reports", username="user-a")
    refused = staff.post(page_of_root(world), pages.form(page))
    assert set(refused.context["adminform"].form.errors) == {"username"}
    again = staff.post(page_of_root(world), pages.form(refused) | {"username": "user-r"})
    assert "losing" in again.context
    assert "reports" in granted_features(world["R"])


@pytest.mark.parametrize("name", ["A", "R"])
def test_who_was_edited_is_named(staff: Client, world: World, name: str) -> None:
    url = reverse(f"{ADMIN}_change", args=[world[name].pk])
    answer = staff.post(url, pages.form(staff.get(url)) | {"city": "Dax"}, follow=True)
    (said,) = visitors.messages(answer)
    assert f'Modifications enregistrées\u202f: <a href="{url}">{world[name]}</a>' in said
