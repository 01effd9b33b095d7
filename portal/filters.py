"""How the portal's lists are narrowed."""

from typing import Any

import django_filters
from django import forms
from django.utils.translation import gettext_lazy as _

from sites.models import Site
from sites.querysets import SiteQuerySet


class SiteFilter(django_filters.FilterSet):
    """Search over name, city and postal code."""

    q = django_filters.CharFilter(
        method="search", label=_("Search"), widget=forms.TextInput(attrs={"type": "search"})
    )

    class Meta:
        model = Site
        fields = ()

    def search(self, sites: SiteQuerySet, name: str, value: str) -> Any:
        return sites.search(value)
