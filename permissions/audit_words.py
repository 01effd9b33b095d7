"""What the audit says of the carrier's own work, in words."""

from django.utils.translation import gettext as _

from sites import files

IMPORT, RESTORE = "import:", "restore"


def of_command(item: str) -> str:
    """What a command of the carrier's did; nothing if `item` is no such thing."""
    return _("Restored from a backup") if item == RESTORE else _imported(item)


def _imported(item: str) -> str:
    """Of which kind a file was imported."""
    kind = item.removeprefix(IMPORT)
    known = item.startswith(IMPORT) and kind in files.ROWS
    return _("Import: %(kind)s") % {"kind": files.label(kind)} if known else ""


def nobody(item: str) -> str:
    """Who acted where nobody was signed in: files are imported by a command, too."""
    return _("The operator, by a command") if of_command(item) else _("Nobody signed in")
