"""What the audit says of the carrier's own work, in words."""

from django.utils.translation import gettext as _

from sites import files

IMPORT = "import:"


def imported(item: str) -> str:
    """Of which kind a file was imported; nothing if `item` is no import."""
    kind = item.removeprefix(IMPORT)
    known = item.startswith(IMPORT) and kind in files.ROWS
    return _("Import: %(kind)s") % {"kind": files.label(kind)} if known else ""


def nobody(item: str) -> str:
    """Who acted where nobody was signed in: files are imported by a command, too."""
    return _("The operator, by a command") if imported(item) else _("Nobody signed in")
