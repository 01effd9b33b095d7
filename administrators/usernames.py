"""Usernames: one spelling for each, so that look-alikes cannot exist."""

import unicodedata

from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _

username_validator = RegexValidator(
    r"\A[a-z0-9][a-z0-9._-]{2,63}\Z",
    _(
        "Use 3 to 64 characters: letters without accents, digits, dots, hyphens or underscores, "
        "starting with a letter or a digit."
    ),
)


def canonical_username(username: str) -> str:
    """The one spelling under which a username is kept, compared and counted.

    NFKC and case folding in Python: neither database does it for all letters.
    """
    return unicodedata.normalize("NFKC", username).strip().casefold()
