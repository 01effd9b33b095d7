"""«Enregistrement des appels»: the recorded calls, and for whom calls are recorded."""

from dataclasses import replace
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from administrators.views.edit import Tab
from permissions.features import FeatureCode
from portal.filters.recordings import PolicyFilter, RecordingFilter
from portal.pages import BY_NAME, FeaturePage
from portal.tables.recordings import PolicyTable, RecordingTable
from portal.views.scoped import ScopedList
from sites.models import Recording, Subscriber

FEATURE = FeatureCode.CALL_RECORDING
TABS = (("recordings", _("Recorded calls")), ("recording_policies", _("What is recorded for whom")))


class RecordingList(ScopedList):
    """The recorded calls of the sites in scope."""

    model, feature, page_name = Recording, FEATURE, "recordings"
    related = ("subscriber",)
    table_class = RecordingTable
    filterset_class = RecordingFilter
    template_name = "portal/recordings.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        tabs = [Tab(label, reverse(name), name == self.page_name) for name, label in TABS]
        return super().get_context_data(**kwargs) | {"tabs": tabs}


class PolicyList(RecordingList):
    """The users of the sites in scope, and which of their calls are recorded."""

    model, page_name = Subscriber, "recording_policies"
    related = ()
    table_class = PolicyTable
    filterset_class = PolicyFilter

    @property
    def page(self) -> FeaturePage:
        """A part of the page of the menu, with a title of its own."""
        return replace(BY_NAME["recordings"], label=dict(TABS)[self.page_name])
