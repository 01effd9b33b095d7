"""How the list of SIP trunks is narrowed."""

import django_filters
from django.utils.translation import gettext_lazy as _

from sites.filters import SearchFilter
from sites.models import SipTrunk


class TrunkFilter(SearchFilter):
    """Search by name; registered or not."""

    registration = django_filters.ChoiceFilter(
        choices=SipTrunk.STATES, label=_("Status"), empty_label=_("All statuses")
    )
