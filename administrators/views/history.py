"""«Historique»: of one person, and of all below the reader; to read and to export."""

from collections.abc import Iterator
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from administrators import history
from administrators.filters import HistoryFilter
from administrators.models import Administrator
from administrators.tables import HistoryTable
from administrators.views.edit import fetch, page_of
from permissions import audit
from permissions.models import Act, AuditEntry
from sites.exports import csv_response
from sites.lists import ListPage

CHUNK = 500


class History(ListPage):
    """What was done to all below the reader."""

    table_class = HistoryTable
    filterset_class = HistoryFilter
    template_name = "administrators/history.html"

    def get_queryset(self) -> QuerySet[AuditEntry]:
        return AuditEntry.objects.readable_by(self.request.user)


class PersonHistory(History):
    """What was done to one person, and by them at sites."""

    template_name = "administrators/person_history.html"

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        self.person = fetch(request, kwargs["pk"])

    def get_queryset(self) -> QuerySet[AuditEntry]:
        person = Administrator.objects.filter(pk=self.person.pk)
        return super().get_queryset().concerning(person)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        page = page_of(self.request, self.person, "history")
        return super().get_context_data(**kwargs) | page


def export(request: HttpRequest) -> HttpResponse:
    """The history with the same filters, as CSV. The export itself is in the audit."""
    entries = AuditEntry.objects.readable_by(request.user)
    found = HistoryFilter(request.GET, queryset=entries, request=request).qs
    audit.record(Act.EXPORT, by=request.user, item="history")
    return csv_response("historique", _rows(found, request.user))


def _rows(entries: QuerySet[AuditEntry], reader: Administrator) -> Iterator[list[str]]:
    """A head, then the entries as the page shows them, read in chunks."""
    yield [_("When"), _("Who"), _("Act"), _("Person"), _("What"), _("Before → after")]
    last = None
    while chunk := list((entries.filter(pk__lt=last) if last else entries)[:CHUNK]):
        held = history.held_among(chunk, reader)
        for entry in chunk:
            yield _row(entry, reader, held)
        last = chunk[-1].pk


def _row(entry: AuditEntry, reader: Administrator, held: set[int]) -> list[str]:
    return [
        timezone.localtime(entry.at).isoformat(" ", "seconds"),
        history.who(entry, reader),
        entry.get_act_display(),
        entry.target_name,
        history.what(entry, held),
        history.change(entry, reader),
    ]
