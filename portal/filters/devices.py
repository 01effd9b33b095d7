"""How the list of devices is narrowed."""

import django_filters
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from portal.filters.numbers import FREE, UseFilter
from sites.filters import SearchFilter
from sites.models import Device, DeviceModel


class DeviceFilter(SearchFilter):
    """Search by name, model and MAC address; status, model, and whether somebody uses it."""

    status = django_filters.ChoiceFilter(
        field_name="registration",
        choices=Device.Registration,
        label=_("Status"),
        empty_label=_("All statuses"),
    )
    model = django_filters.ModelChoiceFilter(
        queryset=DeviceModel.objects.all(), label=_("Model"), empty_label=_("All models")
    )
    use = UseFilter(method="in_use")

    def in_use(self, devices: QuerySet, name: str, value: str) -> QuerySet:
        return devices.filter(subscriber__isnull=value == FREE)
