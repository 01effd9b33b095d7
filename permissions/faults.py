"""What a check of stored rows finds."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from sites.chunks import in_chunks


@dataclass(frozen=True)
class Fault:
    """A row that breaks a rule: which rule, which row, what is wrong with it."""

    kind: str
    ids: dict[str, Any]
    words: str

    def __str__(self) -> str:
        ids = " ".join(f"{name}={value}" for name, value in self.ids.items())
        return f"{self.kind}: {ids}: {self.words}"


def faults(kind: str, words: str, rows: QuerySet, **columns: str) -> Iterator[Fault]:
    """A fault for each row; `columns` are the ids to show, each under its name."""
    for values in in_chunks(rows.order_by("pk").values_list(*columns.values())):
        yield Fault(kind, dict(zip(columns, values, strict=True)), words)
