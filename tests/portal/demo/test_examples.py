"""The example files: the portal itself reads them, so none can be out of date."""

import io
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone

from permissions.models import AuditEntry
from portal import demo_examples
from portal.demo import OPERATOR
from portal.imports.examples import FOLDER, example
from portal.imports.exporting import rows_of
from portal.imports.formats import KINDS
from portal.imports.problems import Problems
from portal.imports.reading import read
from portal.imports.writing import import_file
from sites.models import Enterprise
from tests import factories
from tests.files import ORDER, without_ids

pytestmark = pytest.mark.django_db


def cells(kind: str, content: bytes) -> list[dict[str, Any]]:
    """What the lines say, however it is spelt."""
    problems = Problems()
    lines = read(io.BytesIO(content), KINDS[kind], problems, lambda size: None)
    found = [line.values for line in lines]
    assert problems.lines() == []
    return found


def exported(kind: str, owner: Enterprise) -> bytes:
    return "\n".join(";".join(row) for row in rows_of(KINDS[kind], owner)).encode()


def test_there_is_an_example_of_every_kind_and_nothing_else() -> None:
    assert sorted(path.name for path in FOLDER.iterdir()) == sorted(f"{one}.csv" for one in KINDS)


def test_every_example_shows_every_column_in_use() -> None:
    for kind, known in KINDS.items():
        lines = cells(kind, example(kind).read_bytes())
        for column in known.columns:
            assert any(line[column.name] not in ("", None) for line in lines), (kind, column.name)


def test_the_examples_go_there_and_back_and_change_nothing_twice() -> None:
    owner, _sites = factories.enterprise("Vide")
    expected = {kind: cells(kind, example(kind).read_bytes()) for kind in ORDER}
    for kind in ORDER:
        done = import_file(kind, example(kind), owner, by=None)
        assert (done.problems.lines(), done.added) == ([], len(expected[kind])), kind
    before = {kind: without_ids(kind) for kind in ORDER}
    for kind in ORDER:
        done = import_file(kind, example(kind), owner, by=None)
        told = (done.problems.lines(), done.added, done.changed, done.unchanged)
        assert told == ([], 0, 0, len(expected[kind])), kind
        assert cells(kind, exported(kind, owner)) == expected[kind], kind
    assert {kind: without_ids(kind) for kind in ORDER} == before


@pytest.mark.usefixtures("printed")
def test_the_demo_holds_what_the_examples_say(tmp_path: Path) -> None:
    owner = Enterprise.objects.get(name="Boulangeries Martin")
    for kind in ORDER:
        path = tmp_path / f"{kind}.csv"
        text = example(kind).read_text("utf-8")
        path.write_text(demo_examples.moved(kind, text, timezone.localdate()), "utf-8")
        done = import_file(kind, path, owner, by=None)
        assert (done.problems.lines(), done.added, done.changed) == ([], 0, 0), kind
        assert done.unchanged


@pytest.mark.usefixtures("printed")
def test_the_demo_says_that_they_were_imported() -> None:
    entries = AuditEntry.objects.filter(item__startswith="import:", actor__username=OPERATOR)
    assert {entry.item for entry in entries} == {f"import:{kind}" for kind in KINDS}


def test_a_bad_example_stops_the_demo(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    owner, _sites = factories.enterprise("Vide")
    bad = tmp_path / "sites.csv"
    bad.write_text("name;country\nA;Nulle part\n")
    monkeypatch.setattr(demo_examples, "example", lambda kind: bad)
    with pytest.raises(RuntimeError, match=r"^sites: .* 2"):
        demo_examples.load(owner, timezone.localdate(), by=None)


@pytest.mark.parametrize("days", [-400, -1, 0, 6, 7, 365, 5000])
def test_the_dates_move_by_weeks_and_stay_in_the_past(days: int) -> None:
    today = demo_examples.WRITTEN + timedelta(days=days)
    for kind in ("orders", "order_steps", "calls", "recordings"):
        text = example(kind).read_text("utf-8")
        before = demo_examples.DAY.findall(text)
        after = demo_examples.DAY.findall(demo_examples.moved(kind, text, today))
        assert before
        for old, new in zip(map(date.fromisoformat, before), map(date.fromisoformat, after),
                            strict=True):  # fmt: skip
            assert old.weekday() == new.weekday()
            assert timedelta() < today - new <= timedelta(days=7) + (demo_examples.WRITTEN - old)


def test_holidays_move_by_years() -> None:
    moved = demo_examples.moved("holidays", "x;2026-12-25;Noël\nx;2027-05-01;Mai", date(2031, 3, 1))
    assert moved == "x;2031-12-25;Noël\nx;2032-05-01;Mai"
