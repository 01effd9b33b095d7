"""Requests to devices: handed over to the carrier's own system, and answered (docs/requests.md)."""

import uuid
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from permissions.models import Act
from portal.acts import requests
from portal.acts.devices import ask_restart, remove_device
from portal.acts.writing import NOBODY
from sites.models import Device, EquipmentRequest
from tests.portal import holders
from tests.world import World

HEAD = "reference;state;answer"


@pytest.fixture
def asked(furnished: World) -> list[EquipmentRequest]:
    """Three waiting requests, the oldest first."""
    made = holders.settle(furnished)
    EquipmentRequest.objects.all().delete()
    devices = [made[site]["device"] for site in ("Metz", "Paris", "Lyon")]
    return [ask_restart(one, by=furnished["X" if n == 0 else "A"]) for n, one in enumerate(devices)]


def export(**options: object) -> str:
    out = StringIO()
    call_command("export_requests", stdout=out, stderr=StringIO(), **options)
    return out.getvalue()


def answered(folder: Path, *lines: str, head: str = HEAD) -> str:
    """What the command says of a file of these lines."""
    file, out = folder / "answers.csv", StringIO()
    file.write_text("\n".join([head, *lines, ""]), encoding="utf-8-sig")
    call_command("apply_answers", str(file), stdout=out)
    return out.getvalue()


def states() -> list[str]:
    return list(EquipmentRequest.objects.order_by("pk").values_list("state", flat=True))


def test_each_is_handed_over_once(asked: list[EquipmentRequest]) -> None:
    head, *lines = export().splitlines()
    assert head == "reference;action;mac;asked_at;enterprise"
    assert [[*line.split(";")[:3], line.split(";")[4]] for line in lines] == [
        [str(one.reference), "restart", one.device.mac, str(one.enterprise_id)] for one in asked
    ]
    assert states() == ["sent"] * 3
    assert export().splitlines() == [head]


def test_a_change_of_state_is_in_the_audit(asked: list[EquipmentRequest], tmp_path: Path) -> None:
    export()
    answered(tmp_path, f"{asked[0].reference};failed;Injoignable")
    edits = [(before, after) for _item, before, after in holders.audited(Act.EDIT)]
    assert len(edits) == 5
    assert edits[3][1] != edits[3][0] == edits[0][1]
    assert edits[4] == ("", "Injoignable")


def test_to_a_file_never_over_another(asked: list[EquipmentRequest], tmp_path: Path) -> None:
    file = tmp_path / "requests.csv"
    file.write_text("unread")
    with pytest.raises(CommandError, match="exists already"):
        export(output=file)
    assert (file.read_text(), states()) == ("unread", ["waiting"] * 3)
    with pytest.raises(CommandError, match="No such file"):
        export(output=tmp_path / "nowhere" / "requests.csv")
    file.unlink()
    assert export(output=file) == ""
    assert len(file.read_text(encoding="utf-8").splitlines()) == 4
    assert states() == ["sent"] * 3


