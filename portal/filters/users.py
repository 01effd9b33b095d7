"""How the list of users is narrowed."""

import django_filters
from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import gettext_lazy as _

from sites.filters import SearchFilter
from sites.models import PhoneNumber, Subscriber

WITH, WITHOUT = "with", "without"


class UserFilter(SearchFilter):
    """Search by name, user id, email and extension; with or without a number."""

    number = django_filters.ChoiceFilter(
        choices=[(WITH, _("With a number")), (WITHOUT, _("Without a number"))],
        method="numbered",
        label=_("Number"),
        empty_label=_("All"),
    )

    class Meta:
        model = Subscriber
        fields = ()

    def numbered(self, users: QuerySet, name: str, value: str) -> QuerySet:
        has = Exists(PhoneNumber.objects.filter(subscriber=OuterRef("pk")))
        return users.filter(has if value == WITH else ~has)
