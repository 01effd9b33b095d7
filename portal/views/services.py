"""«Services avancés» and «Liste par service»: services of the 12 kinds, and their members."""

from functools import partial
from typing import Any

from django.contrib import messages
from django.db.models import Count, Exists, OuterRef, Prefetch, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django_tables2 import RequestConfig

from permissions.features import FeatureCode as F
from permissions.scopes import Scope
from portal.acts.services import add_member, remove_member
from portal.filters.services import ServiceFilter
from portal.filters.users import NameFilter
from portal.forms.services import ServiceEditForm, ServiceForm
from portal.tables.devices import UserChoiceTable
from portal.tables.services import AssignmentTable, MemberTable, ServiceTable
from portal.views.acting import carry_out, say_saved, site_first, upwards, way
from portal.views.scoped import ScopedList
from sites.joined import Joined
from sites.lists import ListPage, ListTable
from sites.models import CallHandling, PhoneNumber, Service, ServiceMember, Subscriber
from sites.paging import OfferedPaginator, RowCount
from sites.text import number as id_of

MEMBERS = ServiceMember.objects.filter(service=OuterRef("pk"))
NUMBERS = Joined(PhoneNumber.objects.filter(service=OuterRef("pk")), "number")


class ServiceList(ScopedList):
    """Services by kind."""

    model, feature, page_name = Service, F.SERVICES, "services"
    table_class = ServiceTable
    filterset_class = ServiceFilter
    template_name = "portal/services.html"

    def rows(self, scope: Scope) -> QuerySet:
        return super().rows(scope).annotate(member_count=RowCount(MEMBERS), joined_numbers=NUMBERS)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        services = self.request.scope.of(Service, self.feature)
        found = dict(services.order_by().values_list("kind").annotate(Count("pk")))
        kinds = [(value, label, found.get(value, 0)) for value, label in Service.Kind.choices]
        chosen = self.request.GET.get("kind", "")
        return super().get_context_data(**kwargs) | {"kinds": kinds, "chosen": chosen}


class AssignmentList(ScopedList):
    """What is assigned to each service, read with whichever of two features is held."""

    model, page_name = Service, "service_list"
    table_class = AssignmentTable
    filterset_class = ServiceFilter

    @property
    def feature(self) -> F:
        assigning = F.USER_ASSIGNMENTS in self.request.features
        return F.USER_ASSIGNMENTS if assigning else F.SERVICES

    def rows(self, scope: Scope) -> QuerySet:
        members = Prefetch("members", ServiceMember.objects.select_related("subscriber"))
        rows = super().rows(scope).annotate(joined_numbers=NUMBERS)
        return rows.prefetch_related(members)


def service(request: HttpRequest, pk: int) -> HttpResponse:
    """One service: its numbers, and who belongs to it."""
    found = fetch(request, pk)
    members = request.scope.of(ServiceMember, F.SERVICES).filter(service=found)
    table = MemberTable(members.select_related("subscriber"))
    paginate = {"paginator_class": OfferedPaginator, "per_page": 10}
    RequestConfig(request, paginate=paginate).configure(table)
    up = upwards(request, _("Advanced Services"), "services")
    context = {"service": found, "table": table, **up}
    return render(request, "portal/service.html", context)


def service_add(request: HttpRequest) -> HttpResponse:
    """Set a service up."""
    if (elsewhere := site_first(request)) is not None:
        return elsewhere
    form = ServiceForm(request.POST or None, scope=request.scope)
    if request.method == "POST" and form.saved():
        text = _("The service %(name)s was added at the site %(site)s.")
        messages.success(request, text % {"name": form.result, "site": form.result.site})
        return redirect(way(request, "service", form.result.pk))
    context = {"form": form, **upwards(request, _("Advanced Services"), "services")}
    return render(request, "portal/service_add.html", context)


def service_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Rename a service, switch it on or off."""
    found = fetch(request, pk)
    form = ServiceEditForm(request.POST or None, target=found, actor=request.user)
    if (asked := stopping(request, form)) is not None:
        return asked
    if request.method == "POST" and form.saved():
        say_saved(request, form.result)
        return redirect(way(request, "service", pk))
    context = {"form": form, "service": found, **upwards(request, found, "service", pk)}
    return render(request, "portal/service_edit.html", context)


def stopping(request: HttpRequest, form: ServiceEditForm) -> HttpResponse | None:
    """The page before a service is switched off to which calls lead, until that was confirmed."""
    if request.method != "POST" or "confirmed" in request.POST or not form.switches_off():
        return None
    service = form.target
    rung = request.scope.of(CallHandling, F.SERVICES).filter(service=service)
    situations = [row.get_situation_display() for row in rung]
    if not situations and not service.joined_numbers:
        return None
    context = {"form": form, "service": service, "situations": situations}
    context |= upwards(request, service, "service_edit", service.pk)
    return render(request, "portal/service_stop.html", context)


class ServiceMemberAdd(ListPage):
    """Who is to belong to a service: the users of its site."""

    table_class = UserChoiceTable
    filterset_class = NameFilter
    template_name = "portal/service_member_add.html"

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        self.service = fetch(request, kwargs["pk"])

    def get_queryset(self) -> QuerySet:
        users = self.request.scope.of(Subscriber, F.SERVICES)
        return users.filter(site=self.service.site_id)

    def get_table_data(self) -> QuerySet:
        """Whoever belongs to it already is not offered again."""
        return super().get_table_data().exclude(memberships__service=self.service)

    def get_table(self, **kwargs: Any) -> ListTable:
        table = super().get_table(**kwargs)
        if self.service.has_members and not table.way_on:
            table.empty_text = _("All users of this site belong to it already.")
        return table

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        up = upwards(self.request, self.service, "service", self.service.pk)
        return super().get_context_data(**kwargs) | {"service": self.service} | up

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        to = get_object_or_404(self.get_queryset(), pk=id_of(request.POST.get("to", "")))
        said = {"name": to, "service": self.service}
        text = _("%(name)s now belongs to the service “%(service)s”.") % said
        carry_out(request, partial(add_member, self.service, to, by=request.user), text)
        return redirect(way(request, "service", self.service.pk))


def member_remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Let somebody no longer belong to a service, after saying what that changes."""
    members = request.scope.of(ServiceMember, F.SERVICES)
    member = get_object_or_404(members.select_related("service", "subscriber", "site"), pk=pk)
    if request.method == "POST":
        said = {"name": member.subscriber, "service": member.service}
        text = _("%(name)s no longer belongs to the service “%(service)s”.") % said
        carry_out(request, partial(remove_member, member, by=request.user), text)
        return redirect(way(request, "service", member.service_id))
    up = upwards(request, member.service, "service", member.service_id)
    return render(request, "portal/member_remove.html", {"member": member, **up})


def fetch(request: HttpRequest, pk: int) -> Service:
    """A service in scope; any other does not exist (rule 5)."""
    services = request.scope.of(Service, F.SERVICES)
    services = services.annotate(joined_numbers=NUMBERS, has_members=Exists(MEMBERS))
    return get_object_or_404(services.select_related("site"), pk=pk)
