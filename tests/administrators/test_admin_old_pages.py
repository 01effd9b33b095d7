"""Two people of the carrier with the same page open: what one did is not undone by the other."""

from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client

from sites.models import DeviceModel, Enterprise, Site
from tests import pages, visitors
from tests.administrators.carrier import url
from tests.world import World

ROWS = [(Enterprise, "is_active"), (Site, "is_open")]


def page_of(row: Any) -> str:
    return url(type(row), "change", row.pk)


def first(world: World, model: type) -> Any:
    return world.enterprises["E"] if model is Enterprise else world.site("Paris")


def save(staff: Client, shown: HttpResponse, row: Any, **typed: Any) -> HttpResponse:
    """What that page sends, with some of it changed; None is a box that was unticked."""
    sent = pages.form(shown) | typed
    return staff.post(page_of(row), {name: one for name, one in sent.items() if one is not None})


@pytest.mark.parametrize(("model", "flag"), ROWS)
def test_an_old_page_writes_what_was_changed_there(
    staff: Client, world: World, model: type, flag: str
) -> None:
    row = first(world, model)
    old = staff.get(page_of(row))
    typed = {"street": "1 rue Neuve", flag: None, "confirmed": "on"}
    assert save(staff, old, row, **typed).status_code == 302
    assert save(staff, old, row, city="Lyon").status_code == 302
    row.refresh_from_db()
    assert (getattr(row, flag), row.street, row.city) == (False, "1 rue Neuve", "Lyon")


@pytest.mark.parametrize(("model", "flag"), ROWS)
def test_what_both_changed_is_shown_first(
    staff: Client, world: World, model: type, flag: str
) -> None:
    row = first(world, model)
    old = staff.get(page_of(row))
    save(staff, old, row, city="Lyon")
    again = save(staff, old, row, city="Lille", street="1 rue Neuve")
    assert "Valeur actuelle : Lyon" in visitors.words(again)
    row.refresh_from_db()
    assert (row.city, row.street) == ("Lyon", "")
    assert save(staff, again, row).status_code == 302
    row.refresh_from_db()
    assert (row.city, row.street) == ("Lille", "1 rue Neuve")


def test_what_was_not_touched_is_not_judged_either(staff: Client, world: World) -> None:
    """Its name is another's by now; the page still shows the one that it had."""
    row = world.enterprises["E"]
    old = staff.get(page_of(row))
    save(staff, old, row, name="Alpha")
    other = world.enterprises["F"]
    assert save(staff, staff.get(page_of(other)), other, name="Enterprise E").status_code == 302
    assert save(staff, old, row, city="Lyon").status_code == 302
    row.refresh_from_db()
    assert (row.name, row.city) == ("Alpha", "Lyon")


def test_odd_spaces_that_are_stored_are_no_change(staff: Client, world: World) -> None:
    row = world.site("Paris")
    Site.objects.filter(pk=row.pk).update(street="12  rue ")
    assert save(staff, staff.get(page_of(row)), row, city="Lyon").status_code == 302


def test_a_new_row_has_shown_nothing(staff: Client, world: World) -> None:
    sent = {"name": "Neuve", "initial-name": "Vieille", "country": "FR"}
    assert staff.post(url(Enterprise, "add"), sent).status_code == 302


def test_a_model_stays_as_it_was_decided(staff: Client) -> None:
    row = DeviceModel.objects.create(maker="Yealink", name="T54W", lines=2)
    old = staff.get(page_of(row))
    save(staff, old, row, is_approved=None if row.is_approved else "on")
    decided = DeviceModel.objects.get().is_approved
    assert decided != row.is_approved
    assert save(staff, old, row).status_code == 302
    assert DeviceModel.objects.get().is_approved == decided
