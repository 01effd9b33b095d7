"""The inventory of the demo: believable, valid, complete, the same each time."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from administrators.models import Administrator
from permissions import rules
from permissions.features import FeatureCode
from portal.demo import PARIS_REGION
from portal.demo_tables import holidays
from sites import models
from sites.models import Enterprise, Placed, Site

pytestmark = pytest.mark.django_db

FICTION = ("+3319900", "+3326191", "+3335301", "+3346571", "+3353649")
INVENTORY = tuple(Placed.__subclasses__())
AMONG = 150  # rows of a model that are looked at


@pytest.mark.usefixtures("printed")
def test_the_inventory_is_the_sources() -> None:
    """23 numbers, 35 devices and 11 users where Melissa Kiviet looks after the sites."""
    held = Site.objects.held_by(Administrator.objects.get(username="mkievit"))
    assert {site.name for site in held} == set(PARIS_REGION)
    counted = [models.PhoneNumber, models.Device, models.Subscriber]
    assert [model.objects.at(held).count() for model in counted] == [23, 35, 11]


@pytest.mark.usefixtures("printed")
def test_every_enterprise_has_something_of_every_kind() -> None:
    enterprises = set(Enterprise.objects.values_list("pk", flat=True))
    for model in INVENTORY:
        found = set(model.objects.values_list("enterprise", flat=True))
        assert found == enterprises, model.__name__
    kinds = models.Service.objects.values_list("kind", flat=True)
    assert set(kinds) == set(models.Service.Kind.values)


@pytest.mark.usefixtures("printed")
def test_what_stands_at_a_site_is_valid() -> None:
    """The forms must be able to save it as it is."""
    for model in INVENTORY:
        keys = list(model.objects.order_by("pk").values_list("pk", flat=True))
        some = keys[:: len(keys) // AMONG + 1]  # of each site, as all of them would take long
        for row in model.objects.select_related("site").filter(pk__in=some):
            row.full_clean()
    for device in models.Device.objects.select_related("model").prefetch_related("numbers"):
        assert device.numbers.count() <= device.model.lines, device


@pytest.mark.usefixtures("printed")
def test_no_call_can_have_reached_anybody() -> None:
    calls = models.CallRecord.objects.exclude(direction="internal")
    peers = set(calls.values_list("peer", flat=True))
    assert len(peers) > 1000
    assert all(peer.startswith(FICTION) for peer in peers)
    for number in models.PhoneNumber.objects.values_list("number", flat=True):
        assert number.is_valid(), number
        assert number.as_e164.startswith(FICTION), number


@pytest.mark.usefixtures("printed")
def test_the_calls_are_of_the_year_before_today() -> None:
    moments = models.CallRecord.objects.values_list("at", flat=True)
    days = {timezone.localdate(at) for at in moments}
    today = timezone.localdate()
    assert max(days) == today - timedelta(days=1)
    assert min(days) >= today - timedelta(days=365)
    assert len(days) > 350
    assert 20_000 < len(moments) < 30_000


@pytest.mark.usefixtures("printed")
def test_remarks_are_by_people_who_may_write_them() -> None:
    for note in models.Note.objects.select_related("author", "site"):
        assert Site.objects.held_by(note.author).filter(pk=note.site_id).exists(), note
        assert FeatureCode.NOTES in rules.held_features(note.author), note
    for asked in models.EquipmentRequest.objects.select_related("asked_by", "site"):
        assert Site.objects.held_by(asked.asked_by).filter(pk=asked.site_id).exists(), asked
        assert FeatureCode.USER_ASSIGNMENTS in rules.held_features(asked.asked_by), asked


@pytest.mark.parametrize(
    ("year", "monday"), [(2025, (4, 21)), (2026, (4, 6)), (2027, (3, 29)), (2049, (4, 19))]
)
def test_easter_falls_where_it_does(year: int, monday: tuple[int, int]) -> None:
    assert holidays(year)[date(year, *monday)] == "Lundi de Pâques"
    assert len(holidays(year)) == 11
