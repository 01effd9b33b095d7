"""Devices are found by a part of their MAC address, however its digits are grouped."""

import pytest

from sites.models import Device
from tests import visitors
from tests.portal import holders
from tests.world import World

LIST = "/assignments/devices/"


@pytest.fixture
def made(furnished: World) -> holders.Made:
    return holders.settle(furnished)


def of(made: holders.Made, site: str) -> Device:
    return Device.objects.get(pk=made[site]["device"].pk)


@pytest.mark.parametrize(
    "query", ["5e:60", "5E60", "5e-60", "a4:5e:60", "A45E.60", "4:5e6", "e601", "c3d", "0f lyon",
              "a45e accueil", "A4-5E-60-1F-2C-3D", "45e601f2c3d"],
)  # fmt: skip
def test_a_part_of_a_mac_is_found_however_it_is_grouped(
    world: World, made: holders.Made, query: str
) -> None:
    Device.objects.filter(pk=of(made, "Lyon").pk).update(
        mac="a4:5e:60:1f:2c:3d", search_key="a4:5e:60:1f:2c:3d accueil 0f lyon exemple t2"
    )
    page = visitors.visitor(world["R"]).get(LIST, {"q": query})
    assert list(map(str, visitors.columns(page, "site"))) == ["Lyon"]


@pytest.mark.parametrize("query", ["5e61", "60a4", "e:6:1", "a45e601f2c3e", "5e60 nice", "::"])
def test_other_digits_are_not_found(world: World, made: holders.Made, query: str) -> None:
    Device.objects.filter(pk=of(made, "Lyon").pk).update(mac="a4:5e:60:1f:2c:3d")
    page = visitors.visitor(world["R"]).get(LIST, {"q": query})
    assert visitors.columns(page, "mac") == []
