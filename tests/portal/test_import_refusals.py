"""Files that are not what they say: refused whole, each problem with its line and its column."""

from datetime import timedelta

import pytest
from django.utils import timezone, translation

from sites import models
from sites.models import Site
from tests import inventory
from tests.files import HOLIDAYS, Files, stored
from tests.world import World

pytestmark = pytest.mark.django_db

BAD_FILES = {
    "latin-1": ((HOLIDAYS + "Paris;2027-07-14;Fête\n").encode("latin-1"), 3),
    "utf-16": (HOLIDAYS.encode("utf-16"), 1),
    "a spreadsheet": (b"PK\x03\x04\x14\x00" + b"\x00" * 50, 1),
    "nothing": (b"", 1),
    "only a mark": (b"\xef\xbb\xbf", 1),
    "an unknown column": (HOLIDAYS.replace("name", "label"), 1),
    "no day": (HOLIDAYS.replace(";day", ""), 1),
    "a column twice": (HOLIDAYS.replace("name", "name;day"), 1),
    "a cell too many": (HOLIDAYS + "Paris;2027-07-14;Fête;x\n", 3),
    "a cell missing": (HOLIDAYS + "Paris;2027-07-14\n", 3),
    "an endless line": (HOLIDAYS + "x" * 300_000, 3),
    "an endless cell": (HOLIDAYS + '"' + "x\n" * 200_000, 65_540),
    "a lone return": (HOLIDAYS + "Paris;2027-07-14;Fête\rx\n", 3),
}


@pytest.mark.parametrize("name", BAD_FILES)
def test_a_bad_file_is_refused_whole_with_its_line(files: Files, name: str) -> None:
    content, line = BAD_FILES[name]
    before = stored("holidays")
    done = files.give("holidays", content)
    lines = [one.line for one in done.problems.first]
    assert lines[0] == line if line < 65_000 else 65_000 < lines[0] < 66_000
    assert len(set(lines)) == 1
    assert stored("holidays") == before


USER = "site;user_id;first_name;last_name;email;extension;station\n"
BAD_LINES = {
    "an unknown site": ("holidays", "site;day;name\nNulle part;2027-05-01;Mai\n", "site"),
    "a foreign site": ("holidays", "site;day;name\nMetz;2027-05-01;Mai\n", "site"),
    "an empty site": ("holidays", "site;day;name\n;2027-05-01;Mai\n", "site"),
    "no date": ("holidays", "site;day;name\nParis;31/02/2027;Mai\n", "day"),
    "a control character": ("holidays", "site;day;name\nParis;2027-05-01;M\x07i\n", "name"),
    "too long": ("holidays", f"site;day;name\nParis;2027-05-01;{'x' * 101}\n", "name"),
    "no address": ("users", f"{USER}Paris;x;A;B;;;\n", "user_id"),
    "no extension": ("users", f"{USER}Paris;x@x.fr;A;B;;12a;\n", "extension"),
    "no extension of a service": (
        "services", "site;kind;name;extension\nParis;conference;Salle;abc-é\n", "extension",
    ),
    "no station": ("users", f"{USER}Paris;x@x.fr;A;B;;;P-9\n", "station"),
    "no mac": ("devices", "site;mac;model\nParis;00:15:65:00:00;Exemple T2\n", "mac"),
    "no model": ("devices", "site;mac;model\nParis;00:15:65:00:00:77;Exemple T3\n", "model"),
    "no number": ("numbers", "site;number\nParis;0123\n", "number"),
    "words as number": ("numbers", "site;number\nParis;zéro un\n", "number"),
    "no choice": ("numbers", "site;number;kind\nParis;0199001234;portable\n", "kind"),
    "neither yes nor no": ("numbers", "site;number;is_main\nParis;0199001234;si\n", "is_main"),
    "yes, and more": (
        "numbers", f"site;number;is_main\nParis;0199001234;oui{' ' * 300}x\n", "is_main",
    ),
    "no lines": ("models", "maker;name;lines\nA;B;0\n", "lines"),
    "fewer than none": ("trunks", "site;name;capacity\nParis;X;-1\n", "capacity"),
    "beyond capacity": ("trunks", "site;name;capacity;in_use\nParis;X;2;3\n", "in_use"),
    "closes before it opens": (
        "hours", "site;weekday;opens;closes\nParis;1;12:00;08:00\n", "closes",
    ),
    "a length unanswered": (
        "calls", "site;reference;at;direction;number;seconds;answered\n"
        "Paris;X;2026-03-01 10:00;incoming;0199001234;4;non\n", "seconds",
    ),
    "no moment": (
        "calls", "site;reference;at;direction;number;answered\n"
        "Paris;X;hier;incoming;0199001234;non\n", "at",
    ),
    "before all calendars": (
        "calls", "site;reference;at;direction;number;answered\n"
        "Paris;X;0001-01-01 00:00;incoming;0199001234;non\n", "at",
    ),
    "after all calendars": (
        "recordings", "site;reference;at;number;seconds\n"
        "Paris;X;9999-12-31T23:30:00+00:00;0199001234;3\n", "at",
    ),
    "digits of elsewhere": (
        "users", "site;user_id;first_name;last_name;extension\n"
        "Paris;a@exemple.fr;A;B;٣٤\n", "extension",
    ),
    "a service without type": ("numbers", "site;number;service\nParis;0199001234;A\n", "service"),
    "nobody to ring": (
        "handling", "site;situation;action\nParis;closed;subscriber\n", "subscriber",
    ),
    "nowhere to forward": (
        "handling", "site;situation;action\nParis;closed;forward\n", "forward_to",
    ),
    "an unknown order": ("order_items", "order;label\nC-9999;x\n", "order"),
}  # fmt: skip


