"""What stands at the sites, for the carrier to look up. Nothing of it is edited here.

It comes from the carrier's files and from the portal's own acts; only the approval of a model of
device is given on these pages, by an act.
"""

from typing import Any

from django.contrib import admin
from django.db.models import Model
from django.http import HttpRequest
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _

from permissions.admin_base import ActAdmin, FoldedSearch, ReadOnly, ReadOnlyAdmin
from permissions.admin_filters import DaysFilter, EnterpriseFilter
from permissions.admin_forms import ShownForm
from portal.acts.models import approve_model
from sites.models import (
    CallRecord,
    Device,
    DeviceModel,
    EquipmentRequest,
    Holiday,
    OpeningHours,
    Order,
    OrderItem,
    OrderStep,
    PhoneNumber,
    Placed,
    Recording,
    Service,
    SipTrunk,
    Site,
    Subscriber,
)

ENTERPRISE = ("enterprise", EnterpriseFilter)


class InventoryAdmin(ReadOnlyAdmin):
    """Rows of all enterprises, in the order of their ids."""

    ordering = ("pk",)
    has_history = True
    list_display_links = ()
    list_per_page = 50
    list_select_related: tuple[str, ...] = ("site", "enterprise")
    also_shown: tuple[str, ...] = ()

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """The page of a row says what its line says, and what had no room there."""
        return (*self.list_display, *self.also_shown)

    @admin.display(description=_("date"))
    def when(self, row: Any) -> str:
        """Short, so that the line has room for the rest."""
        return date_format(localtime(row.at), "SHORT_DATETIME_FORMAT")

    @admin.display(description=_("enterprise"))
    def of_enterprise(self, row: Placed) -> Model:
        return row.enterprise


@admin.register(PhoneNumber)
class PhoneNumberAdmin(FoldedSearch, InventoryAdmin):
    list_display = ("number", "kind", "status", "is_main", "assigned_to", "site", "of_enterprise")
    list_filter = (ENTERPRISE, "kind", "status", "is_main")
    list_select_related = ("site", "enterprise", *PhoneNumber.ASSIGNEES)

    @admin.display(description=_("assigned to"))
    def assigned_to(self, row: PhoneNumber) -> Model | None:
        return row.assignee


@admin.register(Device)
class DeviceAdmin(FoldedSearch, InventoryAdmin):
    list_display = (
        "mac", "name", "model", "subscriber", "station", "registration", "site", "of_enterprise",
    )  # fmt: skip
    list_filter = (ENTERPRISE, "registration", "model")
    list_select_related = ("site", "enterprise", "model", "subscriber", "station")


@admin.register(Subscriber)
class SubscriberAdmin(FoldedSearch, InventoryAdmin):
    list_display = (
        "user_id", "last_name", "first_name", "email", "extension", "station", "recording", "site",
        "of_enterprise",
    )  # fmt: skip
    list_filter = (ENTERPRISE, "recording")
    list_select_related = ("site", "enterprise", "station")


@admin.register(Service)
class ServiceAdmin(FoldedSearch, InventoryAdmin):
    list_display = ("name", "kind", "extension", "is_active", "site", "of_enterprise")
    list_filter = (ENTERPRISE, "kind", "is_active")


@admin.register(SipTrunk)
class SipTrunkAdmin(FoldedSearch, InventoryAdmin):
    list_display = ("name", "capacity", "in_use", "registration", "site", "of_enterprise")
    list_filter = (ENTERPRISE, "registration")


class PartOfOrder(ReadOnly, admin.TabularInline):
    """What the carrier's files say of an order, under it."""


class ItemsOfOrder(PartOfOrder):
    model = OrderItem
    fields = ("label", "quantity")


class StepsOfOrder(PartOfOrder):
    model = OrderStep
    fields = ("status", "on", "comment")


@admin.register(Order)
class OrderAdmin(FoldedSearch, InventoryAdmin):
    list_display = ("reference", "ordered_on", "status", "site", "of_enterprise")
    list_filter = (ENTERPRISE, "status")
    inlines = (ItemsOfOrder, StepsOfOrder)


@admin.register(CallRecord)
class CallRecordAdmin(InventoryAdmin):
    """Not searched: of a hundred million calls no index would find a part of a number."""

    list_display = (
        "when", "direction", "number", "peer", "seconds", "answered", "site", "of_enterprise",
    )  # fmt: skip
    also_shown = ("reference",)
    list_filter = (ENTERPRISE, ("at", DaysFilter), "direction", "answered")
    ordering = ("-pk",)


@admin.register(Recording)
class RecordingAdmin(FoldedSearch, InventoryAdmin):
    list_display = ("when", "user", "number", "peer", "seconds", "site", "of_enterprise")
    also_shown = ("reference",)
    list_filter = (ENTERPRISE, ("at", DaysFilter))
    list_select_related = ("site", "enterprise", "subscriber")
    ordering = ("-pk",)

    @admin.display(description=_("user"))
    def user(self, row: Recording) -> Any:
        """Whoever has left the site is named, and no longer led to."""
        return row.subscriber or row.user_name


class FoundBySite(InventoryAdmin):
    """Rows that have no words of their own: those of the sites that a search finds."""

    search_fields = ("site",)
    search_help_text = _("Name, city or postal code of the site")

    def get_search_results(
        self, request: HttpRequest, queryset: Any, search_term: str
    ) -> tuple[Any, bool]:
        sites = Site.objects.search(search_term)
        return queryset.at(sites) if search_term.strip() else queryset, False


@admin.register(OpeningHours)
class OpeningHoursAdmin(FoundBySite):
    list_display = ("weekday", "opens", "closes", "site", "of_enterprise")
    list_filter = (ENTERPRISE, "weekday")


@admin.register(Holiday)
class HolidayAdmin(FoundBySite):
    list_display = ("day", "name", "site", "of_enterprise")
    list_filter = (ENTERPRISE, ("day", DaysFilter))


@admin.register(EquipmentRequest)
class EquipmentRequestAdmin(InventoryAdmin):
    list_display = (
        "reference", "device", "action", "state", "asked_by", "asked_at", "answered_at", "answer",
        "site", "of_enterprise",
    )  # fmt: skip
    list_filter = (ENTERPRISE, "state")
    list_select_related = ("site", "enterprise", "device", "asked_by")
    search_fields = ("device__mac", "device__name", "answer")
    ordering = ("-pk",)


class DeviceModelForm(ShownForm):
    """Whether a model is approved; the rest of it comes from the carrier's files."""

    def save(self) -> DeviceModel:
        changes = self.changes()
        if "is_approved" in changes:
            approve_model(self.instance, changes["is_approved"], by=self.actor)
        return self.instance


@admin.register(DeviceModel)
class DeviceModelAdmin(ActAdmin):
    form = DeviceModelForm
    list_display = ("maker", "name", "lines", "is_approved")
    list_filter = ("is_approved", "maker")
    search_fields = ("maker", "name")
    fields = list_display
    readonly_fields = ("maker", "name", "lines")

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False
