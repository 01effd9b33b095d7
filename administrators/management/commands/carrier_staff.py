"""Ends the account of a member of the carrier's staff, or begins it again."""

import argparse
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from administrators.models import Administrator
from administrators.staff import let_in


class Command(BaseCommand):
    help = "Disable or enable carrier staff; `createsuperuser` makes them."

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("act", choices=["disable", "enable"])
        parser.add_argument("username")

    def handle(self, *, act: str, username: str, **options: Any) -> None:
        try:
            changed = let_in(username, act == "enable")
        except Administrator.DoesNotExist as error:
            raise CommandError(f"No member of the staff is called {username}.") from error
        self.stdout.write(f"{username}: {act}d" if changed else f"{username}: was so already")
