"""«Importer un fichier»: the carrier's files in the Django admin, as the command takes them."""

import re
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from django.utils import translation
from django.utils.html import escape
from django.utils.translation import gettext

from administrators import history, history_sites
from permissions.errors import OutOfScope
from permissions.models import Act, AuditEntry
from portal import uploads
from portal.forms import importing
from portal.imports.writing import import_file
from sites import models
from tests import visitors
from tests.files import HOLIDAYS, Files, stored
from tests.world import World

pytestmark = pytest.mark.django_db

URL = "/admin/import/"


def send(client: Client, content: str | bytes | None, files: Files, **sent: Any) -> HttpResponse:
    """Press «Vérifier», or «Importer» with `importing`."""
    data = {"kind": "holidays", "enterprise": files.owner.pk} | sent
    if content is not None:
        raw = content.encode() if isinstance(content, str) else content
        data["file"] = SimpleUploadedFile("jours.csv", raw)
    return client.post(URL, data)


def imported(client: Client, content: str | bytes, files: Files, **sent: Any) -> HttpResponse:
    return send(client, content, files, **{"import": "1"}, **sent)


def errors(response: HttpResponse) -> dict[str, list[str]]:
    return dict(response.context["form"].errors)


def told(response: HttpResponse) -> list[tuple[str, ...]]:
    """The lines of the table of problems."""
    table = response.text.partition('id="result"')[2].partition("</table>")[0]
    rows = re.findall(r"<td>(.*?)</td>\s*<td>(.*?)</td>\s*<td>(.*?)</td>", table)
    return [tuple(row) for row in rows]


def test_a_trial_says_how_much_and_keeps_nothing(staff: Client, files: Files) -> None:
    before, audited = stored("holidays"), AuditEntry.objects.count()
    answer = send(staff, HOLIDAYS, files)
    assert answer.status_code == 200
    with translation.override("fr"):
        said = gettext("%(added)s added, %(changed)s changed, %(unchanged)s unchanged.")
    assert said % {"added": 1, "changed": 0, "unchanged": 0} in answer.text
    assert "choisissez-le de nouveau" in answer.text
    assert stored("holidays") == before
    assert AuditEntry.objects.count() == audited


def test_what_was_chosen_stays_chosen(staff: Client, files: Files) -> None:
    for answer in (send(staff, HOLIDAYS, files), send(staff, "x", files)):
        assert '<option value="holidays" selected>' in answer.text
        assert f'<option value="{files.owner.pk}" selected>' in answer.text
    answer = imported(staff, HOLIDAYS, files)
    assert answer.url == f"{URL}?kind=holidays&enterprise={files.owner.pk}"
    page = staff.get(answer.url).text
    assert '<option value="holidays" selected>' in page
    assert f'<option value="{files.owner.pk}" selected>' in page


def test_an_import_keeps_the_file_and_says_so(staff: Client, files: Files, world: World) -> None:
    answer = imported(staff, HOLIDAYS, files)
    assert models.Holiday.objects.filter(name="Mai").exists()
    assert "Le fichier a été importé" in staff.get(answer.url).text
    entry = AuditEntry.objects.get(item="import:holidays")
    assert (entry.act, entry.actor, entry.item_name) == (Act.ADD, world["SU"], files.owner.name)
    again = imported(staff, HOLIDAYS, files)
    assert again.status_code == 302
    assert AuditEntry.objects.filter(item="import:holidays").count() == 1


@pytest.mark.parametrize(("button", "would"), [({}, "ne serait"), ({"import": "1"}, "n’a été")])
def test_each_problem_has_its_line_and_nothing_is_kept(
    staff: Client, files: Files, button: dict[str, str], would: str
) -> None:
    before, audited = stored("holidays"), AuditEntry.objects.count()
    content = HOLIDAYS + "Paris;demain;x\nNulle part;2027-05-08;y\nParis;2027-05-09;ok\n"
    answer = send(staff, content, files, **button)
    assert answer.status_code == 200
    assert [row[:2] for row in told(answer)] == [("3", "day"), ("4", "site")]
    assert told(answer)[1][2] == "«\u202fNulle part\u202f» est inconnu."
    verdict = f"2 problèmes. Rien {would} importé."
    assert errors(answer) == {"file": [verdict]}
    assert f'<h2 id="result-title">{verdict}</h2>' in answer.text
    assert "Sans ces problèmes\u202f: 2 ajouts, 0 modification." in answer.text
    assert "choisissez de nouveau le fichier" in answer.text
    assert stored("holidays") == before
    assert AuditEntry.objects.count() == audited


