"""Files that anybody's spreadsheet opens, whatever somebody typed."""

import io
from collections.abc import Iterator
from typing import Any

import pytest
from django.utils import translation
from django.utils.translation import gettext
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from portal.imports.cells import restored
from sites.exports import csv_response, defused, xlsx_response
from sites.text import printable


def csv_lines(rows: list[list[Any]]) -> list[str]:
    content = b"".join(csv_response("liste", rows).streaming_content)
    return content.decode("utf-8-sig").splitlines()


@pytest.mark.parametrize(
    ("cell", "said"),
    [
        ("=1+1", "'=1+1"), ("@x", "'@x"), ("'=1+1", "''=1+1"), ("'dit", "'dit"), ("a=1", "a=1"),
        ("x,=1", '"x,=1"'), ("a;b", '"a;b"'), ('dit "ici"', '"dit ""ici"""'), (12, "12"),
    ],
)  # fmt: skip
def test_a_cell_of_a_csv_is_no_formula(cell: Any, said: str) -> None:
    assert csv_lines([[cell, "fin"]]) == [f"{said};fin"]


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
