"""From a file to the tables: all of it or nothing, and the same file twice changes nothing."""

import itertools
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.db import DataError, IntegrityError, transaction
from django.db.models import prefetch_related_objects
from django.utils.translation import gettext as _

from permissions import audit
from permissions.acts import act, carrier_only
from permissions.audit_items import of_import
from permissions.errors import Refused
from permissions.locks import lock_enterprise
from permissions.models import Act
from portal.imports.cells import plain
from portal.imports.formats import KINDS
from portal.imports.kinds import Key, Kind
from portal.imports.problems import BadFile, Problems
from portal.imports.reading import Line, read
from portal.imports.refusals import refusal
from portal.imports.resolving import existing, good, key_of_line, key_of_row, resolve
from sites import kept_plans
from sites.models import Enterprise
from sites.text import SearchKeyField

BATCH = 2000


@dataclass
class Import:
    """One file being imported, and what came of it so far."""

    kind: Kind
    enterprise: Any  # None for what belongs to no enterprise
    by: Any = None
    problems: Problems = field(default_factory=Problems)
    seen: dict[Key, int] = field(default_factory=dict)
    columns: set[str] = field(default_factory=set)  # those of the file
    moves: bool = False  # whether it moves a row to another site
    added: int = 0
    changed: int = 0
    unchanged: int = 0

    @property
    def is_good(self) -> bool:
        return not self.problems.count


@dataclass
class Pending:
    """The row of a line, made or found, and whether it is to be written."""

    line: int
    row: Any
    is_new: bool
    before: dict[str, Any] = field(default_factory=dict)  # what changes, as it was
    moves: bool = False  # to another site

    @property
    def is_changed(self) -> bool:
        return self.is_new or bool(self.before)


@act
def import_file(
    name: str,
    path: Path,
    enterprise: Enterprise | None,
    *,
    by: Any = None,
    dry_run: bool = False,
    advance: Callable[[int], None] = lambda size: None,
) -> Import:
    """Import a file of the kind `name`. With a problem, or on trial, nothing is kept.

    Without `by` it is the carrier's command; a person is carrier staff, or it is OutOfScope.
    """
    if by is not None:
        carrier_only(by)
    done = Import(KINDS[name], enterprise, by)
    with transaction.atomic(), path.open("rb") as file:
        kept_plans.plan_anew()  # this file, or the one before, may bring many rows
        _lock(done, dry_run=dry_run)
        try:
            for batch in batches(read(file, done.kind, done.problems, advance)):
                _take(done, batch)
            _check_afterwards(done)
        except BadFile as error:
            for message in error.messages:
                done.problems.add(error.line, message)
        if dry_run or not done.is_good:
            transaction.set_rollback(True)
        elif done.added or done.changed:
            _record(name, done)
    return done


def _lock(done: Import, *, dry_run: bool) -> None:
    """Pages compare what stands at a site, or has a device, under its lock: so does the file.

    An act that adds rows locks their enterprise, and that is the first of all locks.
    """
    if done.kind.add is not None:
        lock_enterprise(done.enterprise.pk)
    if done.kind.locked is not None and not dry_run:
        rows = done.kind.locked.objects.select_for_update(no_key=True)
        list(rows.filter(enterprise=done.enterprise).order_by("pk").values_list("pk"))


def _check_afterwards(done: Import) -> None:
    """What only all lines together show; the file answers for the rows that it names."""
    if done.kind.after is None or not (done.moves or done.kind.after[0] in done.columns):
        return
    column, find, said = done.kind.after
    for row in find(done.enterprise):
        if line := done.seen.get(key_of_row(row, done.kind)):
            done.problems.add(line, said(row), column)


def batches(lines: Iterable[Line]) -> Iterator[list[Line]]:
    lines = iter(lines)
    while batch := list(itertools.islice(lines, BATCH)):
        yield batch


def _record(name: str, done: Import) -> None:
    """One row for the file: the carrier's system is where each line has its history."""
    said = _("%(added)s added, %(changed)s changed")
    after = said % {"added": done.added, "changed": done.changed}
    owner = done.enterprise if done.kind.owned else None
    kept = {"item": of_import(name), "item_name": str(owner or ""), "after": after}
    audit.record(Act.ADD if done.added else Act.EDIT, by=done.by, of=owner, **kept)


