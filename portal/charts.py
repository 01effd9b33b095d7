"""Bars drawn on the server: numbers in, the shapes of an SVG out."""

from collections.abc import Sequence
from dataclasses import dataclass

WIDTH, HEIGHT = 720, 220
LEFT, RIGHT, BOTTOM, TOP = 44, 16, 28, 12
GAP = 0.3  # of the room of a bar
SEAM = 2  # between its parts
MOST_LABELS = 12


@dataclass(frozen=True)
class Bar:
    """One bar, answered below and missed on top, in units of the drawing."""

    label: str
    answered: int
    missed: int
    x: float
    width: float
    y_answered: float
    height_answered: float
    y_missed: float
    height_missed: float
    labelled: bool

    @property
    def middle(self) -> float:
        return round(self.x + self.width / 2, 1)

    @property
    def total(self) -> int:
        return self.answered + self.missed


@dataclass(frozen=True)
class Line:
    """A line across the drawing, at a round number."""

    value: int
    y: float


@dataclass(frozen=True)
class Chart:
    """A drawing and the table that says the same."""

    bars: list[Bar]
    lines: list[Line]
    width: int = WIDTH
    height: int = HEIGHT
    left: int = LEFT
    label_y: int = HEIGHT - 8

    @property
    def total(self) -> int:
        return sum(bar.total for bar in self.bars)

    @property
    def highest(self) -> Bar | None:
        """The bar to name in words, if anything was counted."""
        top = max(self.bars, key=lambda bar: bar.total, default=None)
        return top if top and top.total else None


def stacked(rows: Sequence[tuple[str, int, int]]) -> Chart:
    """Bars of (label, answered, missed), in their order."""
    top = round_up(max((answered + missed for _label, answered, missed in rows), default=0))
    room = (WIDTH - LEFT - RIGHT) / max(len(rows), 1)
    every = -(-len(rows) // MOST_LABELS)
    bars = [_bar(row, n, room, top, labelled=n % every == 0) for n, row in enumerate(rows)]
    return Chart(bars, [Line(value, _y(value, top)) for value in (0, top // 2, top)])


@dataclass(frozen=True)
class Counts:
    """Answered and missed calls."""

    answered: int
    missed: int


@dataclass(frozen=True)
class Rank:
    """One line of a ranking; widths are hundredths of the longest."""

    label: str
    answered: int
    missed: int
    answered_width: float
    missed_width: float


def ranked(rows: Sequence[tuple[str, int, int]]) -> list[Rank]:
    """Lines of (label, answered, missed), in their order, each with its bar."""
    longest = max((answered + missed for _label, answered, missed in rows), default=1) or 1
    return [
        Rank(label, answered, missed, 100 * answered / longest, 100 * missed / longest)
        for label, answered, missed in rows
    ]


@dataclass(frozen=True)
class Ranking:
    """The lines that are drawn, what the others come to, and all together."""

    shown: list[Rank]
    others: Counts
    other_count: int
    total: Counts


def ranking(rows: Sequence[tuple[str, int, int]], shown: int) -> Ranking:
    """The first lines, and what is left: nothing is counted and then not said."""
    left = rows[shown:]
    return Ranking(ranked(rows[:shown]), summed(left), len(left), summed(rows))


def summed(rows: Sequence[tuple[str, int, int]]) -> Counts:
    """All of (label, answered, missed) together."""
    return Counts(sum(row[1] for row in rows), sum(row[2] for row in rows))


def share_of(part: int, rest: int) -> int | None:
    """The first of two figures as a part of both, in hundredths; None of nothing.

    A half goes up, as people round.
    """
    both = part + rest
    return (200 * part + both) // (2 * both) if both else None


def round_up(value: int) -> int:
    """The next even number with one significant digit, or 10: what the highest line says.

    Even, so that the line at half its height says a whole number.
    """
    step = 10 ** max(len(str(value)) - 1, 0)
    top = -(-value // step) * step
    return max(2, top + top % 2)


def _bar(row: tuple[str, int, int], n: int, room: float, top: int, *, labelled: bool) -> Bar:
    label, answered, missed = row
    y_answered, y_missed = _y(answered, top), _y(answered + missed, top)
    whole = _y(0, top) - y_answered
    seam = min(SEAM, whole / 2) if missed else 0
    return Bar(
        label=label,
        answered=answered,
        missed=missed,
        x=round(LEFT + room * (n + GAP / 2), 1),
        width=round(room * (1 - GAP), 1),
        y_answered=round(y_answered + seam, 1),
        height_answered=round(whole - seam, 1),
        y_missed=y_missed,
        height_missed=round(y_answered - y_missed, 1),
        labelled=labelled,
    )


def _y(value: int, top: int) -> float:
    return round(HEIGHT - BOTTOM - (HEIGHT - BOTTOM - TOP) * value / top, 1)
