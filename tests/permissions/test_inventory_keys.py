"""What stands at a site stays with its site and its customer, by SQL too."""

import pytest
from django.apps import apps
from django.db import IntegrityError, connection, models, transaction

from sites.constraints import CompositeForeignKey
from sites.models import Device, Placed
from tests.world import World

KEYS = [
    pytest.param(model, key, id=key.name)
    for model in apps.get_app_config("sites").get_models()
    if issubclass(model, Placed)
    for key in model._meta.constraints
    if isinstance(key, CompositeForeignKey)
]
MACS = ["00:15:65:A1:B2:C3", "0015.65a1.b2c3", "00:15:65:a1:b2", "00:15:65:a1:b2:cg", "", " "]


@pytest.fixture
def world(furnished: World) -> World:
    return furnished


def refused(sql: str, *parameters: object) -> bool:
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(sql, parameters)
    except IntegrityError:
        return True
    return False


def write(model: type[models.Model], column: str, value: object, pk: int) -> bool:
    """Whether the database refuses to write that value; it checks keys at the statement."""
    return refused(f"UPDATE {model._meta.db_table} SET {column} = %s WHERE id = %s", value, pk)


@pytest.mark.parametrize(("model", "key"), KEYS)
def test_nothing_points_to_another_site_or_customer(
    world: World, model: type[Placed], key: CompositeForeignKey
) -> None:
    here = model.objects.get(site__name="Paris")
    elsewhere = model.objects.get(site__name="Metz")
    field = model._meta.get_field(key.fields[-1 if key.fields[0] == "site" else 0])
    if field.name == "enterprise":
        foreign = elsewhere.enterprise_id
    else:
        foreign = field.related_model.objects.get(site__name="Lyon").pk
    assert write(model, field.column, foreign, here.pk)


@pytest.mark.parametrize("model", [one.values[0] for one in KEYS if "enterprise" in str(one.id)])
def test_nothing_moves_to_a_site_of_another_customer(world: World, model: type[Placed]) -> None:
    here = model.objects.get(site__name="Paris")
    assert write(model, "site_id", world.places["Metz"], here.pk)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("subscriber", "device"),
        ("device", "service"),
        ("service", "trunk"),
        ("subscriber", "trunk"),
    ],
)
def test_a_number_is_assigned_once(world: World, first: str, second: str) -> None:
    table = apps.get_model("sites", "PhoneNumber")
    number = table.objects.get(site__name="Paris")
    ids = {
        name: table._meta.get_field(name).related_model.objects.get(site__name="Paris").pk
        for name in (first, second)
    }
    assert not write(table, f"{first}_id", ids[first], number.pk)
    assert write(table, f"{second}_id", ids[second], number.pk)


@pytest.mark.parametrize("mac", MACS)
def test_a_mac_address_is_well_formed(world: World, mac: str) -> None:
    assert write(Device, "mac", mac, Device.objects.get(site__name="Paris").pk)


def test_a_mac_address_stands_once(world: World) -> None:
    paris, metz = (Device.objects.get(site__name=name) for name in ("Paris", "Metz"))
    assert write(Device, "mac", metz.mac, paris.pk)
