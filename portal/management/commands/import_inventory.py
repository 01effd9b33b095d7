"""Loads what stands at an enterprise's sites from the carrier's files."""

import argparse
import sys
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from portal.imports.describing import verdict
from portal.imports.formats import KINDS
from portal.imports.progress import Bar
from portal.imports.writing import Import, import_file
from sites.models import Enterprise


class Command(BaseCommand):
    help = "Import a CSV file of one kind (docs/import.md): all of it, or nothing."

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("kind", choices=sorted(KINDS))
        parser.add_argument("file", type=Path)
        parser.add_argument("--enterprise", required=True, help="its name")
        parser.add_argument("--dry-run", action="store_true", help="do everything, keep nothing")

    def handle(self, kind: str, file: Path, enterprise: str, dry_run: bool, **options: Any) -> None:
        done = self.run_import(kind, file, enterprise_named(enterprise), dry_run)
        if not done.is_good:
            said = verdict(done.problems.count, dry_run=dry_run)
            raise CommandError("\n".join([*done.problems.lines(), said]))
        counts = {"added": done.added, "changed": done.changed, "unchanged": done.unchanged}
        said = _("%(added)s added, %(changed)s changed, %(unchanged)s unchanged.")
        self.stdout.write(said % counts)
        if dry_run:
            self.stdout.write(_("Trial run: nothing was kept."))

    def run_import(self, kind: str, file: Path, owner: Enterprise, dry_run: bool) -> Import:
        try:
            bar = Bar(file.stat().st_size, sys.stderr)
            done = import_file(kind, file, owner, by=None, dry_run=dry_run, advance=bar.advance)
        except OSError as error:
            raise CommandError(f"{file}: {error.strerror}") from error
        bar.end()
        return done


def enterprise_named(name: str) -> Enterprise:
    """Raises CommandError, so that a slip of the pen names nobody else's."""
    found = Enterprise.objects.filter(name=name).first()
    if found is None:
        raise CommandError(_("No enterprise has the name “%(name)s”.") % {"name": name})
    return found
