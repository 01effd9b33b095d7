"""Usernames: one spelling for each, so that look-alikes cannot exist."""

import unicodedata

from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _

from sites.text import printable

LONGEST = 64  # characters
READ = 4 * LONGEST  # of what was typed, spaces around it among them
username_validator = RegexValidator(
    r"\A[a-z0-9][a-z0-9._-]{2,63}\Z",
    _(
        "Use 3 to 64 characters: letters without accents, digits, dots, hyphens or underscores, "
        "starting with a letter or a digit."
    ),
)


def canonical_username(username: str) -> str:
    """The one spelling under which a username is kept, compared and counted.

    NFKC and case folding in Python: neither database does it for all letters. No more than `READ`
    characters of what was typed: of a long row of accents NFKC takes minutes.
    """
    return unicodedata.normalize("NFKC", username[:READ]).strip().casefold()


def sought_username(typed: str) -> str:
    """What is looked for when somebody typed this, whatever it is: PostgreSQL refuses NUL."""
    return canonical_username(printable(typed[:READ]))[:LONGEST]
