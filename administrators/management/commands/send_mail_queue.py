"""Sends what is in the outbox."""

import logging
import time
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.db import InterfaceError, OperationalError, close_old_connections

from administrators.emails import send_due

logger = logging.getLogger(__name__)


class Command(BaseCommand):
    help = "Send the mails that are due, once or for as long as the command runs."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--loop", action="store_true", help="go on until interrupted")
        parser.add_argument("--every", type=float, default=2.0, help="seconds between two looks")

    def handle(self, *, loop: bool, every: float, **options: Any) -> None:
        if not loop:
            self.stdout.write(f"{send_due()} sent")
        while loop:
            _send_or_say_why_not()
            time.sleep(every)


def _send_or_say_why_not() -> None:
    """A database that is locked or being restarted is asked again at the next look."""
    try:
        send_due()
    except (InterfaceError, OperationalError) as error:
        logger.warning("no mail is sent while the database does not answer: %s", error)
        close_old_connections()
