"""Loads the carrier's example files into the demo, by the very import that the carrier uses.

They are the sites around Paris and what stands there. Their dates move with the calendar, so that
an order that was shipped two weeks before the files were written is always that recent.
"""

import re
import tempfile
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from portal.imports.examples import example
from portal.imports.formats import KINDS
from portal.imports.writing import import_file
from sites.models import Enterprise

WRITTEN = date(2026, 11, 23)
DAY = re.compile(r"\b\d{4}-\d{2}-\d{2}\b")


def load(owner: Enterprise, today: date, *, by: Any) -> None:
    """Every kind, in the order of the documentation. Raises RuntimeError at the first problem."""
    with tempfile.TemporaryDirectory() as folder:
        for kind in KINDS:
            path = Path(folder) / f"{kind}.csv"
            path.write_text(moved(kind, example(kind).read_text("utf-8"), today), "utf-8")
            done = import_file(kind, path, owner, by=by)
            if not done.is_good:
                raise RuntimeError(f"{kind}: {done.problems.lines()[0]}")


def moved(kind: str, text: str, today: date) -> str:
    """By whole weeks, so that nobody calls on another day of the week; holidays by whole years."""
    weeks = timedelta(days=(today - WRITTEN).days // 7 * 7)
    years = today.year - WRITTEN.year

    def later(found: re.Match[str]) -> str:
        day = date.fromisoformat(found[0])
        moved = day.replace(year=day.year + years) if kind == "holidays" else day + weeks
        return moved.isoformat()

    return DAY.sub(later, text)
