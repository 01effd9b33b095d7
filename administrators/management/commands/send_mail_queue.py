"""Sends what is in the outbox."""

import time
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from administrators.emails import send_due


class Command(BaseCommand):
    help = "Send the mails that are due, once or for as long as the command runs."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--loop", action="store_true", help="go on until interrupted")
        parser.add_argument("--every", type=float, default=2.0, help="seconds between two looks")

    def handle(self, *, loop: bool, every: float, **options: Any) -> None:
        sent = send_due()
        while loop:
            time.sleep(every)
            sent += send_due()
        self.stdout.write(f"{sent} sent")
