"""«Numéros»: each number, to whom it is assigned; assigning, and taking back."""

from functools import partial
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from administrators.templatetags.administrators import keeping_list
from permissions.features import FeatureCode
from portal.acts.assignments import COLUMN, Assignee, assign, unassign
from portal.acts.writing import holder_of
from portal.cells import page_of
from portal.filters.numbers import NumberFilter
from portal.frame import frame_for
from portal.site_blocks import handling_of, with_handling
from portal.tables.numbers import AssigneeTable, NumberTable
from portal.tallies import figures
from portal.views.acting import carry_out, taken_from, upwards, way
from portal.views.devices import FREE_LINES
from portal.views.scoped import ScopedList
from sites.filters import SearchFilter
from sites.lists import ListPage, ListTable
from sites.models import Device, PhoneNumber, Service, Subscriber
from sites.text import number as id_of

FEATURE = FeatureCode.USER_ASSIGNMENTS
# What they are called, what they are, and what is said where there is none.
CANDIDATES: dict[str, tuple[Any, type[Assignee], Any]] = {
    "subscriber": (gettext_lazy("Users"), Subscriber, gettext_lazy("Nobody at this site yet.")),
    "device": (
        gettext_lazy("Devices"), Device,
        gettext_lazy("No device of this site has a line available."),
    ),
    "service": (
        gettext_lazy("Services"), Service, gettext_lazy("No service of this site takes calls."),
    ),
}  # fmt: skip


class NumberList(ScopedList):
    """List by number, with the inventory of stations above it."""

    model, feature, page_name = PhoneNumber, FEATURE, "numbers"
    related = PhoneNumber.ASSIGNEES
    table_class = NumberTable
    filterset_class = NumberFilter
    template_name = "portal/numbers.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        stations = figures("stations", frame_for(self.request).tally)
        return super().get_context_data(**kwargs) | {"stations": stations}


class NumberAssign(ListPage):
    """To whom a free number is to be assigned: users, devices or services of its site."""

    table_class = AssigneeTable
    filterset_class = SearchFilter
    template_name = "portal/number_assign.html"

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        asked = request.GET.get("kind", "")
        self.kind = asked if asked in CANDIDATES else "subscriber"
        _label, self.candidates, self.none = CANDIDATES[self.kind]
        self.number = fetch(request, kwargs["pk"])

    def get_queryset(self) -> QuerySet:
        return self.request.scope.of(self.candidates, FEATURE).filter(site=self.number.site_id)

    def get_table_data(self) -> QuerySet:
        """What cannot answer is not offered; the act says why it refuses that."""
        return answering(super().get_table_data())

    def get_table(self, **kwargs: Any) -> ListTable:
        table = super().get_table(**kwargs)
        table.empty_text = table.empty_text if table.way_on else self.none
        return table

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        kinds = [(name, label, name == self.kind) for name, (label, *_) in CANDIDATES.items()]
        context = {"number": self.number, "kinds": kinds}
        context |= upwards(self.request, _("Numbers"), "numbers")
        return super().get_context_data(**kwargs) | context

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        to = get_object_or_404(self.get_queryset(), pk=id_of(request.POST.get("to", "")))
        text = _("%(number)s is now assigned to %(name)s.")
        said = text % {"number": self.number, "name": to}
        done = carry_out(request, partial(assign, self.number, to, by=request.user), said)
        return redirect(way(request, "numbers") if done else request.get_full_path())


def answering(candidates: QuerySet) -> QuerySet:
    """Those of the users, devices or services to which a number can lead."""
    if candidates.model is Service:
        return candidates.filter(kind__in=Service.ANSWERING)
    if candidates.model is Device:
        free = candidates.annotate(free_lines=FREE_LINES).filter(free_lines__gt=0)
        return free.select_related("model")
    return candidates


def number_unassign(request: HttpRequest, pk: int) -> HttpResponse:
    """Free a number, after saying from whom it is taken."""
    number = fetch(request, pk)
    up = above(request, number)
    if request.method == "POST":
        text = _("%(number)s is free again.") % {"number": number}
        done = carry_out(request, partial(unassign, number, **taken_from(request)), text)
        return redirect(up["up_url"] if done else request.get_full_path())
    handling = handling_of_main(request, number) if number.is_main else None
    context = {"number": number, "holder": holder_of(number), "handling": handling}
    return render(request, "portal/number_unassign.html", context | up)


def above(request: HttpRequest, number: PhoneNumber) -> dict[str, Any]:
    """The page of who has the number, for who came from there; else the list of numbers."""
    holder = number.assignee
    page = page_of(holder, request.features) if holder is not None else None
    if page and request.GET.get("from") == "holder":
        return {"up_label": holder, "up_url": keeping_list(page, request)}
    return upwards(request, _("Numbers"), "numbers")


def handling_of_main(request: HttpRequest, number: PhoneNumber) -> Any:
    """What becomes of calls to the main number of a site, for those who may read it."""
    sites = with_handling(request.scope.sites(), request.scope)
    return handling_of(get_object_or_404(sites, pk=number.site_id))


def fetch(request: HttpRequest, pk: int) -> PhoneNumber:
    """A number in scope; any other does not exist (rule 5)."""
    numbers = request.scope.of(PhoneNumber, FEATURE)
    return get_object_or_404(numbers.select_related("site", *COLUMN.values()), pk=pk)
