"""Run once after a backup was restored, before anybody is let in (docs/operations.md)."""

from typing import Any

from django.core.management.base import BaseCommand

from administrators.restoring import void_what_was_restored


class Command(BaseCommand):
    help = (
        "After a restore: end every session and temporary password, keep waiting mails back. "
        "With --verbosity 2, name those who must be reset anew."
    )

    def handle(self, *, verbosity: int, **options: Any) -> None:
        voided = void_what_was_restored(by=None)
        self.stdout.write(
            f"sessions ended: {voided.sessions}, mails kept back: {voided.mails}, "
            f"people to reset anew: {len(voided.owing)}"
        )
        if verbosity > 1:
            self.stdout.write("\n".join(person.username for person in voided.owing))
