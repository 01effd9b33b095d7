"""Generated enterprises: of the size that was asked, contained, and the same each time."""

from collections.abc import Iterator
from datetime import timedelta
from random import Random
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db.models import Count, F
from django.utils import timezone
from pytest_django import DjangoDbBlocker

from administrators import history, history_sites
from administrators.models import Administrator
from permissions.checks import find_faults
from permissions.features import FeatureCode
from permissions.models import Act, AuditEntry, FeatureGrant, SiteGrant
from permissions.scopes import items_opened
from portal.generating import activity, places, trees
from portal.generating.users import add_users
from portal.generating.writing import add_enterprise
from sites.models import CallRecord, Device, Enterprise, PhoneNumber, Site, Subscriber
from tests.lasting import lasting

SIZES = {"administrators": 1_500, "sites": 120, "numbers": 900}
HOW = {"depth": 6, "seed": 3}


@pytest.fixture(scope="module")
def _made(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Enterprise]:
    with lasting(django_db_blocker):
        yield add_enterprise("Mesure", **SIZES, **HOW)


@pytest.fixture
def made(_made: Enterprise, db: None) -> Enterprise:
    """Made once; each test gets it unchanged. Who makes another gives it another name."""
    return _made


@pytest.fixture
def furnished(made: Enterprise) -> None:
    """Users, calls and acts in the same enterprise; more than a batch of some."""
    sites, chance = [site.pk for site in Site.objects.filter(enterprise=made)], Random(1)
    add_users(made, 300, chance, print)
    activity.add_calls(made, sites, 2_500, chance, print)
    activity.add_acts(made, 2_000, chance, print)


def test_as_many_as_asked_and_contained(made: Enterprise) -> None:
    assert Administrator.objects.filter(enterprise=made).count() == SIZES["administrators"]
    assert Site.objects.filter(enterprise=made).count() == SIZES["sites"]
    assert PhoneNumber.objects.filter(enterprise=made).count() == SIZES["numbers"]
    assert list(find_faults()) == []


def test_who_has_people_below_manages_them(made: Enterprise) -> None:
    managing = FeatureGrant.objects.filter(content_object="manage_administrators").values("user")
    assert not Administrator.objects.parents().exclude(pk__in=managing).exists()


def test_some_hold_all_sites_and_some_none(made: Enterprise) -> None:
    assert Administrator.objects.filter(all_sites=True).count() > 1
    holding = SiteGrant.objects.values("user")
    assert Administrator.objects.exclude(pk__in=holding).exists()


def test_the_tree_is_skewed_and_no_deeper_than_asked() -> None:
    plan = list(trees.grow(1_500, 120, 6, Random(1)))
    assert len(plan) == 1_500
    assert max(one.level for one in plan) == 5
    sizes = [one.size for one in plan if one.level == 1]
    assert sizes[0] > 3 * sizes[-1]
    assert sum(sizes) + len(sizes) == 1_499


def test_the_same_seed_gives_the_same_names(db: None) -> None:
    names = []
    for _ in range(2):
        one = add_enterprise("Même", administrators=40, sites=10, numbers=20, depth=4, seed=9)
        people = Administrator.objects.filter(enterprise=one).order_by("pk")
        names.append(list(people.values_list("first_name", "last_name")))
        Enterprise.objects.filter(pk=one.pk).update(name=f"Déjà {one.pk}")
    assert names[0] == names[1]


def test_numbers_go_on_where_the_last_ended(made: Enterprise) -> None:
    other = add_enterprise("Autre", administrators=5, sites=5, numbers=50, depth=3, seed=1)
    first = PhoneNumber.objects.filter(enterprise=other).order_by("number")[0]
    assert str(first) == "01 99 00 09 00"


