"""Which rule opens a view. Every URL names one; a view without is refused at run time.

Used in urls.py: `path("notes/", opened_by(FeatureCode.NOTES)(views.notes), name="notes")`.
"""

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ImproperlyConfigured

from permissions.features import FeatureCode

View = Callable[..., Any]


class Who(Enum):
    """How far somebody must be signed in."""

    PUBLIC = "public"
    OWING = "owing"  # signed in, a password change may still be owed
    SIGNED_IN = "signed_in"
    STAFF = "staff"


@dataclass(frozen=True)
class Access:
    """The rule of a view: how far one is signed in, and one of which features one holds."""

    who: Who
    features: frozenset[FeatureCode] = frozenset()


def public(view: View) -> View:
    """Open to everybody."""
    return login_not_required(_ruled(view, Access(Who.PUBLIC)))


def while_owing(view: View) -> View:
    """Open even to those who still owe a password change (rule 10)."""
    return _ruled(view, Access(Who.OWING))


def signed_in(view: View) -> View:
    """Open to everybody who is signed in and owes nothing."""
    return _ruled(view, Access(Who.SIGNED_IN))


def opened_by(*features: FeatureCode) -> Callable[[View], View]:
    """Open to those who hold one of these features."""
    return lambda view: _ruled(view, Access(Who.SIGNED_IN, frozenset(features)))


def _ruled(view: View, access: Access) -> View:
    """The rule stands on the view itself: a view has one, however many routes lead to it."""
    if getattr(view, "access", access) != access:
        raise ImproperlyConfigured(f"{view} has another rule already")
    view.access = access  # type: ignore[attr-defined]
    return view
