"""From a file to lines of cells: UTF-8, semicolons or commas, one head, no line too long."""

import csv
import itertools
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any, BinaryIO

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from portal.imports.cells import BadCell, quoted, restored
from portal.imports.kinds import Kind
from portal.imports.problems import BadFile, Problems

BOM = "\ufeff"
NAMES = 200  # characters of the columns that are wrong
LONGEST = 100_000  # bytes of a line
REMEMBERED = 5_000  # cells: sites and choices come back on every line


@dataclass
class Line:
    """One line of the file: the value of each column, or its key if it names another row."""

    number: int
    values: dict[str, Any] = field(default_factory=dict)
    is_bad: bool = False


class Known:
    """The values of cells, those met before without being read again."""

    def __init__(self, kind: Kind) -> None:
        self.columns = {column.name: (column, kind.field(column)) for column in kind.columns}
        self.met: dict[tuple[str, str], Any] = {}

    def value(self, name: str, cell: str) -> Any:
        """Raises BadCell."""
        if (name, cell) in self.met:
            return self.met[name, cell]
        column, field = self.columns[name]
        value = column.value(restored(cell), field)
        if len(self.met) < REMEMBERED:
            self.met[name, cell] = value
        return value


def read(
    file: BinaryIO, kind: Kind, problems: Problems, advance: Callable[[int], None]
) -> Iterator[Line]:
    """Every line but the empty ones, with its number. Raises BadFile if there is no reading on.

    `advance` is told how far in the file the reading is.
    """
    decoded = _decoded(file, advance)
    try:
        first = next(decoded, "").removeprefix(BOM)
        rows = csv.reader(itertools.chain([first], decoded), delimiter=_delimiter(first))
        known = Known(kind)
        head = checked_head(next(rows, []), kind)
        for cells in rows:
            if any(cell.strip() for cell in cells):
                yield line_of(cells, head, known, rows.line_num, problems)
    except csv.Error as error:
        raise BadFile(
            rows.line_num, _("This is not CSV (%(error)s).") % {"error": error}
        ) from error


def _delimiter(head: str) -> str:
    return ";" if head.count(";") >= head.count(",") else ","


def _decoded(file: BinaryIO, advance: Callable[[int], None]) -> Iterator[str]:
    """Line by line, so that a file of any size takes no memory and a bad byte has its line."""
    for number in itertools.count(1):
        raw = file.readline(LONGEST)
        if not raw:
            return
        advance(len(raw))
        yield _text(raw, number)


def _text(raw: bytes, number: int) -> str:
    if len(raw) == LONGEST:
        raise BadFile(number, _("This line is too long."))
    try:
        text = raw.decode()
    except UnicodeDecodeError as error:
        said = _("The file is not encoded in UTF-8. In Excel: save it as “CSV UTF-8”.")
        raise BadFile(number, said) from error
    if "\0" in text:
        raise BadFile(number, _("The file is not a text file."))
    return text


def checked_head(cells: list[str], kind: Kind) -> list[str]:
    """The names of the columns, whatever their case. Raises BadFile."""
    head = [cell.strip().casefold() for cell in cells]
    required = [column.name for column in kind.columns if column.required]
    if not any(head):
        raise BadFile(1, _("The file is empty."))
    unknown = [name for name in head if name not in kind.by_name]
    missing = [name for name in required if name not in head]
    twice = [name for name, times in Counter(head).items() if times > 1]
    said = [
        ngettext("Unknown column: %(names)s", "Unknown columns: %(names)s", len(unknown)),
        ngettext("Missing column: %(names)s", "Missing columns: %(names)s", len(missing)),
        ngettext("Column given twice: %(names)s", "Columns given twice: %(names)s", len(twice)),
    ]
    found = zip(said, (unknown, missing, twice), strict=True)
    if wrong := [one % {"names": quoted(", ".join(names), NAMES)} for one, names in found if names]:
        raise BadFile(1, *wrong)
    return head


def line_of(
    cells: list[str], head: list[str], known: Known, number: int, problems: Problems
) -> Line:
    """The values of a line; what cannot be read is a problem of its own cell."""
    line = Line(number)
    if len(cells) != len(head):
        said = ngettext(
            "%(found)s cell instead of %(expected)s.",
            "%(found)s cells instead of %(expected)s.",
            len(cells),
        )
        problems.add(number, said % {"found": len(cells), "expected": len(head)})
        line.is_bad = True
        return line
    for name, cell in zip(head, cells, strict=True):
        try:
            line.values[name] = known.value(name, cell)
        except BadCell as error:
            problems.add(number, str(error), name)
            line.is_bad = True
    return line
