"""Each entry of the audit names the enterprise that it is about."""

from collections.abc import Callable

import pytest

from administrators.models import Administrator
from permissions import audit, delegation, places
from permissions.audit_rows import record_each
from permissions.models import Act, AuditEntry
from sites.models import Enterprise, Site
from tests.world import World

ACTS: dict[str, tuple[Callable[[World], object], str | None]] = {
    "to a person, by the carrier": (
        lambda world: delegation.change_features(world["X"], by=world["SU"], remove=["notes"]),
        "F",
    ),
    "to a branch, by the carrier": (
        lambda world: record_each(
            Administrator.objects.branch_of(world["X"]), Act.DISABLE, by=world["SU"]
        ),
        "F",
    ),
    "to a site, by the carrier": (
        lambda world: places.edit_site(
            Site(pk=world.places["Metz"]), {"city": "Woippy"}, by=world["SU"]
        ),
        "F",
    ),
    "a new site": (
        lambda world: delegation.add_site(
            Site(enterprise=world.enterprises["F"], name="Nancy"), by=world["SU"]
        ),
        "F",
    ),
    "to an enterprise, by the carrier": (
        lambda world: places.edit_enterprise(
            world.enterprises["F"], {"city": "Metz"}, by=world["SU"]
        ),
        "F",
    ),
    "to nobody": (lambda world: audit.record(Act.EXPORT, by=world["A"], item="sites"), "E"),
    "by nobody": (lambda world: audit.record(Act.SIGN_IN_FAILED, by=None, to=world["A"]), "E"),
    "refused, to somebody elsewhere": (
        lambda world: audit.record(Act.REFUSED, by=world["A"], to=world["X"]),
        "F",
    ),
    "by the carrier, to nobody": (
        lambda world: audit.record(Act.EXPORT, by=world["SU"], item="sites"),
        None,
    ),
}


@pytest.mark.parametrize("what", ACTS)
def test_an_entry_names_the_enterprise_that_it_is_about(world: World, what: str) -> None:
    act, name = ACTS[what]
    act(world)
    enterprise = world.enterprises[name] if name else None
    named = set(AuditEntry.objects.values_list("enterprise", flat=True))
    assert named == {enterprise.pk if enterprise else None}


def test_a_new_enterprise_names_itself(world: World) -> None:
    places.add_enterprise(Enterprise(name="Nouvelle"), by=world["SU"])
    assert AuditEntry.objects.get().enterprise == Enterprise.objects.get(name="Nouvelle")
