"""What the visitors saw, added up."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

HEAD = "| page | requests | p50, ms | p95 | p99 | longest |"
RULE = "|---|--:|--:|--:|--:|--:|"


@dataclass(frozen=True)
class Loss:
    """A page that was open to somebody before: refused, or the way to the sign-in."""

    pk: int
    feature: str


@dataclass
class Tally:
    """Of one visitor, or of several."""

    times: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    answers: Counter[str] = field(default_factory=Counter)
    written: Counter[str] = field(default_factory=Counter)
    refused: Counter[str] = field(default_factory=Counter)
    errors: Counter[str] = field(default_factory=Counter)
    losses: list[Loss] = field(default_factory=list)

    def add(self, other: "Tally") -> None:
        for kind, times in other.times.items():
            self.times[kind] += times
        for name in ("answers", "written", "refused", "errors"):
            getattr(self, name).update(getattr(other, name))
        self.losses += other.losses

    def rows(self) -> Iterable[str]:
        """The lines of the table: each page, then all."""
        yield from (HEAD, RULE)
        every = [time for times in self.times.values() for time in times]
        for kind, times in [*sorted(self.times.items()), ("**all**", every)]:
            times.sort()
            numbers = [_at(times, share) for share in (0.5, 0.95, 0.99, 1)]
            yield f"| {kind} | {len(times):,} | " + " | ".join(f"{n:,.0f}" for n in numbers) + " |"

    @property
    def requests(self) -> int:
        return sum(map(len, self.times.values()))


def _at(times: list[float], share: float) -> float:
    return times[min(len(times) - 1, int(len(times) * share))] if times else 0.0
