"""How the lists about recordings are narrowed."""

import django_filters
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from phonenumber_field.phonenumber import to_python

from portal.filters.users import NameFilter
from sites import filters
from sites.filters import SearchFilter
from sites.models import Subscriber
from sites.querysets import PlacedQuerySet


class RecordingFilter(SearchFilter):
    """Search by number or reference; between which days."""

    since, until = filters.since("at"), filters.until("at")

    class Meta:
        form = filters.PeriodForm

    def search(self, rows: PlacedQuerySet, name: str, value: str) -> PlacedQuerySet:
        """A whole number is found however it is written, on either side of the call."""
        number = to_python(value)
        if not number or not number.is_valid():
            return super().search(rows, name, value)
        return rows.filter(Q(number=number) | Q(peer__in=[number.as_e164, str(number)]))


class PolicyFilter(NameFilter):
    """Search among the users; what is recorded for them."""

    policy = django_filters.ChoiceFilter(
        field_name="recording",
        choices=Subscriber.RecordingPolicy,
        label=_("Calls recorded"),
        empty_label=_("All"),
    )
