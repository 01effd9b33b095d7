"""What an act or the database refused, for people: of what, beside which column."""

from typing import Any

from django.utils.translation import gettext as _

from permissions.errors import Refused
from portal.imports.extensions import EXTENSION, extension_taken
from portal.imports.leaving import kept_by

MAIN = ("number_main_of_site", "phonenumber.site_id")  # PostgreSQL names it, SQLite its columns
STATION = "station_id"


def refusal(error: Exception, row: Any, *, moves: bool) -> tuple[str, str]:
    """What to say of a row, and the column to blame if there is one."""
    if isinstance(error, Refused):
        return error.message, error.field
    said = str(error).casefold()
    if "foreign key" in said:
        return _tied(row, moves), ""
    if EXTENSION in said:
        return extension_taken(row), EXTENSION
    if "unique" in said:
        return _taken(said)
    return _("The values of this line do not go together."), ""


def _tied(row: Any, moves: bool) -> str:
    if moves and (kept := kept_by(row)):
        words = _(
            "It cannot change its site as long as these are tied to it at the old one: %(what)s."
        )
        return words % {"what": ", ".join(kept)}
    return _("It is used at the site where it stands, or is given something of another site.")


def _taken(said: str) -> tuple[str, str]:
    if any(name in said for name in MAIN):
        return _("This site already has a main number."), "is_main"
    if STATION in said:
        return _("The station is taken already."), "station"
    return _("It takes what another row has already."), ""
