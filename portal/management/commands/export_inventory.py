"""Writes what stands at an enterprise's sites as a file that `import_inventory` reads."""

import argparse
import csv
from typing import Any

from django.core.management.base import BaseCommand

from portal.imports.exporting import rows_of
from portal.imports.formats import KINDS
from portal.management.commands.import_inventory import add_enterprise, enterprise_of


class Command(BaseCommand):
    help = "Write the rows of one kind as CSV (docs/import.md) to the standard output."

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("kind", choices=sorted(KINDS))
        add_enterprise(parser)

    def handle(self, kind: str, **options: Any) -> None:
        writer = csv.writer(self.stdout, delimiter=";", lineterminator="\n")
        writer.writerows(rows_of(KINDS[kind], enterprise_of(options)))
