"""Whose name a page may say."""

from typing import Any

from django.utils.translation import gettext as _

from permissions import rules


def known_name(reader: Any, person: Any, name: str) -> str:
    """The `name` that was kept of `person`, if `reader` may know it; words for anybody else.

    `person` is None once their account is gone: nobody can say any more whether they were below.
    """
    known = person is not None and rules.may_know(reader, person)
    return name if known else _("Another administrator")