SAID = {
    "no mac": "“00:15:65:00:00” is not a MAC address.",
    "no number": "“0123”: ",
    "words as number": "“zéro un” is not a phone number.",
    "no choice": "Unknown value “portable”. Allowed values: geographic, ",
    "neither yes nor no": "“si” is neither “oui” nor “non”.",
    "no moment": "“hier” is not a date and time.",
    "no lines": "“0” is less than 1.",
    "a control character": "“M i” contains ",
    "an unknown site": "“Nulle part” is unknown.",
    "an empty site": "The cell is empty.",
    "no station": "“P-9” is unknown at this site.",
    "a service without type": "“A” is not of the form kind:name.",
    "too long": f"“{'x' * 59}…”: ",
}


@pytest.mark.parametrize("name", SAID)
def test_the_value_is_quoted(files: Files, name: str) -> None:
    kind, content, _column = BAD_LINES[name]
    with translation.override("en"):
        assert files.give(kind, content).problems.first[0].message.startswith(SAID[name])


def test_all_that_is_wrong_with_a_line_is_said_at_once(files: Files) -> None:
    head = "site;mac;model;name;registration;subscriber\n"
    line = "Nulle part;zz;Exemple T3;;perdu;x\nParis;zz;Exemple T2;;;personne\n"
    assert sorted(files.said("devices", head + line)) == [
        (2, "mac"), (2, "model"), (2, "registration"), (2, "site"), (3, "mac"), (3, "subscriber"),
    ]  # fmt: skip


def test_all_that_is_wrong_with_the_columns_is_said_at_once(files: Files) -> None:
    with translation.override("fr"):
        done = files.give("holidays", "a;b;day;day\n1;2;3;4\n")
    assert [one.message for one in done.problems.first] == [
        "Colonnes inconnues\u202f: a, b", "Colonnes manquantes\u202f: site, name",
        "Colonne donnée deux fois\u202f: day",
    ]  # fmt: skip


