"""«Jonction SIP»: trunks, what they carry, and whether they are registered."""

import pytest

from permissions.features import FeatureCode as F
from sites.models import PhoneNumber, SipTrunk
from tests import visitors
from tests.portal import lists
from tests.world import World

URL = "/sip-trunks/"


@pytest.fixture
def world(furnished: World) -> World:
    return furnished


@pytest.mark.parametrize(
    ("who", "sites"), [("R", "Lille Lyon Nantes Nice Paris"), ("X", "Dijon Metz")]
)
def test_only_the_sites_held(world: World, who: str, sites: str) -> None:
    found = lists.shown(visitors.visitor(world[who]), URL, "site")
    assert sorted(str(site) for site in found) == sites.split()


def test_no_other_feature_opens_it(world: World) -> None:
    others = [code for code in F if code != F.SIP_TRUNKING]
    assert visitors.visitor(lists.holder(world, *others)).get(URL).status_code == 403


@pytest.mark.parametrize(
    ("in_use", "capacity", "percent"),
    [
        (4, 30, 13),
        (4, 15, 27),
        (0, 30, 0),
        (30, 30, 100),
        (0, 0, 0),
        (2_000_000_000, 2_100_000_000, 95),
    ],
)
def test_the_use_in_percent(world: World, in_use: int, capacity: int, percent: int) -> None:
    trunks = SipTrunk.objects.filter(site=world.places["Paris"])
    trunks.update(in_use=in_use, capacity=capacity)
    client = visitors.visitor(lists.holder(world, F.SIP_TRUNKING))
    assert f'value="{percent}"' in client.get(URL).content.decode()
    assert lists.rows_of(client, URL, "csv")[1][2:5] == [str(capacity), str(in_use), str(percent)]


def test_the_numbers_of_each_trunk(world: World) -> None:
    trunk = SipTrunk.objects.get(site=world.places["Paris"])
    for number in range(3):
        PhoneNumber.objects.create(site=trunk.site, number=f"+3319901000{number}", trunk=trunk)
    client = visitors.visitor(world["R"])
    counts = dict(zip(lists.shown(client, URL, "name"), lists.shown(client, URL, "number_count"),
                      strict=True))  # fmt: skip
    assert counts.pop("Jonction Paris") == 3
    assert set(counts.values()) == {0}


def test_filter_by_registration(world: World) -> None:
    SipTrunk.objects.filter(site=world.places["Lyon"]).update(registration="registered")
    client = visitors.visitor(world["R"])
    found = lists.shown(client, URL, "site", registration="registered")
    assert [str(site) for site in found] == ["Lyon"]


def test_search_by_name(world: World) -> None:
    assert lists.shown(visitors.visitor(world["R"]), URL, "name", q="JONCTION nice") == [
        "Jonction Nice"
    ]


@pytest.mark.parametrize("sort", ["-name", "use", "capacity", "-in_use"])
@pytest.mark.parametrize("as_file", ["csv", "xlsx"])
def test_the_file_is_the_list(world: World, as_file: str, sort: str) -> None:
    for number, trunk in enumerate(SipTrunk.objects.order_by("pk")):
        SipTrunk.objects.filter(pk=trunk.pk).update(capacity=50 - number, in_use=(number * 7) % 5)
    client = visitors.visitor(world["R"])
    _head, *rows = lists.rows_of(client, URL, as_file, sort=sort)
    assert [row[0] for row in rows] == lists.shown(client, URL, "name", sort=sort)
    assert {row[6] for row in rows} == {"Non connectée"}


def test_as_many_queries_for_three_rows_as_for_thirty(world: World) -> None:
    client = visitors.visitor(lists.holder(world, F.SIP_TRUNKING, sites="Paris Lyon Lille"))
    few = lists.queries(lambda: client.get(URL, {"per_page": "50"}))
    for number in range(27):
        SipTrunk.objects.create(site=world.site("Paris"), name=f"Lien {number}", capacity=2)
    assert len(lists.shown(client, URL, "site")) == 30
    assert lists.queries(lambda: client.get(URL, {"per_page": "50"})) == few
