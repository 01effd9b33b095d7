"""The carrier's own acts are its staff's alone, as these are now and not when the page opened."""

from collections.abc import Callable
from typing import Any

import pytest

from administrators import services
from administrators.models import Administrator
from permissions import delegation, places
from permissions.errors import OutOfScope
from permissions.models import Act, AuditEntry
from portal.acts.models import approve_model
from portal.imports.writing import import_file
from sites.models import DeviceModel, Enterprise, Site
from tests.factories import details
from tests.permissions.acting import state
from tests.world import World

ACTS: dict[str, Callable[[World, Administrator, Any], Any]] = {
    "add_enterprise": lambda world, by, path: places.add_enterprise(Enterprise(name="G"), by=by),
    "edit_enterprise": lambda world, by, path: places.edit_enterprise(
        world.enterprises["E"], {"name": "À moi"}, by=by
    ),
    "edit_site": lambda world, by, path: places.edit_site(
        world.site("Paris"), {"is_open": False}, by=by
    ),
    "add_site": lambda world, by, path: delegation.add_site(
        Site(enterprise=world.enterprises["E"], name="Brest"), by=by
    ),
    "grant_root": lambda world, by, path: delegation.grant_root(world["R"], [], by=by),
    "create_root": lambda world, by, path: services.create_root(
        Enterprise.objects.create(name="H"), by=by, details=details(), features=["notes"]
    ),
    "approve_model": lambda world, by, path: approve_model(DeviceModel.objects.get(), False, by=by),
    "import_file": lambda world, by, path: import_file(
        "holidays", path, world.enterprises["E"], by=by
    ),
}
WHO = {
    "a root": ("R", {}),
    "staff disabled meanwhile": ("SU", {"is_active": False}),
    "staff who owe a password": ("SU", {"must_change_password": True}),
}


@pytest.mark.parametrize("who", WHO)
@pytest.mark.parametrize("name", ACTS)
def test_it_is_carrier_staff_s_alone(furnished: World, tmp_path: Any, name: str, who: str) -> None:
    by, changed = furnished[WHO[who][0]], WHO[who][1]
    Administrator.objects.filter(pk=by.pk).update(**changed)
    path = tmp_path / "file.csv"
    path.write_text("site;day;name\nParis;2030-05-01;Mai\n")
    before = state(furnished)
    with pytest.raises(OutOfScope):
        ACTS[name](furnished, by, path)
    assert state(furnished) == before
    assert [row.item for row in AuditEntry.objects.filter(act=Act.REFUSED)] == [
        f"{name}: OutOfScope"
    ]