def test_an_extension_stands_once_at_a_site(files: Files) -> None:
    user, service = files.rows["subscriber"], files.rows["service"]
    models.Service.objects.filter(pk=service.pk).update(extension="801")
    head = "site;user_id;first_name;last_name;extension\n"
    for taken in (user.extension, "801"):
        assert files.said("users", f"{head}Paris;n@x.fr;A;B;{taken}\n") == [(2, "extension")]
        assert files.said(
            "services", f"site;kind;name;extension\nParis;conference;Z;{taken}\n"
        ) == [(2, "extension")]
    both = f"{head}Paris;n@x.fr;A;B;77\nParis;m@x.fr;A;B;77\n"
    assert files.said("users", both) == [(3, "extension")]
    elsewhere = f"{head}Paris;n@x.fr;A;B;77\nLyon;m@x.fr;A;B;77\n"
    assert files.said("users", elsewhere) == []
    changed = f"{head}Paris;{user.user_id};A;B;66\nParis;n@x.fr;A;B;{user.extension}\n"
    assert files.said("users", changed) == []


def test_a_file_answers_for_the_extensions_that_it_names(files: Files) -> None:
    """What two rows share already is not its doing."""
    user, service = files.rows["subscriber"], files.rows["service"]
    models.Service.objects.filter(pk=service.pk).update(extension=user.extension)
    line = f"Paris;{user.user_id};Zoé;Nguyen\n"
    assert files.said("users", f"site;user_id;first_name;last_name\n{line}") == []
    new = "site;user_id;first_name;last_name;extension\nParis;n@x.fr;A;B;66\n"
    assert files.said("users", new) == []


@pytest.mark.parametrize("name", BAD_LINES)
def test_a_bad_cell_is_named_and_nothing_is_kept(files: Files, name: str) -> None:
    kind, content, column = BAD_LINES[name]
    before = stored(kind)
    assert files.said(kind, content) == [(2, column)]
    assert stored(kind) == before


@pytest.mark.parametrize(
    ("position", "expected"),
    [(32_767, []), (32_768, [(2, "position")]), (2**63 - 1, [(2, "position")])],
)
def test_a_position_is_at_most_the_last(
    files: Files, position: int, expected: list[tuple[int, str]]
) -> None:
    """On either database: SQLite itself would hold more."""
    named = f"hunt_group:{files.rows['service'].name};{files.rows['subscriber'].user_id}"
    content = f"site;service;subscriber;position\nParis;{named};{position}\n"
    assert files.said("members", content) == expected


def test_a_number_assigned_twice_on_a_line_is_refused(files: Files) -> None:
    user, device = files.rows["subscriber"], files.rows["device"]
    line = f"Paris;0199001234;{user.user_id};{device.mac}\n"
    assert files.said("numbers", f"site;number;subscriber;device\n{line}") == [(2, "device")]


def test_a_device_has_no_more_numbers_than_lines(files: Files) -> None:
    mac = files.rows["device"].mac
    head = "site;number;device\n"
    three = "".join(f"Paris;019900123{n};{mac}\n" for n in range(3))
    assert files.said("numbers", head + three) == [(n, "device") for n in (2, 3, 4)]
    two = "".join(f"Paris;019900123{n};{mac}\n" for n in range(2))
    assert files.give("numbers", head + two).added == 2
    models.DeviceModel.objects.create(maker="Autre", name="X1", lines=1)
    assert files.said("devices", f"site;mac;model\nParis;{mac};Autre X1\n") == [(2, "model")]


def test_good_lines_beside_a_bad_one_are_not_kept(files: Files) -> None:
    before = stored("holidays")
    assert files.said("holidays", HOLIDAYS + "Paris;demain;x\nParis;2027-05-08;y\n") == [(3, "day")]
    assert stored("holidays") == before


def test_every_problem_is_named_up_to_a_hundred(files: Files) -> None:
    bad = "".join(f"Paris;jour {n};x\n" for n in range(130))
    done = files.give("holidays", HOLIDAYS + bad)
    with translation.override("en"):
        lines = done.problems.lines()
    assert len(lines) == 101
    assert lines[0].startswith("line 3, column day: ")
    assert lines[-1] == "and 30 others"