def test_what_fails_to_be_written_waits(
    asked: list[EquipmentRequest], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_args: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("portal.management.commands.export_requests.write", full)
    with pytest.raises(OSError, match="No space"):
        export(output=tmp_path / "requests.csv")
    assert (list(tmp_path.iterdir()), states()) == ([], ["waiting"] * 3)


def test_answers_are_taken_once(asked: list[EquipmentRequest], tmp_path: Path) -> None:
    export()
    lines = [f"{asked[0].reference};done;", f"{asked[2].reference};failed;Hors tension"]
    assert answered(tmp_path, *lines) == "2 applied, 0 unchanged\n"
    assert states() == ["done", "sent", "failed"]
    last = EquipmentRequest.objects.get(pk=asked[2].pk)
    assert (last.answer, last.answered_at is not None) == ("Hors tension", True)
    assert answered(tmp_path, *lines) == "0 applied, 2 unchanged\n"
    assert EquipmentRequest.objects.get(pk=asked[2].pk).answered_at == last.answered_at


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        ("{one};maybe;", "line 3: “maybe” is neither done nor failed"),
        ("{one};waiting;", "line 3: “waiting” is neither"),
        ("7;done;", "line 3: “7” is no reference"),
        ("{one};done", "line 3: 2 cells instead of 3"),
        ("{one};done;" + "x" * 201, "line 3: an answer is one line of at most 200"),
        ("{first};failed;", "line 3: the same reference as line 2"),
        (f"{uuid.UUID(int=7)};done;", "line 3: no request has the reference"),
        ("{waiting};done;", "line 3: the request .* was not exported yet"),
        ("{answered};failed;", "line 3: the request .* was answered otherwise"),
        ('{one};done;"open', "line 3: unexpected end of data"),
    ],
)
def test_all_or_nothing(
    world: World, asked: list[EquipmentRequest], tmp_path: Path, line: str, problem: str
) -> None:
    export()
    lille = Device.objects.get(site__name="Lille")
    waiting = ask_restart(lille, by=world["A"])
    answered(tmp_path, f"{asked[2].reference};done;")
    before = states()
    names = {"first": asked[0], "one": asked[1], "answered": asked[2], "waiting": waiting}
    bad = line.format(**{name: one.reference for name, one in names.items()})
    with pytest.raises(CommandError, match=problem) as refused:
        answered(tmp_path, f"{asked[0].reference};done;", bad)
    assert states() == before
    assert "nothing was applied" in str(refused.value)


def test_every_problem_is_said(asked: list[EquipmentRequest], tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="line 2(.|\n)*line 3(.|\n)*2 problems"):
        answered(tmp_path, "1;done;", "2;done;")


@pytest.mark.parametrize("content", [b"", b"reference;state\n", b"\xff\xfe\x00", b"PK\x03\x04"])
def test_another_kind_of_file_is_refused(
    asked: list[EquipmentRequest], tmp_path: Path, content: bytes
) -> None:
    file = tmp_path / "answers.csv"
    file.write_bytes(content)
    with pytest.raises(CommandError, match="nothing was applied"):
        call_command("apply_answers", str(file))


def test_a_request_outlives_its_device_and_is_answered(
    world: World, asked: list[EquipmentRequest], tmp_path: Path
) -> None:
    export()
    remove_device(asked[1].device, by=world["A"], holder=NOBODY)
    kept = EquipmentRequest.objects.get(pk=asked[1].pk)
    assert (kept.device, kept.mac, kept.site) == (None, asked[1].device.mac, asked[1].site)
    assert asked[1].device.mac in str(kept)
    lines = [f"{asked[0].reference};done;", f"{asked[1].reference};done;"]
    assert answered(tmp_path, *lines) == "2 applied, 0 unchanged\n"
    assert states() == ["done", "done", "sent"]


def test_what_waits_is_given_up_with_the_device(
    world: World, asked: list[EquipmentRequest]
) -> None:
    """The device may be added at another customer's before the carrier takes the request up."""
    device = str(asked[1].device)
    remove_device(asked[1].device, by=world["A"], holder=NOBODY)
    kept = EquipmentRequest.objects.get(pk=asked[1].pk)
    assert (kept.state, kept.answer) == ("failed", f"L’appareil {device} a été retiré.")
    assert kept.answered_at is not None
    assert [after for _item, _before, after in holders.audited(Act.EDIT)] == [
        "Échouée", kept.answer,
    ]  # fmt: skip
    assert str(asked[1].reference) not in export()
    assert states() == ["sent", "failed", "sent"]


@pytest.mark.parametrize("state", ["sent", "done", "failed"])
def test_what_the_carrier_took_up_is_kept_as_it_is(
    world: World, asked: list[EquipmentRequest], state: str
) -> None:
    rows = EquipmentRequest.objects.filter(pk=asked[1].pk)
    rows.update(state=state, answer="Dit")
    before = rows.values().get()
    remove_device(asked[1].device, by=world["A"], holder=NOBODY)
    assert rows.values().get() == before | {"device_id": None}


def test_handing_over_says_what_was_handed(asked: list[EquipmentRequest]) -> None:
    assert requests.hand_over() == asked
    assert requests.hand_over() == []