def test_beyond_a_hundred_problems_are_counted(staff: Client, files: Files) -> None:
    bad = "".join(f"Paris;jour {n};x\n" for n in range(130))
    answer = send(staff, HOLIDAYS + bad, files)
    assert len(told(answer)) == 100
    assert "et 30 autres" in answer.text


BAD_FILES = {
    "latin-1": ((HOLIDAYS + "Paris;2027-07-14;Fête\n").encode("latin-1"), "3"),
    "utf-16": (HOLIDAYS.encode("utf-16"), "1"),
    "a spreadsheet": (b"PK\x03\x04\x14\x00" + b"\x00" * 50, "1"),
    "nothing": (b"", "1"),
    "another kind": (b"site;code\nParis;P-1\n", "1"),
    "a cell too many": (HOLIDAYS + "Paris;2027-07-14;x;y\n", "3"),
    "an endless line": (HOLIDAYS + "x" * 300_000, "3"),
}


@pytest.mark.parametrize("name", BAD_FILES)
def test_a_file_that_is_none_is_refused_whole(staff: Client, files: Files, name: str) -> None:
    content, line = BAD_FILES[name]
    before = stored("holidays")
    answer = imported(staff, content, files)
    assert answer.status_code == 200
    assert {row[0] for row in told(answer)} == {line}
    count = len(told(answer))
    problems = "1 problème" if count == 1 else f"{count} problèmes"
    assert errors(answer)["file"] == [f"{problems}. Rien n’a été importé."]
    assert stored("holidays") == before


def test_what_is_missing_is_said_beside_its_field(staff: Client, files: Files) -> None:
    assert errors(send(staff, None, files)) == {"file": ["Choisissez un fichier."]}
    nobodys = send(staff, HOLIDAYS, files, enterprise="")
    assert errors(nobodys) == {"enterprise": ["Choisissez l’entreprise."]}
    for sent in ({"kind": "nothing"}, {"enterprise": "0"}, {"kind": "", "enterprise": "x"}):
        answer = send(staff, HOLIDAYS, files, **{"import": "1", "kind": "holidays"} | sent)
        assert set(errors(answer)) == set(sent)
    assert not models.Holiday.objects.filter(name="Mai").exists()


def test_the_columns_are_told_in_plain_words(staff: Client, files: Files) -> None:
    page = staff.get(f"{URL}?kind=devices").text
    told = page.partition('id="columns"')[2].partition("</table>")[0]
    for words in ("nom (site)", "constructeur et modèle, séparés par une espace"):
        assert words in told
    assert ">Choisir une entreprise</option>" in page
    assert "---------" not in page
    assert page.count('class="scrolls" role="region"') == 1


def test_models_belong_to_no_enterprise(staff: Client, files: Files) -> None:
    content = "maker;name;lines\nAutre;X1;3\n"
    for enterprise in ("", files.owner.pk):
        answer = imported(staff, content, files, kind="models", enterprise=enterprise)
        assert answer.status_code == 302
    assert models.DeviceModel.objects.filter(maker="Autre").count() == 1
    assert AuditEntry.objects.get(item="import:models").item_name == ""


