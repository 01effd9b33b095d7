"""«Intégrité»: the carrier asks all rules again of all rows."""

from django.db import connection
from django.test import Client
from django.urls import reverse

from permissions.models import IntegrityCheck
from tests.permissions.unguarded import unguarded
from tests.world import World

RUN = "admin:integrity_run"


def test_a_sound_world_has_no_fault(staff: Client, world: World) -> None:
    answer = staff.post(reverse(RUN), follow=True)
    check = IntegrityCheck.objects.get()
    assert (check.faults, check.report, check.by) == (0, "", world["SU"])
    assert "0 anomalie trouvée." in answer.content.decode()


def test_a_fault_is_shown(staff: Client, world: World) -> None:
    with unguarded() as cursor:
        cursor.execute(
            "UPDATE administrators_administrator SET all_sites = TRUE WHERE id = %s",
            [world["Z"].pk],
        )
        cursor.execute("SELECT 1") if connection.vendor == "postgresql" else None
        answer = staff.post(reverse(RUN), follow=True)
        check = IntegrityCheck.objects.get()
    assert check.faults > 0
    assert f"administrator={world['Z'].pk}" in check.report
    assert check.report.splitlines()[0] in answer.content.decode().replace("&#x27;", "'")


def test_a_look_runs_nothing(staff: Client) -> None:
    answer = staff.get(reverse(RUN))
    assert answer.status_code == 302
    assert not IntegrityCheck.objects.exists()
