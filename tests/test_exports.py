"""Files that anybody's spreadsheet opens, whatever somebody typed."""

import io
from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.utils import translation
from django.utils.translation import gettext
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from portal.imports.cells import restored
from sites import exports
from sites.exports import DAY, MOMENT, csv_response, defused, xlsx_response
from sites.text import printable


def csv_lines(rows: list[list[Any]]) -> list[str]:
    content = b"".join(csv_response("liste", rows).streaming_content)
    return content.decode("utf-8-sig").splitlines()


@pytest.mark.parametrize(
    ("cell", "said"),
    [
        ("=1+1", "'=1+1"), ("@x", "'@x"), ("'=1+1", "''=1+1"), ("'dit", "'dit"), ("a=1", "a=1"),
        (" =1", "' =1"), ("\u00a0@x", "'\u00a0@x"), ("\uff1d1", "'\uff1d1"),
        ("' =1", "'' =1"), (" a=1", " a=1"),
        ("x,=1", '"x,=1"'), ("a;b", '"a;b"'), ('dit "ici"', '"dit ""ici"""'), (12, "12"),
    ],
)  # fmt: skip
def test_a_cell_of_a_csv_is_no_formula(cell: Any, said: str) -> None:
    assert csv_lines([[cell, "fin"]]) == [f"{said};fin"]


def test_nor_is_one_that_begins_with_a_line_break() -> None:
    assert defused("\n=1") == "'\n=1"


@given(st.text("'=+-@ax", max_size=6))
def test_an_import_gives_the_same_text_back(text: str) -> None:
    assert restored(defused(text)) == text.strip()


@pytest.mark.django_db  # closing an answer closes connections
@pytest.mark.parametrize("text", ["a\x0bb", "a\x01b", "a\ufffeb", "a\ud800b"])
def test_what_no_spreadsheet_can_hold_is_left_out(text: str) -> None:
    response = xlsx_response("liste", [["Texte"], [text]])
    file = b"".join(response.streaming_content)
    response.close()
    assert [row[0] for row in load_workbook(io.BytesIO(file)).active.values] == ["Texte", "ab"]


@pytest.mark.django_db
def test_a_spreadsheet_writes_days_and_moments_as_one_does_there() -> None:
    """Formats 14 and 22 are those that follow whoever opens the file."""
    moment, day = datetime(2026, 1, 2, 3, 4, tzinfo=UTC), date(2026, 7, 2)
    response = xlsx_response("liste", [["Quand", "Jour"], [moment, day]])
    sheet = load_workbook(io.BytesIO(b"".join(response.streaming_content))).active
    response.close()
    shown = [(f"{cell.value}", cell.number_format) for cell in sheet[2]]
    assert shown == [("2026-01-02 04:04:00", MOMENT), ("2026-07-02 00:00:00", DAY)]
    assert sheet.freeze_panes == "A2"


@pytest.mark.django_db
def test_what_a_sheet_cannot_hold_goes_on_in_the_next_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(exports, "LONGEST", 3)
    response = xlsx_response("liste", [["Nom"], *([name] for name in "abcde")])
    book = load_workbook(io.BytesIO(b"".join(response.streaming_content)))
    response.close()
    found = {sheet.title: "".join(row[0] for row in sheet.values) for sheet in book}
    assert found == {"liste": "Nomab", "liste1": "Nomcd", "liste2": "Nome"}


@pytest.mark.django_db
def test_a_file_is_called_as_its_page() -> None:
    title = "Numéros : libres / attribués, et ce qui suit"
    name = csv_response(title, [])["Content-Disposition"]
    assert name == 'attachment; filename="numeros-libres-attribues-et-ce-qui-suit.csv"'
    response = xlsx_response(title, [["Nom"]])
    book = load_workbook(io.BytesIO(b"".join(response.streaming_content)))
    response.close()
    assert book.sheetnames == ["Numéros   libres   attribués"]


def test_a_moment_of_a_csv_is_one_of_the_readers_clock() -> None:
    moment = datetime(2026, 7, 2, 3, 4, 5, 678, tzinfo=UTC)
    assert csv_lines([[moment, date(2026, 7, 2)]]) == ["2026-07-02 05:04:05;2026-07-02"]


def test_a_file_speaks_the_language_in_which_it_was_asked() -> None:
    """Its lines are read when the answer has begun, and the request's language is over."""

    def rows() -> Iterator[list[str]]:
        yield [gettext("Name")]

    with translation.override("fr"):
        french = csv_response("liste", rows())
    with translation.override("en"):
        english = csv_response("liste", rows())
        assert b"".join(french.streaming_content).decode("utf-8-sig") == "Nom\r\n"
    assert b"".join(english.streaming_content).decode("utf-8-sig") == "Name\r\n"


@pytest.mark.parametrize(
    "text", ["a\ufffeb", "a\ufdd0b", "a\U0001ffffb", "a\x00b", "a\u200bb", "a\ud800b"]
)
def test_a_line_has_no_character_that_is_none(text: str) -> None:
    assert printable(text) == "a b"
