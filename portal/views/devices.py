"""«Appareils»: each device with its lines; adding, removing, giving, asking for a restart."""

from functools import partial
from typing import Any

from django.contrib import messages
from django.db.models import F, OuterRef, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from permissions.features import FeatureCode
from permissions.scopes import Scope
from portal.acts.devices import (
    ask_restart,
    assign_device,
    remove_device,
    take_back_device,
)
from portal.acts.writing import holder_of
from portal.filters.devices import DeviceFilter
from portal.forms.devices import DeviceForm
from portal.tables.devices import DeviceTable, UserChoiceTable
from portal.views.acting import carry_out, site_first, taken_from, upwards, way
from portal.views.scoped import ScopedList
from sites.filters import SearchFilter
from sites.lists import ListPage
from sites.models import Device, EquipmentRequest, PhoneNumber, Subscriber
from sites.paging import RowCount
from sites.text import number as id_of

FEATURE = FeatureCode.USER_ASSIGNMENTS
RELATED = ("model", "subscriber", "station")
TAKEN = RowCount(PhoneNumber.objects.filter(device=OuterRef("pk")))
FREE_LINES = F("model__lines") - TAKEN
REQUESTS = EquipmentRequest.objects.filter(device=OuterRef("pk")).order_by("-pk")
LAST_REQUESTS = 10


class DeviceList(ScopedList):
    """List by device."""

    model, feature, page_name = Device, FEATURE, "devices"
    related = RELATED
    table_class = DeviceTable
    filterset_class = DeviceFilter
    template_name = "portal/devices.html"

    def rows(self, scope: Scope) -> QuerySet:
        return (
            super()
            .rows(scope)
            .annotate(free_lines=FREE_LINES, last_request=REQUESTS.values("state")[:1])
        )


def device(request: HttpRequest, pk: int) -> HttpResponse:
    """One device: its numbers, its user, and what was asked of it."""
    found = fetch(request, pk)
    numbers = list(request.scope.of(PhoneNumber, FEATURE).filter(device=found))
    asked = list(requests_to(request, found)[:LAST_REQUESTS])
    context = {
        "device": found,
        "numbers": numbers,
        "free_lines": found.model.lines - len(numbers),
        "asked": asked,
        "pending": any(one.state in EquipmentRequest.OPEN for one in asked),
        **upwards(request, _("Devices"), "devices"),
    }
    return render(request, "portal/device.html", context)


def device_add(request: HttpRequest) -> HttpResponse:
    """Add a device of an approved model."""
    if (elsewhere := site_first(request)) is not None:
        return elsewhere
    form = DeviceForm(request.POST or None, scope=request.scope)
    if request.method == "POST" and form.saved():
        text = _("%(device)s was added at the site %(site)s.")
        said = {"device": form.result, "site": form.result.site}
        messages.success(request, text % said)
        return redirect(way(request, "device", form.result.pk))
    context = {"form": form, **upwards(request, _("Devices"), "devices")}
    return render(request, "portal/device_add.html", context)


def device_remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Remove a device, after saying what goes with it."""
    found = fetch(request, pk)
    if request.method == "POST":
        work = partial(remove_device, found, **taken_from(request))
        done = carry_out(request, work, _("%(device)s was removed.") % {"device": found})
        return redirect(way(request, "devices") if done else request.get_full_path())
    count = request.scope.of(PhoneNumber, FEATURE).filter(device=found).count()
    waiting = requests_to(request, found).filter(state=EquipmentRequest.State.WAITING).exists()
    context = {"device": found, "count": count, "waiting": waiting, "holder": holder_of(found)}
    context |= upwards(request, found, "device", pk)
    return render(request, "portal/device_remove.html", context)


def device_restart(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask for a restart, after saying what it interrupts."""
    found = fetch(request, pk)
    if request.method == "POST":
        text = _("The restart of the device %(device)s was asked.") % {"device": found}
        carry_out(request, partial(ask_restart, found, by=request.user), text)
        return redirect(way(request, "device", pk))
    pending = requests_to(request, found).filter(
        action=EquipmentRequest.Action.RESTART, state__in=EquipmentRequest.OPEN
    )
    context = {"device": found, "pending": pending.first(), **upwards(request, found, "device", pk)}
    return render(request, "portal/device_restart.html", context)


class DeviceAssign(ListPage):
    """To whom a free device is to be given: the users of its site."""

    table_class = UserChoiceTable
    filterset_class = SearchFilter
    template_name = "portal/device_assign.html"

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        self.device = fetch(request, kwargs["pk"])

    def get_queryset(self) -> QuerySet:
        users = self.request.scope.of(Subscriber, FEATURE)
        return users.filter(site=self.device.site_id).select_related("site")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        up = upwards(self.request, self.device, "device", self.device.pk)
        return super().get_context_data(**kwargs) | {"device": self.device} | up

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        to = get_object_or_404(self.get_queryset(), pk=id_of(request.POST.get("to", "")))
        said = {"device": self.device, "name": to}
        text = _("%(device)s is now assigned to %(name)s.") % said
        carry_out(request, partial(assign_device, self.device, to, by=request.user), text)
        return redirect(way(request, "device", self.device.pk))


def device_unassign(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a device back, after saying from whom."""
    found = fetch(request, pk)
    if request.method == "POST":
        text = _("%(device)s is free again.") % {"device": found}
        work = partial(take_back_device, found, **taken_from(request))
        done = carry_out(request, work, text)
        return redirect(way(request, "device", pk)) if done else redirect(request.get_full_path())
    context = {"device": found, "holder": holder_of(found), **upwards(request, found, "device", pk)}
    return render(request, "portal/device_unassign.html", context)


def requests_to(request: HttpRequest, asked: Device) -> QuerySet:
    """What was asked of a device, newest first."""
    return request.scope.of(EquipmentRequest, FEATURE).filter(device=asked)


def fetch(request: HttpRequest, pk: int) -> Device:
    """A device in scope; any other does not exist (rule 5)."""
    devices = request.scope.of(Device, FEATURE)
    return get_object_or_404(devices.select_related("site", *RELATED), pk=pk)
