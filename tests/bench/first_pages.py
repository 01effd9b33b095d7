"""Serves the first page of the list from one database, once for each line that it reads.

Begins with a line that says whose pages these are; then a line of milliseconds for each line read.
"""

import json
import sys
import time

import django

django.setup()

from django.core.handlers.wsgi import WSGIHandler

from portal.interpreter import settle, with_room
from sites.models import Enterprise
from tests.bench import actors, asking
from tests.bench.addresses import LIST
from tests.bench.asking import Page


def pages() -> dict[str, Page]:
    """Of those whose branches have the same size in every enterprise, and of the root."""
    portal = with_room(WSGIHandler())
    people = actors.with_branches(Enterprise.objects.get(name="Mesure"))
    (few, one), *_, (_all, root) = people.items()
    named = {few: one, "all": root}
    return {who: Page(portal, asking.session_of(actor), LIST) for who, actor in named.items()}


def milliseconds(page: Page) -> float:
    started = time.perf_counter()
    page()
    return (time.perf_counter() - started) * 1000


def say(answer: object) -> None:
    print(json.dumps(answer), flush=True)


if __name__ == "__main__":
    asked = pages()
    settle()
    say(list(asked))
    for _line in sys.stdin:
        say([milliseconds(page) for page in asked.values()])
