"""Reads every row and says which breaks a rule of delegation."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from permissions.checks import CHECKS, find_faults


class Command(BaseCommand):
    help = "Check that every administrator and every grant keeps the rules; exit with 1 if not."

    def handle(self, *args: Any, **options: Any) -> None:
        count = 0
        for fault in find_faults():
            count += 1
            self.stdout.write(str(fault))
        if count:
            raise CommandError(f"{count} {'fault' if count == 1 else 'faults'} found")
        self.stdout.write(f"{len(CHECKS)} checks, no fault")
