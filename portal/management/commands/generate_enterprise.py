"""Makes enterprises to measure on, of any size."""

import argparse
import sys
import time
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import connection

from administrators.paths import DEEPEST
from portal.generating import writing
from portal.generating.places import NoNumbersLeft
from portal.generating.rows import analyze
from portal.imports.progress import Bar
from sites.models import Enterprise

SIZES = ("administrators", "sites", "numbers")
MORE = {
    "users": "each with a device and one of the numbers",
    "calls": "of the last year",
    "acts": "in the audit, as if done in the last year",
}


class Command(BaseCommand):
    help = "Generate enterprises of invented people and sites to measure on."

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("--name", default="Mesure", help="of the enterprise; many are numbered")
        parser.add_argument("--enterprises", type=_amount, default=1)
        for rows, size in (("administrators", 1000), ("sites", 100), ("numbers", 1000)):
            parser.add_argument(f"--{rows}", type=_amount, default=size, help="in each enterprise")
        for rows, what in MORE.items():
            parser.add_argument(f"--{rows}", type=_count, default=0, help=what)
        parser.add_argument("--depth", type=_depth, default=8, help="levels of the tree")
        parser.add_argument("--seed", type=int, default=1)
        parser.add_argument("--related-names", action="store_true", help="by branch, not at random")

    def handle(self, name: str, enterprises: int, **options: Any) -> None:
        rows = {kind: options[kind] for kind in (*SIZES, *MORE)}
        if rows["users"] > rows["numbers"]:
            raise CommandError("There must be a number for each user.")
        called = [f"{name} {nth:04d}" for nth in range(1, enterprises + 1)]
        called = called if enterprises > 1 else [name]
        if taken := Enterprise.objects.filter(name__in=called).order_by("name").first():
            raise CommandError(f"There is an enterprise named {taken.name} already.")
        started, bar = time.monotonic(), Bar(sum(rows.values()) * enterprises, sys.stderr)
        how = {kind: options[kind] for kind in ("depth", "seed", "related_names")}
        try:
            for nth, one in enumerate(called):
                if nth & (nth - 1) == 0:  # each time that there are twice as many
                    analyze()
                writing.add_enterprise(one, **rows, **how, advance=bar.advance)
        except NoNumbersLeft as error:
            raise CommandError("Too few invented numbers are left.") from error
        bar.end()
        _tidy()
        words = ", ".join(f"{amount} {kind}" for kind, amount in rows.items() if amount)
        seconds = time.monotonic() - started
        self.stdout.write(f"{enterprises} × ({words}) in {seconds:.0f} s")


def _amount(text: str) -> int:
    amount = int(text)
    if amount < 1:
        raise argparse.ArgumentTypeError("at least 1")
    return amount


def _depth(text: str) -> int:
    levels = _amount(text)
    if levels > DEEPEST + 1:  # the root's own is one
        raise argparse.ArgumentTypeError(f"at most {DEEPEST + 1}")
    return levels


def _count(text: str) -> int:
    return _amount(text) if text != "0" else 0


def _tidy() -> None:
    """What autovacuum would do later: statistics, and which pages need not be looked at."""
    alone = connection.vendor == "postgresql" and not connection.in_atomic_block
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE" if alone else "ANALYZE")
