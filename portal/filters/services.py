"""How the lists of services are narrowed."""

import django_filters
from django.utils.translation import gettext_lazy as _

from sites.filters import SearchFilter
from sites.models import Service


class ServiceFilter(SearchFilter):
    """Search by name and extension; type, and whether the service is on."""

    kind = django_filters.ChoiceFilter(
        choices=Service.Kind, label=_("Type"), empty_label=_("All types")
    )
    active = django_filters.ChoiceFilter(
        field_name="is_active",
        choices=[("True", _("Active")), ("False", _("Inactive"))],
        label=_("Status"),
        empty_label=_("All statuses"),
    )
