"""What the admin says of each kind of file, and the examples that it offers."""

import re

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation

from portal.imports import describing
from portal.imports.examples import example
from portal.imports.formats import KINDS
from sites import files

pytestmark = pytest.mark.django_db

URL = "/admin/import/"


def test_the_page_stands_beside_the_lists(staff: Client) -> None:
    assert reverse("admin:import") == URL
    index = staff.get(reverse("admin:index")).text
    assert f'href="{URL}"' in index
    assert "Importer un fichier" in index
    page = staff.get(URL)
    assert page.status_code == 200
    assert [value for value, _label in page.context["form"].fields["kind"].choices] == list(KINDS)


@pytest.mark.parametrize("kind", KINDS)
def test_the_columns_that_are_shown_are_those_that_are_read(staff: Client, kind: str) -> None:
    page = staff.get(f"{URL}?kind={kind}").text.partition('id="columns"')[2]
    shown = re.findall(r'<th scope="row">(\w+)</th>\s*<td>(oui|non)</td>', page)
    asked = [(one.name, "oui" if one.required else "non") for one in KINDS[kind].columns]
    assert shown == asked


def test_choices_and_keys_are_shown_as_files_write_them() -> None:
    with translation.override("fr"):
        by_name = {one.name: one for one in describing.columns(KINDS["numbers"])}
        of_devices = {one.name: one for one in describing.columns(KINDS["devices"])}
    assert by_name["status"].form == "active, porting, suspended"
    assert by_name["is_main"].form == "oui, non"
    assert by_name["service"].form == "type:nom (service)"
    assert of_devices["model"].form.startswith("constructeur et modèle, séparés par une espace")
    with translation.override("fr"):
        users = {one.name: one.form for one in describing.columns(KINDS["users"])}
        calls = {one.name: one.form for one in describing.columns(KINDS["calls"])}
        sites = {one.name: one.form for one in describing.columns(KINDS["sites"])}
    assert users["user_id"] == "par exemple nom@exemple.fr, sans accent"
    assert users["extension"] == "de 2 à 8 chiffres\u202f: 204"
    assert users["last_name"] == ""
    assert sites["country"] == "deux lettres ou le nom\u202f: FR, France"
    assert calls["at"].startswith("2026-03-12 08:30:15")
    assert calls["number"] == "01 99 00 12 34 ou +33199001234"
    assert calls["seconds"] == "en secondes, 0 si personne n’a répondu\u202f: 75"
    assert by_name["number"].form == calls["number"]
    keys = {kind: describing.key(known) for kind, known in KINDS.items()}
    assert (keys["numbers"], keys["members"]) == ("number", "service, subscriber")
    assert keys["hours"] == "site, weekday, opens"


@pytest.mark.parametrize("kind", KINDS)
def test_each_example_can_be_kept(staff: Client, kind: str) -> None:
    assert f'href="{URL}{kind}.csv"' in staff.get(URL).text
    answer = staff.get(f"{URL}{kind}.csv")
    assert answer["Content-Type"] == "text/csv"
    assert f'filename="{kind}.csv"' in answer["Content-Disposition"]
    assert answer.content == b"\xef\xbb\xbf" + example(kind).read_bytes()


@pytest.mark.parametrize("kind", ["nothing", "..", "%2e%2e%2fmodels", "models.csv"])
def test_no_other_file_can_be_had(staff: Client, kind: str) -> None:
    assert staff.get(f"{URL}{kind}.csv").status_code == 404


def test_every_kind_has_a_name() -> None:
    assert {kind: known.model for kind, known in KINDS.items()} == files.ROWS
    with translation.override("fr"):
        names = [label for _kind, label in describing.labels()]
    assert len(set(names)) == len(names)
    assert (names[0], names[8]) == ("Sites", "Numéros")
