"""Hands the waiting requests over to the carrier's own system."""

import csv
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction

from portal.acts.requests import hand_over
from sites.models import EquipmentRequest

HEAD = ("reference", "action", "mac", "asked_at", "enterprise")


class Command(BaseCommand):
    help = "Write the waiting requests to devices as CSV, and mark them sent (docs/requests.md)."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--output", type=Path, metavar="FILE", help="a file yet to be made")

    @transaction.atomic
    def handle(self, *, output: Path | None, **options: Any) -> None:
        """Sent only once all is written: what fails to be written waits for the next time."""
        with self._opened(output) as file:
            requests = hand_over()
            write(file, requests)
        self.stderr.write(f"{len(requests)} exported")

    @contextmanager
    def _opened(self, output: Path | None) -> Iterator[IO[str]]:
        if output is None:
            yield self.stdout
            return
        try:
            file = output.open("x", encoding="utf-8", newline="")
        except FileExistsError as error:
            raise CommandError(f"{output} exists already: it may not have been read yet") from error
        except OSError as error:
            raise CommandError(f"{output}: {error.strerror}") from error
        try:
            with file:
                yield file
        except BaseException:
            output.unlink()
            raise


def write(file: IO[str], requests: Sequence[EquipmentRequest]) -> None:
    """A head, then one line for each request."""
    writer = csv.writer(file, delimiter=";", lineterminator="\n")
    writer.writerow(HEAD)
    for one in requests:
        asked = one.asked_at.isoformat(timespec="seconds")
        writer.writerow([one.reference, one.action, one.mac, asked, one.enterprise_id])
    file.flush()
