"""The carrier's files: there and back, and the same file twice changes nothing."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from permissions import places
from permissions.models import Act, AuditEntry
from portal.imports import writing
from portal.imports.formats import KINDS
from portal.imports.progress import Bar
from sites import models
from sites.models import Enterprise
from sites.text import fold
from tests.files import HOLIDAYS, ORDER, Files, stored, without_ids
from tests.world import World

pytestmark = pytest.mark.django_db


def test_there_is_a_test_of_every_kind() -> None:
    assert sorted(ORDER) == sorted(KINDS)


@pytest.mark.parametrize("kind", ORDER)
def test_what_was_exported_changes_nothing(files: Files, kind: str) -> None:
    before, audited = stored(kind), AuditEntry.objects.count()
    content = files.exported(kind)
    rows = content.splitlines()[1:]
    assert rows
    done = files.give(kind, content)
    assert (done.problems.lines(), done.added, done.changed) == ([], 0, 0)
    assert done.unchanged == len(rows)
    assert stored(kind) == before
    assert AuditEntry.objects.count() == audited


def test_all_kinds_go_there_and_back(files: Files) -> None:
    """All but the sites is taken away, and comes back as it was from what was exported."""
    contents = {kind: files.exported(kind) for kind in ORDER[1:]}
    before = {kind: without_ids(kind) for kind in contents}
    models.EquipmentRequest.objects.all().delete()
    for kind in reversed(contents):
        KINDS[kind].model.objects.all().delete()
    for kind in contents:
        assert not KINDS[kind].model.objects.exists()
        done = files.give(kind, contents[kind])
        assert done.problems.lines() == []
        assert done.added == len(before[kind])
    assert {kind: without_ids(kind) for kind in contents} == before


def test_a_new_row_is_found_in_a_search_and_belongs_to_the_enterprise(files: Files) -> None:
    done = files.give("users", "site,user_id,first_name,last_name\nParis,e@x.fr,Élodie,Ça\n")
    assert done.added == 1
    row = models.Subscriber.objects.get(user_id="e@x.fr")
    assert row.enterprise == files.owner
    assert row.search_key == fold("Ça Élodie e@x.fr")
    assert row.recording == "never"


def test_a_change_is_written_with_its_search_key_and_nothing_else(files: Files) -> None:
    user = files.rows["subscriber"]
    head = "site;user_id;first_name;last_name\n"
    done = files.give("users", f"{head}Paris;{user.user_id};Zoé;Nguyen\n")
    assert (done.added, done.changed) == (0, 1)
    found = models.Subscriber.objects.get(pk=user.pk)
    assert (found.last_name, found.extension) == ("Nguyen", user.extension)
    assert found.search_key.startswith("nguyen zoe ")
    assert found.station == user.station


def test_a_change_makes_open_pages_old(files: Files) -> None:
    user, service = files.rows["subscriber"], files.rows["service"]
    head = "site;user_id;first_name;last_name\n"
    assert files.give("users", f"{head}Paris;{user.user_id};Zoé;Nguyen\n").changed == 1
    text = f"site;kind;name;extension\nParis;{service.kind};{service.name};444\n"
    for _twice in range(2):
        files.give("services", text)
    assert models.Subscriber.objects.get(pk=user.pk).version == 2
    assert models.Service.objects.get(pk=service.pk).version == 2


def test_a_change_of_model_is_found_in_a_search(files: Files) -> None:
    models.DeviceModel.objects.create(maker="Autre", name="X9", lines=1)
    mac = files.rows["device"].mac
    assert files.give("devices", f"site;mac;model\nParis;{mac};Autre X9\n").changed == 1
    assert "x9" in models.Device.objects.get(mac=mac).search_key


def test_numbers_are_assigned_and_freed(files: Files) -> None:
    user, number = files.rows["subscriber"], files.rows["phonenumber"]
    national = number.number.as_national
    head = "site;number;subscriber\n"
    assert files.give("numbers", f"{head}Paris;{national};{user.user_id}\n").changed == 1
    assert models.PhoneNumber.objects.get().subscriber == user
    assert files.give("numbers", f"{head}Paris;{number.number.as_e164};\n").changed == 1
    assert models.PhoneNumber.objects.get().assignee is None


def test_a_number_is_assigned_to_a_service_by_type_and_name(files: Files) -> None:
    number, service = files.rows["phonenumber"], files.rows["service"]
    line = f"Paris;{number.number.as_e164};hunt_group:{service.name}\n"
    assert files.give("numbers", f"site;number;service\n{line}").changed == 1
    assert models.PhoneNumber.objects.get().service == service


def test_what_was_defused_comes_back_unchanged(files: Files) -> None:
    for text in ("=SUM(A1)", "+33", "-1", "@x", "'quoted", "d’ici"):
        defused = f"'{text}" if text[0] in "=+-@" else text
        content = f"site;name;capacity\nParis;{defused};3\n"
        assert files.give("trunks", content).added == 1
        assert models.SipTrunk.objects.filter(name=text).exists()


@pytest.mark.parametrize("cell", ["1", "mardi", "Tuesday", "MARDI"])
def test_choices_are_read_in_both_languages(files: Files, cell: str) -> None:
    assert files.give("hours", f"site;weekday;opens;closes\nParis;{cell};08:00;12:00").added == 1
    assert models.OpeningHours.objects.filter(weekday=1).count() == 1


@pytest.mark.parametrize("cell", ["001565AABB01", "00-15-65-aa-bb-01", "0015.65AA.BB01"])
def test_mac_addresses_are_read_as_they_are_written(files: Files, cell: str) -> None:
    assert files.give("devices", f"site;mac;model\nParis;{cell};Exemple T2\n").added == 1
    assert models.Device.objects.filter(mac="00:15:65:aa:bb:01").exists()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig"])
@pytest.mark.parametrize("delimiter", [";", ","])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_a_file_is_read_as_spreadsheets_write_it(
    files: Files, encoding: str, delimiter: str, end: str
) -> None:
    rows = ["Site;DAY;name", "", "Paris;14/07/2027;Fête nationale", ";;", "Paris;2027-05-01;Mai"]
    content = end.join(rows).replace(";", delimiter).encode(encoding)
    assert files.give("holidays", content).added == 2
    days = models.Holiday.objects.filter(day__year=2027).values_list("day", "name")
    assert {(str(day), name) for day, name in days} == {
        ("2027-07-14", "Fête nationale"), ("2027-05-01", "Mai"),
    }  # fmt: skip


def test_a_station_goes_from_one_to_the_other_in_one_file(files: Files) -> None:
    user, station = files.rows["subscriber"], files.rows["station"]
    lines = f"Paris;{user.user_id};A;B;\nParis;n@x.fr;C;D;{station.code}\n"
    done = files.give("users", f"site;user_id;first_name;last_name;station\n{lines}")
    assert (done.problems.lines(), done.added, done.changed) == ([], 1, 1)
    assert models.Subscriber.objects.get(station=station).user_id == "n@x.fr"


def test_a_trial_says_the_same_and_keeps_nothing(files: Files) -> None:
    before, audited = stored("holidays"), AuditEntry.objects.count()
    assert files.give("holidays", HOLIDAYS, dry_run=True).added == 1
    assert stored("holidays") == before
    assert AuditEntry.objects.count() == audited


def test_an_import_leaves_one_audit_row(files: Files) -> None:
    files.give("holidays", HOLIDAYS + "Paris;2027-05-08;Victoire\n")
    entry = AuditEntry.objects.get(item="import:holidays")
    assert (entry.act, entry.actor, entry.item_name) == (Act.ADD, None, files.owner.name)
    assert "2" in entry.after
    assert entry.act_id is not None


def test_the_queries_do_not_grow_with_the_lines(
    files: Files, monkeypatch: pytest.MonkeyPatch
) -> None:
    def queries(count: int, first: int) -> int:
        content = "site;number;subscriber\n" + "".join(
            f"Paris;019900{first + n};{files.rows['subscriber'].user_id}\n" for n in range(count)
        )
        with CaptureQueriesContext(
            connection,
        ) as captured:
            assert files.give("numbers", content).added == count
        return len(captured)

    assert queries(20, 4000) == queries(2, 5000)
    monkeypatch.setattr(writing, "BATCH", 5)
    assert queries(20, 6000) > 15


def test_the_queries_do_not_grow_with_the_devices(files: Files) -> None:
    def queries(count: int, first: int) -> int:
        macs = [f"00:15:65:bb:{first:02}:{n:02}" for n in range(count)]
        content = "site;mac;model\n" + "".join(f"Paris;{mac};Exemple T2\n" for mac in macs)
        with CaptureQueriesContext(connection) as captured:
            assert files.give("devices", content).added == count
        return len(captured)

    assert queries(20, 1) == queries(2, 2)


def test_the_command_imports_and_says_how_much(files: Files) -> None:
    output = StringIO()
    with translation.override("en"):
        arguments = ["holidays", str(files.path(HOLIDAYS)), "--enterprise", files.owner.name]
        call_command("import_inventory", *arguments, "--dry-run", stdout=output)
        assert not models.Holiday.objects.filter(name="Mai").exists()
        call_command("import_inventory", *arguments, stdout=output)
    assert models.Holiday.objects.filter(name="Mai").exists()
    assert output.getvalue().splitlines() == [
        "1 added, 0 changed, 0 unchanged.",
        "Trial run: nothing was kept.",
        "1 added, 0 changed, 0 unchanged.",
    ]


def test_the_command_refuses_in_words(files: Files) -> None:
    owner = Enterprise.objects.get(pk=files.owner.pk).name
    bad = str(files.path(HOLIDAYS + "Paris;demain;x\n"))
    with translation.override("en"):
        with pytest.raises(CommandError, match="(?s)^line 3, column day: .*Nothing was imported"):
            call_command("import_inventory", "holidays", bad, "--enterprise", owner)
        with pytest.raises(CommandError, match="No enterprise"):
            call_command("import_inventory", "holidays", bad, "--enterprise", owner[:-1])
        with pytest.raises(CommandError, match="No enterprise has the number 0"):
            call_command("import_inventory", "holidays", bad, "--enterprise-id=0")
        with pytest.raises(CommandError, match="No such file"):
            call_command("import_inventory", "holidays", "/nowhere", "--enterprise", owner)


def test_a_name_that_was_another_s_is_not_enough(files: Files, world: World) -> None:
    """Enterprises rename themselves: a job would bring one customer's rows to another."""
    name, other = files.owner.name, world.enterprises["F"]
    places.edit_enterprise(files.owner, {"name": "Autre nom"}, by=world["SU"])
    places.edit_enterprise(other, {"name": name}, by=world["SU"])
    path = str(files.path(HOLIDAYS))
    for command in (["import_inventory", "holidays", path], ["export_inventory", "holidays"]):
        with translation.override("en"), pytest.raises(CommandError, match="--enterprise-id"):
            call_command(*command, "--enterprise", name)
    assert not models.Holiday.objects.filter(name="Mai").exists()
    call_command("import_inventory", "holidays", path, f"--enterprise-id={files.owner.pk}")
    assert models.Holiday.objects.get(name="Mai").enterprise == files.owner


def test_a_name_that_came_back_is_its_own(files: Files, world: World) -> None:
    name = files.owner.name
    for changed in ("Autre nom", name):
        places.edit_enterprise(files.owner, {"name": changed}, by=world["SU"])
    call_command("import_inventory", "holidays", str(files.path(HOLIDAYS)), "--enterprise", name)
    assert models.Holiday.objects.filter(name="Mai").exists()


def test_the_command_exports_what_can_be_imported(files: Files) -> None:
    output = StringIO()
    call_command("export_inventory", "orders", "--enterprise", files.owner.name, stdout=output)
    done = files.give("orders", output.getvalue())
    assert (done.unchanged, done.added, done.changed) == (1, 0, 0)


def test_the_bar_is_drawn_on_a_terminal_only() -> None:
    for is_terminal in (True, False):
        stream = StringIO()
        stream.isatty = lambda answer=is_terminal: answer  # type: ignore[method-assign]
        bar = Bar(200, stream)
        bar.advance(50)
        bar.advance(150)
        bar.end()
        assert ("100 %" in stream.getvalue()) == is_terminal
        assert bool(stream.getvalue()) == is_terminal
