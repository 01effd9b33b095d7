"""How the lists about recordings are narrowed."""

from typing import Any

import django_filters
from django.db.models import Exists, OuterRef, Q
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from phonenumber_field.phonenumber import to_python

from permissions.features import FeatureCode
from portal.filters.users import NameFilter, named
from sites import filters
from sites.filters import SearchFilter
from sites.models import Subscriber
from sites.querysets import PlacedQuerySet
from sites.text import search_words

FEW = 1_000  # users whose recordings are found by their ids


class RecordingFilter(SearchFilter):
    """Search by number, reference or user; between which days."""

    since, until = filters.since("at"), filters.until("at")

    class Meta:
        form = filters.PeriodForm

    def __init__(self, *args: Any, **how: Any) -> None:
        super().__init__(*args, **how)
        self.filters["q"].extra["help_text"] = _("Number, reference or user")

    def search(self, rows: PlacedQuerySet, name: str, value: str) -> PlacedQuerySet:
        """A whole number is found however it is written, on either side of the call."""
        number = to_python(value)
        if not number or not number.is_valid():
            words = search_words(value)
            return rows.filter(holding(words) | self.of_users) if words else rows
        return rows.filter(Q(number=number) | Q(peer__in=[number.as_e164, str(number)]))

    @cached_property
    def of_users(self) -> Q:
        """The recordings of those whose names are searched; of few by their ids, by an index.

        Asked once, though the rows are counted as well.
        """
        scope, text = self.request.scope.counting(), self.chosen()["q"]
        users = named(scope.of(Subscriber, FeatureCode.CALL_RECORDING), text).order_by()
        few = list(users.values_list("pk", flat=True)[: FEW + 1])
        many = Q(Exists(users.filter(pk=OuterRef("subscriber"))))
        return many if len(few) > FEW else Q(subscriber__in=few)


def holding(words: list[str]) -> Q:
    """Rows in whose search key each of the words stands."""
    return Q(*(Q(search_key__contains=word) for word in words))


class PolicyFilter(NameFilter):
    """Search among the users; what is recorded for them."""

    policy = django_filters.ChoiceFilter(
        field_name="recording",
        choices=Subscriber.RecordingPolicy,
        label=_("Calls recorded"),
        empty_label=_("All"),
    )
