"""Why an act was refused. Each is shown to the person in words; each leaves an audit row."""

from django.utils.translation import gettext as _


class Refused(Exception):
    """An act that the rules do not allow. Nothing was written."""

    field = ""  # of the form, beside which it is said
    reasons: tuple["Refused", ...] = ()  # each for itself, if there are several

    @property
    def message(self) -> str:
        """What the person reads."""
        return _("This action is not allowed.")


class OutOfScope(Refused):
    """The target does not exist as far as the actor is concerned: answered as missing."""


class BeyondParent(Refused):
    """A site or feature that the target's parent does not hold (rule 3)."""

    @property
    def message(self) -> str:
        return _("You cannot grant what the parent administrator does not have.")


class Gone(Refused):
    """What the act refers to was removed, or moved elsewhere, since it was looked up."""

    @property
    def message(self) -> str:
        return _("What you have chosen was changed meanwhile. Nothing was saved.")


class LastRoot(Refused):
    """The root of an enterprise cannot be disabled (rule 9)."""

    @property
    def message(self) -> str:
        return _("The main administrator of an enterprise cannot be disabled.")


class StaleVersion(Refused):
    """The target was changed since the page was shown (rule 12)."""

    def __init__(self, name: str = "") -> None:
        """`name` of who was quicker, if whoever reads it may know it."""
        super().__init__(name)
        self.name = name or _("another administrator")

    @property
    def message(self) -> str:
        return _("This record was changed meanwhile by %(name)s. Your changes were not saved.") % {
            "name": self.name
        }
