"""What the races and faults counted, one line each at the end of a run of the tests."""

import os
from collections import Counter

LONG = bool(os.environ.get("PORTAL_LONG"))
_counted: dict[str, Counter[str]] = {}


def count(subject: str, **numbers: int) -> None:
    """Add to the line of `subject`."""
    _counted.setdefault(subject, Counter()).update(numbers)


def lines() -> list[str]:
    """All lines, once."""
    found = [f"{subject}: {_said(numbers)}" for subject, numbers in _counted.items()]
    _counted.clear()
    return found


def _said(numbers: Counter[str]) -> str:
    return ", ".join(f"{name.replace('_', ' ')} {n:,}" for name, n in numbers.items())