def _take(done: Import, batch: list[Line]) -> None:
    """Resolve, match, check and write one batch."""
    for line in batch:
        done.columns.update(line.values)
    resolve(batch, done.kind, done.enterprise, done.problems)
    lines = good(_once(done, good(batch)))
    found = existing(lines, done.kind, done.enterprise, done.problems)
    pending = [_pending(done, line, found) for line in good(lines)]
    checked = [one for one in pending if not one.is_changed or _check(done, one)]
    done.unchanged += sum(not one.is_changed for one in checked)
    _write(done, [one for one in checked if one.is_changed])


def _once(done: Import, lines: list[Line]) -> Iterator[Line]:
    """The lines whose row no earlier line was."""
    for line in lines:
        first = done.seen.setdefault(key_of_line(line, done.kind), line.number)
        if first == line.number:
            yield line
        else:
            done.problems.add(
                line.number, _("It is the same row as line %(line)s.") % {"line": first}
            )


def _pending(done: Import, line: Line, found: dict[Key, Any]) -> Pending:
    """The row with the values of the line; a column that the file has not is left as it is."""
    values = dict(zip(done.kind.attnames(line.values), line.values.values(), strict=True))
    row = found.get(key_of_line(line, done.kind))
    if row is None:
        owner = {"enterprise_id": done.enterprise.pk} if done.kind.placed else {}
        return Pending(line.number, done.kind.model(**values, **owner), is_new=True)
    stored = {name: getattr(row, name) for name in values}
    before = {name: was for name, was in stored.items() if plain(was) != plain(values[name])}
    for name, value in values.items():
        setattr(row, name, value)
    if before and done.kind.versioned:
        row.version += 1
    return Pending(line.number, row, False, before, moves="site_id" in before)


def _check(done: Import, one: Pending) -> bool:
    """What the columns together must be."""
    found = list(done.kind.check(one.row))
    for column, message in found:
        done.problems.add(one.line, message, column)
    return not found


def _write(done: Import, pending: list[Pending]) -> None:
    """Count what is added and changed of it."""
    rows = [one.row for one in pending]
    prefetch_related_objects(rows, *done.kind.related)
    written = list(_written(done, pending))
    done.added += sum(one.is_new for one in written)
    done.changed += sum(not one.is_new for one in written)


def _written(done: Import, pending: list[Pending]) -> Iterator[Pending]:
    """All at once; what is refused, half by half, down to the line that is refused.

    What the file gives to one row may still be another's, which a later line frees: then the
    lines do one after the other, in their order, what they could not do together.
    """
    try:
        with transaction.atomic():
            _keep(done, pending)
    except (IntegrityError, DataError, Refused) as error:
        yield from _halved(done, pending, error)
    else:
        yield from pending


def _halved(done: Import, pending: list[Pending], error: Exception) -> Iterator[Pending]:
    for one in pending:
        if one.is_new:
            one.row.pk = None  # it went with the others
    if len(pending) > 1:
        middle = len(pending) // 2
        yield from _written(done, pending[:middle])
        yield from _written(done, pending[middle:])
    else:
        (one,) = pending
        done.problems.add(one.line, *refusal(error, one.row, moves=one.moves))


def _keep(done: Import, pending: list[Pending]) -> None:
    """New rows are added, the others written over, after what stays where they stood."""
    moved = [one.row.pk for one in pending if one.moves]
    done.moves |= bool(moved)
    if moved and done.kind.leave is not None:
        done.kind.leave(moved, by=done.by)
    _insert([one.row for one in pending if one.is_new], done)
    _update([one.row for one in pending if not one.is_new], done.kind)
    if done.kind.traced:
        edits = (audit.edits_since(one.before, one.row, by=done.by) for one in pending)
        audit.record_all(itertools.chain.from_iterable(edits))


def _insert(rows: list[Any], done: Import) -> None:
    if rows and done.kind.add is not None:
        done.kind.add(rows, by=done.by)
    elif rows:
        type(rows[0])._default_manager.bulk_create(rows)


def _update(rows: list[Any], kind: Kind) -> None:
    """As an insertion that finds its row: many times quicker than `bulk_update`, and it writes
    the search key."""
    if rows:
        # Of its key nothing is written: that would keep others from naming the row meanwhile.
        written = [column.name for column in kind.columns if not kind.tells_apart(column)]
        written += [f.name for f in kind.model._meta.fields if isinstance(f, SearchKeyField)]
        written += ["version"] * kind.versioned
        kind.model._default_manager.bulk_create(
            rows, update_conflicts=True, unique_fields=["id"], update_fields=written
        )