def test_some_sites_have_many_numbers_and_most_few(made: Enterprise) -> None:
    counted = PhoneNumber.objects.order_by().values("site").annotate(held=Count("pk"))
    held = sorted(counted.values_list("held", flat=True))
    assert held[-1] > 3 * held[len(held) // 2]


def test_related_names_share_out_the_alphabet(db: None) -> None:
    one = add_enterprise("Parents", **SIZES, **HOW, related_names=True)
    root = Administrator.objects.get(enterprise=one, parent=None)
    first, *others = Administrator.objects.filter(parent=root).order_by("pk")
    initials = [
        {person.last_name[0] for person in Administrator.objects.below(top)}
        for top in (first, others[-1])
    ]
    assert max(initials[0]) < min(initials[1])


def test_the_command_says_what_it_made(db: None, capsys: pytest.CaptureFixture[str]) -> None:
    sizes = {"administrators": 30, "sites": 5, "numbers": 9}
    call_command("generate_enterprise", enterprises=2, **sizes, users=4, calls=7, acts=8)
    said = "2 × (30 administrators, 5 sites, 9 numbers, 4 users, 7 calls, 8 acts) in"
    assert said in capsys.readouterr().out
    assert Enterprise.objects.filter(name__startswith="Mesure 000").count() == 2
    assert list(find_faults()) == []
    with pytest.raises(CommandError, match="There is an enterprise named Mesure 0001 already."):
        call_command("generate_enterprise", enterprises=2)


def test_users_have_a_device_and_a_number_at_their_site(made: Enterprise, furnished: None) -> None:
    users = Subscriber.objects.filter(enterprise=made)
    assert users.count() == Device.objects.filter(subscriber__in=users).count() == 300
    assert not users.exclude(numbers__site=F("site"), devices__site=F("site")).exists()
    assert PhoneNumber.objects.filter(enterprise=made, subscriber=None).count() == 600
    assert [one.search_key for one in users] == [_saved_again(one).search_key for one in users]
    for device in Device.objects.select_related("model"):
        assert device.search_key == _saved_again(device).search_key


def test_calls_and_acts_fill_a_year_in_its_order(made: Enterprise, furnished: None) -> None:
    for rows, amount in ((CallRecord.objects, 2_500), (AuditEntry.objects, 2_000)):
        times = list(rows.filter(enterprise=made).order_by("pk").values_list("at", flat=True))
        assert (len(times), times) == (amount, sorted(times))
        assert timedelta(days=364) < timezone.now() - times[0] < timedelta(days=366)
        assert timezone.now() - times[-1] < timedelta(days=1)


def test_every_generated_act_can_be_read(made: Enterprise, furnished: None) -> None:
    root = Administrator.objects.get(enterprise=made, parent=None)
    entries = AuditEntry.objects.readable_by(root, items_opened(frozenset(FeatureCode)))
    acts = {entry.act for entry in entries}
    assert acts == {Act.SIGN_IN, Act.EDIT, Act.GRANT, Act.REVOKE}
    told = entries.exclude(act=Act.SIGN_IN)
    assert all(history.what(entry, history_sites.NOTHING) for entry in told)
    assert entries.filter(site__isnull=False).exists()


def test_a_number_for_each_user(db: None) -> None:
    before = Enterprise.objects.count()
    with pytest.raises(CommandError, match="a number for each user"):
        call_command("generate_enterprise", administrators=2, sites=1, numbers=3, users=4)
    assert Enterprise.objects.count() == before


def test_no_tree_is_deeper_than_the_portal_lets_one_grow(db: None) -> None:
    with pytest.raises(CommandError, match="at most 101"):
        call_command("generate_enterprise", "--depth", "102")


def _saved_again(row: Any) -> Any:
    row.save()
    return row


def test_too_few_numbers_are_said_before_anything_is_written(
    made: Enterprise, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(places, "OF_A_RANGE", 300)
    with pytest.raises(CommandError, match="Too few"):
        call_command("generate_enterprise", name="Encore", administrators=5, sites=2, numbers=700)
    assert not Enterprise.objects.filter(name="Encore").exists()


def test_numbers_go_on_after_the_last(made: Enterprise) -> None:
    add_enterprise("Encore", administrators=2, sites=1, numbers=3, depth=2, seed=1)
    mine = PhoneNumber.objects.filter(enterprise__name="Encore").order_by("number")
    assert [one.number.as_e164 for one in mine] == [f"+33199000{900 + nth}" for nth in range(3)]
