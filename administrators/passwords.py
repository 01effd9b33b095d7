"""What a new password may not be."""

import re
from typing import Any

from django.contrib.auth.password_validation import UserAttributeSimilarityValidator
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from administrators.querysets import NAMES
from sites.text import fold

# What French people choose, with digits or signs around it. Django knows the English ones.
WORDS = """
admin administrateur amour aqwzsx azerty azertyuiop bienvenue bonjour bonsoir chocolat coucou
doudou france jetaime loulou marseille motdepasse motdepassemotdepasse nicolas paris password
portail princesse qwerty secret soleil telephone telephonie temporaire toulouse
"""
COMMON = frozenset(WORDS.split())
TELLING = 4  # letters
READ = 200  # characters: what is longer is no common word


class AttributeSimilarityValidator(UserAttributeSimilarityValidator):
    """Not like the person's username, names or address."""

    DEFAULT_USER_ATTRIBUTES = (*NAMES, "email")

    def validate(self, password: str, user: Any = None) -> None:
        """Nor has it one of the names in it, if that is long enough to be told from chance."""
        super().validate(password, user)
        words = {word for name in NAMES for word in re.split(r"\W+", fold(getattr(user, name, "")))}
        typed = fold(password[:READ])
        if any(len(word) >= TELLING and word in typed for word in words):
            raise ValidationError(
                _("This password contains your name or username."), code="password_too_similar"
            )


class FrenchCommonPasswordValidator:
    """Not one common word with digits and signs around it."""

    def validate(self, password: str, user: Any = None) -> None:
        if re.sub(r"[\W\d_]+", "", fold(password[:READ])) in COMMON:
            raise ValidationError(_("This password is too common."), code="password_too_common")

    def get_help_text(self) -> str:
        return _("This password is too common.")
