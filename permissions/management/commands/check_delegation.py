"""Reads every row and says which breaks a rule of delegation."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from permissions.checks import CHECKS, find_faults
from permissions.integrity import run_checks


class Command(BaseCommand):
    help = "Check that every administrator and every grant keeps the rules; exit with 1 if not."

    def add_arguments(self, parser: CommandParser) -> None:
        words = "keep what was found, for «Intégrité» and the metrics; say the first faults only"
        parser.add_argument("--keep", action="store_true", help=words)

    def handle(self, *, keep: bool, **options: Any) -> None:
        count = self._keep() if keep else self._tell()
        if count:
            raise CommandError(f"{count} {'fault' if count == 1 else 'faults'} found")
        self.stdout.write(f"{len(CHECKS)} checks, no fault")

    def _tell(self) -> int:
        count = 0
        for fault in find_faults():
            count += 1
            self.stdout.write(str(fault))
        return count

    def _keep(self) -> int:
        check = run_checks(by=None)
        if check.report:
            self.stdout.write(check.report)
        return check.faults
