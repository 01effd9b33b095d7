"""How the list of users is narrowed."""

from typing import Any

import django_filters
from django.db.models import Exists, OuterRef, QuerySet, TextField
from django.db.models.functions import Concat, Left, Length, Lower, StrIndex
from django.utils.translation import gettext_lazy as _

from sites.filters import SearchFilter
from sites.models import PhoneNumber
from sites.text import SearchQuerySet, search_words

WITH, WITHOUT = "with", "without"
# The email stands in the search key between the user id, which has no accent to fold, and the end.
TO_USER_ID = StrIndex("search_key", Lower("user_id")) + Length("user_id")
SHOWN = Concat(Left("search_key", TO_USER_ID), "extension", output_field=TextField())


def named(users: SearchQuerySet, text: str) -> SearchQuerySet:
    """Each word stands in the search key, and still does without the email."""
    found = users.search(text).alias(shown=SHOWN)
    for word in search_words(text):
        found = found.filter(shown__contains=word)
    return found


class NameFilter(SearchFilter):
    """Search among users whose email is not shown: nobody guesses it there letter by letter."""

    def __init__(self, *args: Any, **how: Any) -> None:
        super().__init__(*args, **how)
        self.filters["q"].extra["help_text"] = _("Name, user id or extension")

    def search(self, users: SearchQuerySet, name: str, value: str) -> SearchQuerySet:
        return named(users, value)


class UserFilter(SearchFilter):
    """Search by name, user id, email and extension; with or without a number."""

    number = django_filters.ChoiceFilter(
        choices=[(WITH, _("With a number")), (WITHOUT, _("Without a number"))],
        method="numbered",
        label=_("Number"),
        empty_label=_("All"),
    )

    def numbered(self, users: QuerySet, name: str, value: str) -> QuerySet:
        has = Exists(PhoneNumber.objects.filter(subscriber=OuterRef("pk")))
        return users.filter(has if value == WITH else ~has)
