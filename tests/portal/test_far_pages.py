"""Lists of many rows: each way of finding a page finds what a plain list would show there."""

import itertools
from collections.abc import Iterator

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pytest_django import DjangoDbBlocker

from administrators.models import Administrator
from permissions import scopes
from permissions.features import FeatureCode
from permissions.scopes import scope_of
from portal import frame
from portal.generating.writing import add_enterprise
from sites import paging, prepared, querysets
from sites.models import PhoneNumber, SipTrunk, Site, Subscriber
from tests import factories, visitors
from tests.lasting import lasting
from tests.portal.around import AROUND, counted_around

NUMBERS, CAP, SIZE, MENU_CAP, FAR = "/assignments/numbers/", 60, 10, 30, 20


@pytest.fixture(scope="module")
def _measured(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    with lasting(django_db_blocker):
        add_enterprise("Mesure", administrators=80, sites=40, numbers=1_000, depth=3, seed=2)
        yield


@pytest.fixture
def root(_measured: None, db: None, monkeypatch: pytest.MonkeyPatch) -> Administrator:
    monkeypatch.setattr(paging, "CAP", CAP)
    monkeypatch.setattr(paging, "MENU_CAP", MENU_CAP)
    monkeypatch.setattr(paging, "FAR", FAR)
    monkeypatch.setattr(querysets, "NEAR", 100)
    return Administrator.objects.get(parent=None, enterprise__name="Mesure")


@pytest.fixture(params=[slice(15, 30), slice(0, None, 2)], ids=["far away", "here and there"])
def holder(root: Administrator, request: pytest.FixtureRequest) -> Administrator:
    """Somebody who holds sites that follow each other, or do not; some of them are closed."""
    person = factories.person("milieu", parent=root)
    person.save()
    held = list(Site.objects.filter(enterprise=root.enterprise).order_by("pk"))[request.param]
    factories.hold(person, held, FeatureCode.values)
    Site.objects.filter(pk__in=[site.pk for site in held[1:5]]).update(is_open=False)
    return person


def shown(client: Client, url: str, **address: object) -> list[object]:
    rows = client.get(url, {name: str(value) for name, value in address.items()})
    return [row.record for row in rows.context["table"].paginated_rows]


@pytest.mark.parametrize("sort", ["number", "-number"])
@pytest.mark.parametrize("use", ["", "free"])
def test_each_page_of_what_is_held(holder: Administrator, sort: str, use: str) -> None:
    held = Site.objects.filter(is_open=True, grants__user=holder)
    expected = list(PhoneNumber.objects.filter(site__in=held).order_by(sort))
    assert len(expected) > CAP
    client = visitors.visitor(holder)
    for page in range(1, CAP // SIZE + 1):
        wanted = expected[(page - 1) * SIZE : page * SIZE]
        assert shown(client, NUMBERS, sort=sort, page=page, use=use) == wanted


def test_an_order_by_what_is_reckoned(holder: Administrator) -> None:
    """How full a trunk is stands in no column that an order could be found in."""
    site = Site.objects.filter(is_open=True, grants__user=holder)[0]
    trunks = [
        SipTrunk(site=site, enterprise=site.enterprise, name=f"{n}", capacity=200, in_use=n)
        for n in range(CAP + 5)
    ]
    SipTrunk.objects.bulk_create(trunks)
    used = [one.in_use for one in shown(visitors.visitor(holder), "/sip-trunks/", sort="-use")]
    assert used == list(range(CAP + 4, CAP + 4 - SIZE, -1))


def test_rows_in_the_order_of_their_model(holder: Administrator) -> None:
    """A list to choose from is sorted by nothing else."""
    site = Site.objects.filter(is_open=True, grants__user=holder)[0]
    place = {"site": site, "enterprise": site.enterprise}
    number = PhoneNumber.objects.filter(site=site)[0]
    for n in range(CAP + 5):
        Subscriber.objects.create(last_name=f"Test {n:03}", user_id=f"{n}@test.example", **place)
    url = f"{NUMBERS}{number.pk}/assign/"
    client, expected = visitors.visitor(holder), list(Subscriber.objects.order_by("search_key"))
    for page in (1, 2, CAP // SIZE):
        wanted = expected[(page - 1) * SIZE : page * SIZE]
        assert shown(client, url, page=page) == wanted


@pytest.mark.parametrize("url", [NUMBERS, "/sites/"])
def test_the_menu_says_that_there_are_more(holder: Administrator, url: str) -> None:
    """It is read at each page, so it counts no further than it says; the list itself goes on."""
    menu = visitors.visitor(holder).get(url).context["menu"]
    counts = {entry.name: entry.count for entry in menu.left}
    assert counts["numbers"] == f"{MENU_CAP}+"
    assert counts["users"] == "0"
    assert menu.frame.badges["numbers"] == (CAP if url == NUMBERS else MENU_CAP) + 1


@pytest.mark.parametrize("count", [FAR - 1, FAR, FAR + 1])
def test_few_rows_and_just_more_than_few(holder: Administrator, count: int) -> None:
    """They are found in one query or in two."""
    held = Site.objects.filter(is_open=True, grants__user=holder)
    wanted = list(PhoneNumber.objects.filter(site__in=held).order_by("-number")[:count])
    PhoneNumber.objects.exclude(pk__in=[one.pk for one in wanted]).delete()
    client, last = visitors.visitor(holder), (count - 1) // SIZE + 1
    for page in range(1, last + 1):
        expected = wanted[(page - 1) * SIZE : page * SIZE]
        assert shown(client, NUMBERS, sort="-number", page=page) == expected


def test_each_page_of_all_sites(root: Administrator) -> None:
    expected = list(PhoneNumber.objects.order_by("number"))
    client = visitors.visitor(root)
    for page in range(1, CAP // SIZE + 1):
        wanted = expected[(page - 1) * SIZE : page * SIZE]
        assert shown(client, NUMBERS, page=page) == wanted


def test_each_page_of_the_people(root: Administrator) -> None:
    expected = list(Administrator.objects.below(root).order_by("-username"))
    client = visitors.visitor(root)
    for page in range(1, CAP // SIZE + 1):
        wanted = expected[(page - 1) * SIZE : page * SIZE]
        assert shown(client, "/administrators/", sort="-username", page=page) == wanted


SORTS = {
    "name": ("search_key", "pk"),
    "-name": ("-search_key", "-pk"),
    "username": ("username",),
    "-username": ("-username",),
}


def test_the_first_page_for_each_reader_order_and_size(root: Administrator) -> None:
    """Its query is built once for all who stand at a level, and asked again with others' ids."""
    managers = Administrator.objects.parents().holding_feature(FeatureCode.MANAGE_ADMINISTRATORS)
    inside = managers.filter(parent=root, is_active=True, must_change_password=False)
    readers = [root, *inside.order_by("pk")[:2]]
    assert len(readers) == 3
    for reader, (sort, order), size in itertools.product(readers, SORTS.items(), (10, 25)):
        below = Administrator.objects.below(reader)
        found = visitors.visitor(reader).get("/administrators/", {"sort": sort, "per_page": size})
        table = found.context["table"]
        wanted = list(below.order_by(*order)[:size])
        assert [row.record for row in table.paginated_rows] == wanted, (reader, sort, size)
        assert table.page.paginator.counted == min(below.count(), CAP + 1)


def test_an_order_that_is_not_offered_is_that_of_names(root: Administrator) -> None:
    wanted = list(Administrator.objects.below(root).order_by("search_key", "pk")[:SIZE])
    assert shown(visitors.visitor(root), "/administrators/", sort="password") == wanted


def test_an_address_of_many_orders_keeps_no_query(root: Administrator) -> None:
    client = visitors.visitor(root)
    client.get("/administrators/")
    kept = len(prepared._prepared)
    for sort in itertools.permutations(SORTS, 3):
        assert client.get("/administrators/", {"sort": sort}).status_code == 200
    assert len(prepared._prepared) == kept


def test_whoever_is_below_is_listed_at_any_depth(root: Administrator) -> None:
    """The first levels have an index of their own, the others not."""
    person = root
    for depth in range(7):
        person = factories.person(f"fond{depth}", parent=person)
        person.save()
    people = Administrator.objects.filter(enterprise=root.enterprise)
    for reader in people:
        below = set(people.below(reader))
        assert set(people.listed_below(reader)) == below, reader
    assert len(list(people.listed_below(root))) == people.count() - 1


@pytest.mark.parametrize("first", [2, scopes.FIRST])
@pytest.mark.parametrize("page", AROUND)
def test_what_stands_around_a_page_of_many_sites(
    holder: Administrator, monkeypatch: pytest.MonkeyPatch, page: str, first: int
) -> None:
    """Whether the first sites are some of them or all."""
    monkeypatch.setattr(scopes, "FIRST", first)
    monkeypatch.setattr(paging, "CAP", 2_000)
    monkeypatch.setattr(paging, "MENU_CAP", 2_000)
    scope = scope_of(holder)
    assert counted_around(scope, page, scope.sites().values_list("pk", flat=True)[0]) > 100


def test_the_sites_held_are_read_once(holder: Administrator) -> None:
    """For all counts of a page, and in two parts for those of the menus."""
    scope = scope_of(holder)
    with CaptureQueriesContext(connection) as asked:
        frame.frame_of(scope, "dashboard")
    assert len(asked) == 1
    if connection.vendor == "postgresql":
        assert asked[0]["sql"].count("permissions_sitegrant") == 4  # and how many


def test_a_file_holds_all_that_is_held_not_a_page_of_it(holder: Administrator) -> None:
    held = Site.objects.filter(is_open=True, grants__user=holder)
    expected = PhoneNumber.objects.filter(site__in=held).count()
    assert expected > SIZE
    answer = visitors.visitor(holder).get(NUMBERS, {"export": "csv"})
    lines = b"".join(answer.streaming_content if answer.streaming else [answer.content])
    assert len(lines.decode("utf-8-sig").splitlines()) == expected + 1


def test_a_file_asked_for_on_a_far_page_holds_all(root: Administrator) -> None:
    answer = visitors.visitor(root).get(NUMBERS, {"export": "csv", "page": "5"})
    lines = b"".join(answer.streaming_content if answer.streaming else [answer.content])
    assert len(lines.decode("utf-8-sig").splitlines()) == PhoneNumber.objects.count() + 1
