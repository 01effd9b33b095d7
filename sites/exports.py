"""Lists as CSV and as XLSX."""

import re
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import datetime
from typing import Any

from django.http import FileResponse, HttpResponseBase, StreamingHttpResponse
from django.utils import timezone, translation
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell

LIVE = ("=", "+", "-", "@", "\t", "\r")
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
ENDS_A_CELL = re.compile(r'[";,\r\n\t]')
NOT_IN_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
BOM = "\ufeff"  # spreadsheets then read the accents


def defused(value: Any) -> str:
    """A cell that no spreadsheet takes for a formula; an import gives the same text back."""
    text = str(value)
    return f"'{text}" if text.lstrip("'").startswith(LIVE) else text


def csv_response(name: str, rows: Iterable[Iterable[Any]]) -> StreamingHttpResponse:
    """Rows as a file to keep, sent as they are read; `name` has no ending."""
    lines = _lines(rows, translation.get_language())
    response = StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    return response


def xlsx_response(name: str, rows: Iterable[Iterable[Any]]) -> FileResponse:
    """Rows as a spreadsheet: text stays text, so that no cell is a formula."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet(name[:31])
    for row in rows:
        sheet.append([_cell(sheet, value) for value in row])
    file = tempfile.TemporaryFile()  # noqa: SIM115 — the response closes it
    book.save(file)
    file.seek(0)
    return FileResponse(file, as_attachment=True, filename=f"{name}.xlsx", content_type=XLSX)


def _cell(sheet: Any, value: Any) -> Any:
    if isinstance(value, datetime):
        return timezone.localtime(value).replace(tzinfo=None)
    if not isinstance(value, str):
        return value
    cell = WriteOnlyCell(sheet, value=NOT_IN_XML.sub("", value))
    cell.data_type = "s"
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
            line = ";".join(_quoted(defused(cell)) for cell in row)
        yield f"{line}\r\n"


def _quoted(text: str) -> str:
    """In quotes if anything in it could end a cell, whichever separator a spreadsheet expects."""
    return '"{}"'.format(text.replace('"', '""')) if ENDS_A_CELL.search(text) else text
