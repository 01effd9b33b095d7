"""Lists as CSV and as XLSX."""

import re
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date, datetime
from typing import Any

from django.http import FileResponse, HttpResponseBase, StreamingHttpResponse
from django.utils import timezone, translation
from django.utils.text import slugify
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles.numbers import BUILTIN_FORMATS

# What a spreadsheet may run: it skips blanks, and takes a wide sign for the usual one.
FORMULA = re.compile(r"['\s]*[=+@\-\uff1d\uff0b\uff20\uff0d]|'*[\t\r\n]")
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
ENDS_A_CELL = re.compile(r'[";,\r\n\t]')
NOT_IN_A_TITLE = re.compile(r"[\\*?:/\[\]]")
TITLE = 28  # characters, of 31 that a sheet takes
NOT_IN_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
DAY, MOMENT = BUILTIN_FORMATS[14], BUILTIN_FORMATS[22]  # spreadsheets write them as one does there
LONGEST = 1_048_576  # rows of a sheet
COLUMN = 24  # characters: a name, a number, a moment
BOM = "\ufeff"  # spreadsheets then read the accents


def defused(value: Any) -> str:
    """A cell that no spreadsheet takes for a formula; an import gives the same text back."""
    text = str(value)
    return f"'{text}" if FORMULA.match(text) else text


def csv_response(title: str, rows: Iterable[Iterable[Any]]) -> StreamingHttpResponse:
    """Rows as a file to keep, sent as they are read, under its title."""
    lines = _lines(rows, translation.get_language())
    response = StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{slugify(title)}.csv"'
    return response


def xlsx_response(title: str, rows: Iterable[Iterable[Any]]) -> FileResponse:
    """Rows as a spreadsheet: text stays text, so that no cell is a formula.

    What one sheet cannot hold goes on in the next one, under the same head.
    """
    book = Workbook(write_only=True)
    lines = iter(rows)
    head = [*next(lines)]
    sheet = _sheet(book, title, head)
    for number, row in enumerate(lines):
        if number and not number % (LONGEST - 1):
            sheet = _sheet(book, title, head)
        sheet.append([_cell(sheet, value) for value in row])
    file = tempfile.TemporaryFile()  # noqa: SIM115 — the response closes it
    book.save(file)
    file.seek(0)
    name = f"{slugify(title)}.xlsx"
    return FileResponse(file, as_attachment=True, filename=name, content_type=XLSX)


def _sheet(book: Workbook, title: str, head: list[Any]) -> Any:
    """A sheet whose head stays in sight; a second one of that title gets a number."""
    sheet = book.create_sheet(NOT_IN_A_TITLE.sub(" ", title)[:TITLE])
    sheet.freeze_panes = "A2"
    sheet.sheet_format.defaultColWidth = COLUMN
    sheet.append([_cell(sheet, value) for value in head])
    return sheet


def _cell(sheet: Any, value: Any) -> Any:
    if isinstance(value, datetime):
        return _dated(sheet, timezone.localtime(value).replace(tzinfo=None), MOMENT)
    if isinstance(value, date):
        return _dated(sheet, value, DAY)
    if not isinstance(value, str):
        return value
    cell = WriteOnlyCell(sheet, value=NOT_IN_XML.sub("", value))
    cell.data_type = "s"
    return cell


def _dated(sheet: Any, value: date, written: str) -> WriteOnlyCell:
    cell = WriteOnlyCell(sheet, value=value)
    cell.number_format = written
    return cell


FORMATS: Mapping[str, Callable[..., HttpResponseBase]] = {
    "csv": csv_response,
    "xlsx": xlsx_response,
}


def _lines(rows: Iterable[Iterable[Any]], language: str | None) -> Iterator[str]:
    """Read after the answer has begun, and in the language in which it was asked."""
    yield BOM
    spoken = iter(rows)
    while True:
        with translation.override(language):
            row = next(spoken, None)
            if row is None:
                return
            line = ";".join(_quoted(defused(_written(cell))) for cell in row)
        yield f"{line}\r\n"


def _written(value: Any) -> Any:
    """A moment by the clock of the reader, as spreadsheets read it in any language."""
    if isinstance(value, datetime):
        return timezone.localtime(value).replace(tzinfo=None, microsecond=0)
    return value


def _quoted(text: str) -> str:
    """In quotes if anything in it could end a cell, whichever separator a spreadsheet expects."""
    return '"{}"'.format(text.replace('"', '""')) if ENDS_A_CELL.search(text) else text