def test_the_same_row_twice_in_a_file_is_refused(files: Files) -> None:
    """Even where the database would take both: which of two changes would hold?"""
    stored_day = files.rows["holiday"].day
    changes = f"site;day;name\nParis;{stored_day};Un\nParis;{stored_day};Deux\n"
    for content in (HOLIDAYS + "Paris;01/05/2027;Encore\n", changes):
        assert files.said("holidays", content) == [(3, "")]


@pytest.mark.parametrize("kind", ["devices", "numbers"])
def test_what_another_enterprise_has_stays_there(files: Files, world: World, kind: str) -> None:
    theirs = Site.objects.get(name="Metz")
    rows = inventory.furnish_one(theirs, author=world["X"])
    before = stored(kind)
    content, column = {
        "devices": (f"site;mac;model\nParis;{rows['device'].mac};Exemple T2\n", "mac"),
        "numbers": (f"site;number\nParis;{rows['phonenumber'].number.as_e164}\n", "number"),
    }[kind]
    assert files.said(kind, content) == [(2, column)]
    assert stored(kind) == before


def test_a_reference_stays_within_the_site(files: Files, world: World) -> None:
    """Somebody of another site of the same enterprise is nobody here."""
    lyon = Site.objects.get(name="Lyon")
    user = inventory.furnish_one(lyon, author=world["R"])["subscriber"]
    content = f"site;number;subscriber\nParis;0199001234;{user.user_id}\n"
    assert files.said("numbers", content) == [(2, "subscriber")]


def told(files: Files, kind: str, content: str | bytes) -> str:
    """The first problem, in words."""
    with translation.override("fr"):
        return files.give(kind, content).problems.first[0].message


def test_an_extension_says_of_which_form_it_must_be(files: Files) -> None:
    for cell in ("9", "123456789", "12a"):
        said = f"«\u202f{cell}\u202f»\u202f: Saisissez de 2 à 8 chiffres."
        assert told(files, "users", f"{USER}Paris;x@x.fr;A;B;;{cell};\n") == said


def test_a_file_of_a_spreadsheet_gets_the_way_out(files: Files) -> None:
    content = (HOLIDAYS + "Paris;2027-07-14;Fête\n").encode("cp1252")
    assert "enregistrez sous «\u202fCSV UTF-8\u202f»" in told(files, "holidays", content)


@pytest.mark.parametrize("kind", ["calls", "recordings"])
def test_what_was_is_not_in_the_future(files: Files, kind: str) -> None:
    """Clocks may differ by a day."""
    heads = {
        "calls": ("site;reference;at;direction;number;answered", "incoming;0199001234;non"),
        "recordings": ("site;reference;at;number;seconds", "0199001234;3"),
    }
    head, rest = heads[kind]
    now = timezone.now()
    for hours, expected in ((23, []), (25, [(2, "at")])):
        at = (now + timedelta(hours=hours)).isoformat()
        assert files.said(kind, f"{head}\nParis;X;{at};{rest}\n") == expected
    late = f"{head}\nParis;Y;2099-01-01 10:00;{rest}\n"
    assert told(files, kind, late) == "«\u202f2099-01-01 10:00\u202f» est dans le futur."


def test_what_the_database_refuses_has_its_line(files: Files) -> None:
    """Two main numbers, a station for two, and a user who moves away from a station that stays."""
    twice = "site;number;is_main\nParis;0199001231;non\nParis;0199001232;oui\nParis;0199001233;oui"
    assert files.said("numbers", twice) == [(4, "is_main")]
    assert told(files, "numbers", twice) == "Ce site a déjà un numéro principal."
    code = files.rows["station"].code
    second = f"{USER}Paris;n@x.fr;A;B;;;{code}\n"
    assert files.said("users", second) == [(2, "station")]
    assert told(files, "users", second) == "La station est déjà prise."
    user = files.rows["subscriber"]
    moved = f"site;user_id;first_name;last_name\nLyon;{user.user_id};A;B\n"
    assert files.said("users", moved) == [(2, "")]
