"""The inventory in the Django admin: looked up by the carrier, changed by nobody there."""

from typing import Any

import pytest
from django.contrib import admin
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation

from permissions.errors import OutOfScope
from permissions.models import Act, AuditEntry
from portal.acts.models import approve_model
from portal.admin import InventoryAdmin
from sites import models, paging
from sites.models import Site
from sites.paging import CappedPaginator
from tests import inventory, visitors
from tests.world import World

pytestmark = pytest.mark.django_db

READ = sorted(
    (model for model, one in admin.site._registry.items() if isinstance(one, InventoryAdmin)),
    key=lambda model: model.__name__,
)
NAMES = [
    "CallRecord", "Device", "EquipmentRequest", "Holiday", "OpeningHours", "Order", "PhoneNumber",
    "Recording", "Service", "SipTrunk", "Subscriber",
]  # fmt: skip


def url(model: Any, view: str, *args: Any) -> str:
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_{view}", args=args)


def test_what_is_read_here() -> None:
    assert [model.__name__ for model in READ] == NAMES


@pytest.mark.parametrize("model", READ)
def test_rows_are_found_and_read(staff: Client, furnished: World, model: Any) -> None:
    rows = list(model.objects.select_related("enterprise"))
    assert len({row.enterprise_id for row in rows}) == 2
    answer = staff.get(url(model, "changelist"))
    assert answer.context["cl"].result_count == len(rows)
    for row in (rows[0], rows[-1]):
        page = staff.get(url(model, "change", row.pk))
        assert page.status_code == 200
        assert row.enterprise.name in page.text
        assert 'type="submit" value="Enregistrer"' not in page.text


@pytest.mark.parametrize("model", READ)
def test_nothing_of_it_is_written_here(staff: Client, furnished: World, model: Any) -> None:
    row = model.objects.first()
    before = list(model.objects.values())
    sent = {"name": "x", "status": "active", "is_active": "", "post": "yes"}
    for view, args in (("add", ()), ("change", (row.pk,)), ("delete", (row.pk,))):
        assert staff.post(url(model, view, *args), sent).status_code == 403
    chosen = {"action": "delete_selected", "_selected_action": [row.pk], "post": "yes"}
    staff.post(url(model, "changelist"), chosen)
    assert list(model.objects.values()) == before


@pytest.mark.parametrize("model", [*READ, models.DeviceModel])
@pytest.mark.parametrize("name", ["R", ""])
def test_it_is_carrier_staff_s_alone(furnished: World, model: Any, name: str) -> None:
    client = visitors.visitor(furnished[name] if name else None)
    pk = model.objects.values_list("pk", flat=True)[0]
    for address in (url(model, "changelist"), url(model, "change", pk)):
        assert client.get(address).status_code == (404 if name else 302)


@pytest.mark.parametrize("model", READ)
def test_the_queries_do_not_grow_with_the_rows(staff: Client, world: World, model: Any) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            assert staff.get(url(model, "changelist")).status_code == 200
        return len(captured)

    def furnish(sites: list[Site]) -> None:
        for site in sites:
            rows = inventory.furnish_one(site, author=world["R"])
            user, station = rows["subscriber"], rows["station"]
            models.PhoneNumber.objects.filter(site=site).update(subscriber=user)
            models.Device.objects.filter(site=site).update(subscriber=user, station=station)

    inventory.clear()
    sites = list(Site.objects.all())
    furnish(sites[:1])
    queries()
    few = queries()
    furnish(sites[1:])
    assert queries() == few


@pytest.mark.parametrize("model", READ)
def test_rows_are_narrowed_to_an_enterprise(staff: Client, furnished: World, model: Any) -> None:
    owner = furnished["X"].enterprise
    answer = staff.get(url(model, "changelist"), {"enterprise__id__exact": owner.pk})
    found = list(answer.context["cl"].result_list)
    assert found
    assert {row.enterprise_id for row in found} == {owner.pk}


def test_a_number_is_found_however_it_is_grouped(staff: Client, furnished: World) -> None:
    number = models.PhoneNumber.objects.all()[1]
    for query in (number.number.as_national, number.number.as_e164):
        answer = staff.get(url(models.PhoneNumber, "changelist"), {"q": query})
        assert list(answer.context["cl"].result_list) == [number]


def test_an_order_has_its_items_and_its_steps(staff: Client, furnished: World) -> None:
    order = models.Order.objects.all()[0]
    order.items.create(label="Poste T54W", quantity=3)
    order.steps.create(status="shipped", on="2026-03-04", comment="Par coursier")
    page = staff.get(url(models.Order, "change", order.pk))
    words = visitors.words(page)
    for said in ("Poste T54W", "Expédiée", "4 mars 2026", "Par coursier"):
        assert said in words
    assert 'name="items-0-label"' not in page.text


def test_hours_and_holidays_are_found_by_their_site(staff: Client, furnished: World) -> None:
    for model in (models.OpeningHours, models.Holiday):
        found = staff.get(url(model, "changelist"), {"q": "PARIS"}).context["cl"].result_list
        assert {row.site.name for row in found} == {"Paris"}
        every = staff.get(url(model, "changelist"), {"q": " "}).context["cl"].result_list
        assert len(every) == model.objects.count()


def test_calls_and_holidays_are_narrowed_to_days(staff: Client, furnished: World) -> None:
    for model, day in ((models.CallRecord, "2026-03-12"), (models.Holiday, "2026-12-25")):
        page, count = url(model, "changelist"), model.objects.count()
        on_that_day = staff.get(page, {"since": day, "until": day}).context["cl"]
        assert len(on_that_day.result_list) == count
        before = staff.get(page, {"until": "2026-03-11"}).context["cl"]
        assert len(before.result_list) == 0


def test_who_left_is_named_beside_a_recording(staff: Client, furnished: World) -> None:
    models.Recording.objects.update(subscriber=None, user_name="Léa Partie")
    assert "Léa Partie" in staff.get(url(models.Recording, "changelist")).text


def test_no_list_counts_or_sorts_without_end(
    staff: Client, furnished: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(paging, "CAP", 2)
    assert CappedPaginator(models.Device.objects.all(), 50).count == 2
    for model in READ:
        one = admin.site._registry[model]
        assert (one.paginator, one.sortable_by) == (CappedPaginator, ())
        assert one.show_full_result_count is False
        assert one.ordering in {("pk",), ("-pk",)}


def test_a_model_is_approved_by_an_act(staff: Client, furnished: World) -> None:
    model = models.DeviceModel.objects.get()
    before = models.DeviceModel.objects.values().get()
    assert staff.post(url(models.DeviceModel, "add"), {"maker": "A"}).status_code == 403
    sent = {"maker": "Autre", "lines": 9}
    for _again in range(2):
        answer = staff.post(url(models.DeviceModel, "change", model.pk), sent)
        assert answer.status_code == 302
    assert models.DeviceModel.objects.values().get() == before | {"is_approved": False}
    entry = AuditEntry.objects.get(item=f"devicemodel:{model.pk}:is_approved")
    assert (entry.act, entry.actor, entry.item_name) == (Act.EDIT, furnished["SU"], str(model))
    assert (entry.before, entry.after) == ("agréé", "non agréé")
    staff.post(url(models.DeviceModel, "change", model.pk), sent | {"is_approved": "on"})
    assert models.DeviceModel.objects.values().get() == before


def test_only_the_carrier_approves_models(furnished: World) -> None:
    model = models.DeviceModel.objects.get()
    with translation.override("fr"), pytest.raises(OutOfScope):
        approve_model(model, False, by=furnished["R"])
    assert models.DeviceModel.objects.get().is_approved
