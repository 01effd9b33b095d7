"""A batch of lines against what is there: the rows that they name, and the rows that they are."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Model
from django.utils.translation import gettext as _

from portal.imports.cells import plain, quoted
from portal.imports.kinds import Column, Key, Kind
from portal.imports.problems import Problems
from portal.imports.reading import Line
from sites.models import Enterprise


def resolve(batch: list[Line], kind: Kind, enterprise: Enterprise, problems: Problems) -> None:
    """Put ids where other rows are named: one query for each column. The site comes first.

    All that is wrong with a line is said at once, but for what another site might have.
    """
    for column in kind.columns:
        if column.to:
            named = [line for line in batch if _names(line, column)]
            _resolve_column(named, column, kind, enterprise, problems)


def _resolve_column(
    lines: list[Line], column: Column, kind: Kind, enterprise: Enterprise, problems: Problems
) -> None:
    keys = {line.number: _key(line, column) for line in lines}
    found = column.to.find(set(keys.values()), enterprise) if column.to and keys else {}
    unknown = [line for line in lines if keys[line.number] not in found]
    for line in _without_outlived(unknown, column, kind, enterprise):
        line.is_bad = True
        problems.add(line.number, _unknown(line, column), column.name)
    for line in lines:
        if column.name in line.values:
            line.values[column.name] = found.get(keys[line.number])


def _without_outlived(
    lines: list[Line], column: Column, kind: Kind, enterprise: Enterprise
) -> list[Line]:
    """The lines whose row is not there without what this column names; the others lose the cell."""
    if column.outlived is None or not lines:
        return lines
    (key,) = kind.key
    there = column.outlived({line.values[key] for line in lines if key in line.values}, enterprise)
    for line in lines:
        if line.values.get(key) in there:
            del line.values[column.name]
    return [line for line in lines if column.name in line.values]


def _names(line: Line, column: Column) -> bool:
    """Whether a row can be looked for: at a known site, if it matters."""
    at_site = not (column.to and column.to.same_site) or line.values.get("site") is not None
    return bool(line.values.get(column.name)) and at_site


def _key(line: Line, column: Column) -> Key:
    key: Key = line.values[column.name]
    return (line.values["site"], *key) if column.to and column.to.same_site else key


def _unknown(line: Line, column: Column) -> str:
    same_site = column.to is not None and column.to.same_site
    here, anywhere = _("“%(value)s” is unknown at this site."), _("“%(value)s” is unknown.")
    cell = ":".join(str(part) for part in line.values[column.name])
    return (here if same_site else anywhere) % {"value": quoted(cell)}


def existing(
    batch: list[Line], kind: Kind, enterprise: Enterprise, problems: Problems
) -> dict[Key, Any]:
    """The rows that these lines are already, by their key, in one query."""
    wanted = {f"{name}__in": {_value(line, kind, name) for line in batch} for name in kind.key}
    rows = kind.model._default_manager.filter(**wanted)
    # Nobody changes or removes them meanwhile; locked in the order in which others lock them.
    rows = rows.order_by("pk").select_for_update(no_key=True)
    if kind.placed and not kind.worldwide:
        rows = rows.filter(enterprise=enterprise)
    found = {key_of_row(row, kind): row for row in rows}
    if kind.placed and kind.worldwide:
        _refuse_foreign(batch, kind, found, enterprise, problems)
    return found


def _refuse_foreign(
    batch: list[Line], kind: Kind, found: dict[Key, Any], enterprise: Enterprise, problems: Problems
) -> None:
    """What is unique over all enterprises stays with its own."""
    for line in batch:
        row = found.get(key_of_line(line, kind))
        if row is not None and row.enterprise_id != enterprise.pk:
            line.is_bad = True
            problems.add(line.number, _("It belongs to another enterprise."), kind.key[0])


def key_of_line(line: Line, kind: Kind) -> Key:
    return tuple(plain(_value(line, kind, name)) for name in kind.key)


def key_of_row(row: Model, kind: Kind) -> Key:
    return tuple(plain(getattr(row, name)) for name in kind.key)


def _value(line: Line, kind: Kind, attname: str) -> Any:
    """The line has names of columns, the key those of attributes."""
    return line.values[kind.model._meta.get_field(attname).name]


def good(lines: Iterable[Line]) -> list[Line]:
    return [line for line in lines if not line.is_bad]