def test_a_file_stays_within_its_limits(
    staff: Client, files: Files, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(importing, "MOST_LINES", 3)
    line = "Paris;2027-05-0{};x\n"
    three, four = (HOLIDAYS + "".join(line.format(n) for n in range(2, m)) for m in (3, 4))
    assert send(staff, three, files).context["done"].is_good
    assert "plus de 3 lignes" in errors(send(staff, four, files))["file"][0]
    monkeypatch.setattr(importing, "MOST_LINES", 20_000)
    for module in (importing, uploads):
        monkeypatch.setattr(module, "MOST_BYTES", len(three.encode()))
    assert send(staff, three, files).context["done"].is_good
    answer = send(staff, three + "\n", files)
    assert "dépasse" in errors(answer)["file"][0]
    assert answer.context["done"] is None


def test_no_more_is_kept_of_a_large_file_than_the_limit(
    staff: Client, files: Files, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = []
    write = uploads.TemporaryFileUploadHandler.receive_data_chunk

    def watch(self: Any, raw_data: bytes, start: int) -> None:
        kept.append(len(raw_data))
        write(self, raw_data, start)

    monkeypatch.setattr(uploads.TemporaryFileUploadHandler, "receive_data_chunk", watch)
    answer = send(staff, b"x" * (uploads.MOST_BYTES + 2_000_000), files)
    assert "dépasse" in errors(answer)["file"][0]
    assert 0 < sum(kept) <= uploads.MOST_BYTES


@pytest.mark.parametrize("url", [URL, "/sign-in/", "/feedback/"])
def test_files_of_others_are_not_kept_at_all(
    world: World, url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever page they are sent to."""

    def fail(*args: Any) -> None:
        raise AssertionError("kept")

    monkeypatch.setattr(uploads.TemporaryFileUploadHandler, "receive_data_chunk", fail)
    for person in (None, world["R"]):
        client = visitors.visitor(person)
        client.handler.enforce_csrf_checks = True  # reads the body before anybody is refused
        client.cookies["csrftoken"] = "a" * 32
        file = SimpleUploadedFile("x.csv", b"x" * 100_000)
        assert client.post(url, {"text": "x", "file": file}).status_code in {302, 403, 404}


@pytest.mark.parametrize("url", [URL, "/admin/import/numbers.csv"])
@pytest.mark.parametrize("name", ["R", "A", ""])
def test_it_is_carrier_staff_s_alone(files: Files, world: World, url: str, name: str) -> None:
    client = visitors.visitor(world[name] if name else None)
    assert client.get(url).status_code == (404 if name else 302)
    answer = imported(client, HOLIDAYS, files)
    assert answer.status_code == (404 if name else 302)
    assert not models.Holiday.objects.filter(name="Mai").exists()


def test_the_act_itself_knows_who_may(files: Files, world: World) -> None:
    with pytest.raises(OutOfScope):
        import_file("holidays", files.path(HOLIDAYS), files.owner, by=world["R"])
    assert not models.Holiday.objects.filter(name="Mai").exists()


def test_a_look_changes_nothing(staff: Client, files: Files) -> None:
    audited = AuditEntry.objects.count()
    assert staff.get(f"{URL}?import=1&kind=holidays&enterprise=x").status_code == 200
    assert AuditEntry.objects.count() == audited


def test_the_audit_reads_well(staff: Client, files: Files, world: World) -> None:
    """By a person, or by the command; in the admin and wherever a history is told."""
    imported(staff, HOLIDAYS, files)
    files.give("holidays", HOLIDAYS + "Paris;2027-05-08;Victoire\n")
    page = staff.get("/admin/permissions/auditentry/").text
    assert page.count("Import\u202f: jours fériés") == 2
    assert page.count("L’opérateur, par une commande") == 1
    assert "import:holidays" not in page
    with translation.override("fr"):
        command, person = AuditEntry.objects.filter(item="import:holidays").order_by("-pk")
        words = f"Import\u202f: jours fériés ({files.owner.name})"
        assert [history.what(one, history_sites.NOTHING) for one in (command, person)] == [
            words,
            words,
        ]
        assert history.who(command, world["R"]) == "L’opérateur, par une commande"
        assert history.who(person, world["R"]) == "L’opérateur"


def test_markup_in_a_file_is_text(staff: Client, files: Files) -> None:
    nasty = "<script>alert(1)</script>"
    answer = send(staff, f"site;day;{nasty}\n", files)
    assert nasty not in answer.text
    assert escape(nasty) in answer.text
