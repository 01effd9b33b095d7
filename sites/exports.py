"""Lists as CSV."""

import csv
from collections.abc import Iterable, Iterator
from typing import Any

from django.http import StreamingHttpResponse

LIVE = ("=", "+", "-", "@", "\t", "\r")
BOM = "\ufeff"  # spreadsheets then read the accents


class _Echo:
    """A file that hands each line on."""

    def write(self, line: str) -> str:
        return line


def defused(value: Any) -> str:
    """A cell that no spreadsheet takes for a formula."""
    text = str(value)
    return f"'{text}" if text.startswith(LIVE) else text


def csv_response(name: str, rows: Iterable[Iterable[Any]]) -> StreamingHttpResponse:
    """Rows as a file to keep, sent as they are read; `name` has no ending."""
    response = StreamingHttpResponse(_lines(rows), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    return response


def _lines(rows: Iterable[Iterable[Any]]) -> Iterator[str]:
    writer = csv.writer(_Echo(), delimiter=";")
    yield BOM
    for row in rows:
        yield writer.writerow([defused(cell) for cell in row])
