"""Rebuilds the grants from the audit and compares."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from permissions.replay import replay


class Command(BaseCommand):
    help = "Rebuild all grants from the audit alone; exit 1 if they are not today's."

    def handle(self, **options: Any) -> None:
        result = replay()
        for word, grants in (("missing", result.missing), ("unexplained", result.unexplained)):
            for person, item in grants:
                self.stdout.write(f"{word}: administrator={person} {item}")
        if result.rebuilt != result.stored:
            raise CommandError(f"{len(result.rebuilt ^ result.stored)} grants differ")
        count = len(result.rebuilt)
        self.stdout.write(f"{result.entries} entries replayed, {count} grants, as stored")
