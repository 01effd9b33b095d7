"""Run once after a backup was restored, before anybody is let in (docs/operations.md)."""

import argparse
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import connection

from administrators.restoring import void_what_was_restored


class Command(BaseCommand):
    help = (
        "After a restore: end every session and temporary password, keep waiting mails back. "
        "With --verbosity 2, name those who must be reset anew."
    )

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("--no-input", "--noinput", action="store_false", dest="interactive")

    def handle(self, *, verbosity: int, interactive: bool, **options: Any) -> None:
        if interactive:
            self._ask()
        voided = void_what_was_restored(by=None)
        self.stdout.write(
            f"sessions ended: {voided.sessions}, mails kept back: {voided.mails}, "
            f"people to reset anew: {len(voided.owing)}"
        )
        if verbosity > 1:
            self.stdout.write("\n".join(person.username for person in voided.owing))

    def _ask(self) -> None:
        """In the database that people use meanwhile, this would end what they do."""
        name, host = (connection.settings_dict[key] for key in ("NAME", "HOST"))
        question = f"End all sessions and temporary passwords in {name} {host}? [y/N] "
        if input(question).strip().lower() != "y":
            raise CommandError("Nothing was changed.")
