"""«Intégrité»: the carrier asks all rules again of all rows."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from permissions import integrity
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


def test_of_many_faults_the_first_are_kept(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(integrity, "SHOWN", 2)
    monkeypatch.setattr(integrity, "find_faults", lambda: iter("abcde"))
    check = integrity.run_checks(by=None)
    assert (check.faults, check.report) == (5, "a\nb")


def test_a_look_runs_nothing(staff: Client) -> None:
    answer = staff.get(reverse(RUN))
    assert answer.status_code == 302
    assert not IntegrityCheck.objects.exists()


def test_the_command_keeps_what_it_found(staff: Client, world: World) -> None:
    output = StringIO()
    call_command("check_delegation", "--keep", stdout=output)
    assert "no fault" in output.getvalue()
    with unguarded() as cursor:
        cursor.execute("INSERT INTO permissions_feature (code) VALUES ('telepathy')")
        with pytest.raises(CommandError, match="1 fault found"):
            call_command("check_delegation", "--keep", stdout=output)
        kept = list(IntegrityCheck.objects.values_list("faults", "by"))
    assert output.getvalue().splitlines()[-1].startswith("feature: feature=telepathy")
    assert kept == [(1, None), (0, None)]


def test_the_command_keeps_nothing_unless_told(world: World) -> None:
    call_command("check_delegation", stdout=StringIO())
    assert not IntegrityCheck.objects.exists()


def test_who_ran_it_may_be_nobody(staff: Client, world: World) -> None:
    call_command("check_delegation", "--keep", stdout=StringIO())
    check = IntegrityCheck.objects.get()
    page = staff.get(reverse("admin:permissions_integritycheck_change", args=[check.pk]))
    assert page.status_code == 200
    assert staff.get(reverse("admin:permissions_integritycheck_changelist")).status_code == 200


def test_ten_runs_are_read_like_one(staff: Client, world: World) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            staff.get(reverse("admin:permissions_integritycheck_changelist"))
        return len(captured)

    def run(count: int) -> None:
        for _run in range(count):
            IntegrityCheck.objects.create(faults=0, checks=1, seconds=0.1, by=world["SU"])

    run(1)
    queries()
    one = queries()
    run(9)
    assert queries() == one
