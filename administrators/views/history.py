"""«Historique»: of one person, and of all below the reader; to read and to export."""

from collections.abc import Iterator
from typing import Any

from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponseBase
from django.utils import timezone
from django.utils.translation import gettext as _

from administrators import history, history_sites
from administrators.filters import HistoryFilter
from administrators.models import Administrator
from administrators.tables import HistoryTable
from administrators.views.edit import fetch, page_of
from permissions import audit, scopes
from permissions.models import Act, AuditEntry
from sites.exports import FORMATS, csv_response
from sites.lists import ListPage

CHUNK = 500
SITES_AT_ONCE = 2_000


class History(ListPage):
    """What was done to all below the reader, by them and by the reader."""

    table_class = HistoryTable
    filterset_class = HistoryFilter
    template_name = "administrators/history.html"
    extra_context = {"formats": [(name, name.upper()) for name in FORMATS]}

    def get_queryset(self) -> QuerySet[AuditEntry]:
        return readable(self.request)

    def get_table(self, **kwargs: Any) -> HistoryTable:
        table = super().get_table(**kwargs)
        table.asked = int(self.filterset.chosen().get("site") or 0)
        return table


class PersonHistory(History):
    """What was done to one person, and by them at sites."""

    template_name = "administrators/person_history.html"

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        self.person = fetch(request, kwargs["pk"])

    def get_queryset(self) -> QuerySet[AuditEntry]:
        return super().get_queryset().concerning(self.person)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        page = page_of(self.request, self.person, "history")
        return super().get_context_data(**kwargs) | page


def export(request: HttpRequest) -> HttpResponseBase:
    """The history with the same filters, as a file. The export itself is in the audit."""
    respond = FORMATS.get(request.GET.get("export", ""), csv_response)
    entries = readable(request)
    found = HistoryFilter(request.GET, queryset=entries, request=request).qs
    audit.record(Act.EXPORT, by=request.user, item="history")
    return respond(_("History"), _rows(found, request.user))


def readable(request: HttpRequest) -> QuerySet[AuditEntry]:
    """What the reader may read, with the features held at this moment."""
    return AuditEntry.objects.readable_by(request.user, scopes.items_opened(request.features))


def _rows(entries: QuerySet[AuditEntry], reader: Administrator) -> Iterator[list[Any]]:
    """A head, then the entries as the page shows them, read in chunks; each site has its row."""
    head = [_("When"), _("By"), _("Action"), _("Person"), _("Item"), _("Before → after")]
    yield [*head, _("Username of who did it")]
    entries = rest = entries.order_by("-at", "-pk")
    while chunk := list(rest[:CHUNK]):
        for batch in history_sites.in_batches(chunk, SITES_AT_ONCE):
            yield from _rows_of(batch, reader)
        last = chunk[-1]
        rest = entries.filter(Q(at__lt=last.at) | Q(pk__lt=last.pk), at__lte=last.at)


def _rows_of(entries: list[AuditEntry], reader: Administrator) -> Iterator[list[Any]]:
    seen = history_sites.seen_sites(entries, history_sites.all_ids(entries), reader)
    for entry in entries:
        before, after = _row(entry, reader)
        for thing in history.each(entry, seen):
            yield [*before, thing, *after]


def _row(entry: AuditEntry, reader: Administrator) -> tuple[list[Any], list[str]]:
    """What stands before what it was done with, and what stands after."""
    before = [
        timezone.localtime(entry.at).replace(microsecond=0),
        history.who(entry, reader),
        entry.get_act_display(),
        entry.target_name,
    ]
    return before, [history.change(entry, reader), history.username(entry, reader)]
