"""Loads what stands at an enterprise's sites from the carrier's files."""

import argparse
import sys
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from permissions.audit_items import ENTERPRISE, of_field
from permissions.models import Act, AuditEntry
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
        add_enterprise(parser)
        parser.add_argument("--dry-run", action="store_true", help="do everything, keep nothing")

    def handle(self, kind: str, file: Path, dry_run: bool, **options: Any) -> None:
        done = self.run_import(kind, file, enterprise_of(options), dry_run)
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


def add_enterprise(parser: argparse.ArgumentParser) -> None:
    """Whose rows: by the name of today, or by the number that never changes."""
    whose = parser.add_mutually_exclusive_group(required=True)
    whose.add_argument("--enterprise", metavar="NAME", help="its name")
    whose.add_argument("--enterprise-id", metavar="ID", type=int, help="its number, for jobs")


def enterprise_of(options: dict[str, Any]) -> Enterprise:
    """Raises CommandError, so that a slip of the pen names nobody else's."""
    name, pk = options["enterprise"], options["enterprise_id"]
    found = Enterprise.objects.filter(**({"name": name} if pk is None else {"pk": pk})).first()
    if found is None and pk is not None:
        raise CommandError(_("No enterprise has the number %(number)s.") % {"number": pk})
    if found is None:
        raise CommandError(_("No enterprise has the name “%(name)s”.") % {"name": name})
    if name and bore_another(name, found):
        said = _("“%(name)s” was the name of another enterprise before: give --enterprise-id.")
        raise CommandError(said % {"name": name})
    return found


def bore_another(name: str, found: Enterprise) -> bool:
    """Whether another enterprise gave up that name: enterprises rename themselves."""
    renamed = AuditEntry.objects.filter(act=Act.EDIT, item__startswith=ENTERPRISE, before=name)
    others = renamed.exclude(item=of_field(found, "name"))
    return others.filter(item__endswith=":name").exists()
