"""Clients who write without pause, and write down what was acknowledged, refused, or left open."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import count
from typing import Any

from tests.factories import details
from tests.faults.browser import Answer, Browser, NoAnswer, form
from tests.faults.processes import Portal

NOTES, MANAGE = "notes", "manage_administrators"
FEATURE_CYCLE = "A A B C"  # taken from A and so from all below, given back one by one


@dataclass
class Ledger:
    """Marks by what became of them; a mark is in the row that was written."""

    acknowledged: list[tuple[str, ...]] = field(default_factory=list)
    open: list[tuple[str, ...]] = field(default_factory=list)
    said_unsaved: list[tuple[str, ...]] = field(default_factory=list)
    answers: dict[int, int] = field(default_factory=dict)
    wrong: list[str] = field(default_factory=list)

    def note(self, mark: tuple[str, ...], answer: Answer | None) -> None:
        if answer is None:
            self.open.append(mark)
            return
        self.answers[answer.status] = self.answers.get(answer.status, 0) + 1
        if answer.saved and "/sign-in/" not in answer.location:
            self.acknowledged.append(mark)
        elif answer.status == 503:
            self.said_unsaved.append(mark)
        else:
            self.wrong.append(f"{mark}: {answer.status} {answer.content[:2000]!r}")


class Clerk(threading.Thread):
    """One signed-in person who writes until told to stop."""

    def __init__(self, browser: Browser, ledger: Ledger, work: Callable[..., Any]) -> None:
        super().__init__(daemon=True)
        self.browser, self.ledger, self.work = browser, ledger, work
        self.ending = threading.Event()

    def run(self) -> None:
        for number in count(1):
            if self.ending.is_set():
                return
            self.once(number)

    def once(self, number: int) -> None:
        """One page and its form. Nothing was asked for yet when already the page does not come."""
        path, changes, mark = self.work(number)
        try:
            page = self.browser.get(path)
        except NoAnswer:
            return
        if page.status != 200:
            self.ledger.note(("page", path), page)
            return
        data = form(page)
        if (changed := changes(data, page.content.decode())) is None:
            return
        data |= changed
        try:
            self.ledger.note(mark(data), self.browser.post(path, data))
        except NoAnswer:
            self.ledger.note(mark(data), None)


def creating(letter: str, paris: int) -> Callable[[int], Any]:
    """Children with a site and a feature."""

    def work(number: int) -> Any:
        username = f"new-{letter}-{number}"
        typed = details(username) | {"features": [MANAGE]}

        def changes(data: dict[str, Any], page: str) -> dict[str, Any]:
            return typed | {"picker-added": str(paris), "country": "FR"}

        return "/administrators/create/", changes, lambda data: ("create", username)

    return work


def moving(pk: int, letter: str) -> Callable[[int], Any]:
    """The same person to another town each time."""

    def work(number: int) -> Any:
        city = f"Ville {letter} {number}"
        path = f"/administrators/{pk}/address/"
        return path, lambda data, page: {"city": city}, lambda data: ("city", city)

    return work


def ticking(people: dict[str, int]) -> Callable[[int], Any]:
    """A feature is taken from A and all below, then given back to A, B and C."""
    cycle = FEATURE_CYCLE.split()

    def work(number: int) -> Any:
        name = cycle[number % len(cycle)]

        def changes(data: dict[str, Any], page: str) -> dict[str, Any] | None:
            if f'value="{NOTES}"' not in page:
                return None  # the parent lacks it: an earlier tick was cut short
            ticked = sorted(set(data.get("features", [])) ^ {NOTES})
            return {"features": ticked, "confirmed": "on"}

        def mark(data: dict[str, Any]) -> tuple[str, ...]:
            return "tick", str(people[name]), "grant" if NOTES in data["features"] else "revoke"

        return f"/administrators/{people[name]}/features/", changes, mark

    return work


@contextmanager
def clerks(
    portal: Portal, people: dict[str, int], paris: int
) -> Iterator[tuple[Ledger, list[Clerk]]]:
    """Four of them, at work for as long as the block lasts."""
    ledger = Ledger()
    works = [
        ("R", ticking(people)), ("S", creating("s", paris)), ("A", creating("a", paris)),
        ("A", moving(people["N"], "n")),
    ]  # fmt: skip
    team = [Clerk(portal.browser().sign_in(name), ledger, work) for name, work in works]
    for clerk in team:
        clerk.start()
    try:
        yield ledger, team
    finally:
        for clerk in team:
            clerk.ending.set()
        for clerk in team:
            clerk.join()
