"""Why an act on a person was refused, beside what permissions/errors.py says."""

from django.utils.translation import gettext as _

from administrators.paths import DEEPEST
from administrators.usernames import username_validator
from permissions.errors import Refused


class UsernameTaken(Refused):
    """Somebody has that username already, perhaps in another enterprise."""

    field = "username"

    @property
    def message(self) -> str:
        return _("This username is not available.")


class RootExists(Refused):
    """An enterprise has one root."""

    field = "enterprise"

    @property
    def message(self) -> str:
        return _("This enterprise already has a main administrator.")


class TooMuchFeedback(Refused):
    """The operator reads it: nobody fills their mailbox."""

    field = "text"

    @property
    def message(self) -> str:
        return _("You have already written several times this hour. Write again a little later.")


class TooDeep(Refused):
    """So many are above that nobody can be created below (decisions/0021)."""

    @property
    def message(self) -> str:
        text = _("With %(levels)s levels of administrators above you, you cannot create any below.")
        return text % {"levels": DEEPEST}


class UsernameInvalid(Refused):
    """Not a username: look-alike letters, signs that are not seen, too short, too long."""

    field = "username"

    @property
    def message(self) -> str:
        return str(username_validator.message)
