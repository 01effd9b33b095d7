"""What forms say of their fields."""

from collections.abc import Mapping, Sequence

from django import template

register = template.Library()


@register.filter
def points(errors: Mapping[str, Sequence[str]] | Sequence[str]) -> int:
    """How many messages there are: a field may have several."""
    return sum(map(len, errors.values())) if isinstance(errors, Mapping) else len(errors)
