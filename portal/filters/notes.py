"""How the list of remarks is narrowed."""

import django_filters
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from sites import filters
from sites.filters import SearchFilter

EDITED, AS_WRITTEN = "edited", "as_written"


class NoteFilter(SearchFilter):
    """Search in the text; between which days; edited or not."""

    since, until = filters.since("created_at"), filters.until("created_at")
    edited = django_filters.ChoiceFilter(
        choices=[(EDITED, _("Yes")), (AS_WRITTEN, _("No"))],
        method="was_edited",
        label=_("Edited"),
        empty_label=_("All notes"),
    )

    class Meta:
        form = filters.PeriodForm

    def was_edited(self, notes: QuerySet, name: str, value: str) -> QuerySet:
        return notes.filter(version__gt=1) if value == EDITED else notes.filter(version=1)
