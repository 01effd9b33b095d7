"""How many cases were tried, for the last lines of a run of the tests."""

from collections import Counter

cases: Counter[str] = Counter()


def lines() -> list[str]:
    """One line for each subject, and their sum."""
    parts = ", ".join(f"{name} {number:,}" for name, number in cases.items())
    return [f"small cases: {cases.total():,} ({parts})"] if cases else []
