"""Carrier staff: made and ended by commands, each with a trace."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from administrators.models import Administrator
from permissions.models import Act, AuditEntry
from tests import visitors
from tests.factories import PASSWORD
from tests.world import World


def command(act: str, username: str) -> str:
    output = StringIO()
    call_command("carrier_staff", act, username, stdout=output)
    return output.getvalue().strip()


def traces() -> list[tuple[str, str]]:
    return list(AuditEntry.objects.order_by("pk").values_list("act", "target_name"))


def test_making_them_leaves_a_trace(db: None) -> None:
    Administrator.objects.create_superuser("operateur2", "o@exemple.fr", PASSWORD)
    assert traces() == [(Act.CREATE, "operateur2")]


def test_who_leaves_is_out_at_once(world: World) -> None:
    staff = visitors.visitor(world["SU"])
    assert staff.get("/admin/").status_code == 200
    assert command("disable", world["SU"].username.upper()).endswith(": disabled")
    assert staff.get("/admin/").status_code == 302
    assert not world["SU"].is_active
    assert command("disable", world["SU"].username).endswith("was so already")
    assert command("enable", world["SU"].username).endswith(": enabled")
    assert staff.get("/admin/").status_code == 302, "the session has ended for good"
    name = str(world["SU"])
    assert traces() == [(Act.DISABLE, name), (Act.ENABLE, name)]


@pytest.mark.parametrize("name", ["R", "nobody"])
def test_nobody_else_is_ended_so(world: World, name: str) -> None:
    username = world[name].username if name in world.people else name
    with pytest.raises(CommandError):
        command("disable", username)
    assert world["R"].is_active
    assert traces() == []
