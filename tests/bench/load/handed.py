"""What the process of the visitors is given, and what it hands back: plain data, as JSON."""

from collections import Counter
from dataclasses import dataclass, field

CROWD, SEEN = "crowd.json", "seen.json"
PASSWORD = "Of-the-Bench-2026"  # of all visitors: who was disabled signs in again


@dataclass(frozen=True)
class Visitor:
    """Somebody who has signed in, what they may open, and on whom they act."""

    pk: int
    username: str
    cookie: tuple[str, str]
    below: int
    features: list[str]
    acted_on: list[int]
    few_sites: bool


@dataclass
class Seen:
    """By all visitors; the times are of each page, then of all, once everybody had come."""

    times: list[tuple[str, int, list[float]]] = field(default_factory=list)
    per_second: float = 0.0
    of_one_core: float = 0.0
    answers: Counter[str] = field(default_factory=Counter)
    written: Counter[str] = field(default_factory=Counter)
    refused: Counter[str] = field(default_factory=Counter)
    errors: Counter[str] = field(default_factory=Counter)
    # Who was refused a page or sent to the sign-in, and the feature behind the page.
    losses: list[tuple[int, str]] = field(default_factory=list)
