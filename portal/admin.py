"""What stands at the sites, for the carrier to look up. Nothing of it is edited here.

It comes from the carrier's files and from the portal's own acts; only the approval of a model of
device is given on these pages, by an act.
"""

from typing import Any

from django.contrib import admin
from django.db.models import Model
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from permissions.admin_base import ActAdmin, FoldedSearch, ReadOnlyAdmin
from permissions.admin_filters import EnterpriseFilter
from permissions.admin_forms import ShownForm
from portal.acts.models import approve_model
from sites.models import (
    Device,
    DeviceModel,
    EquipmentRequest,
    Order,
    PhoneNumber,
    Placed,
    Service,
    SipTrunk,
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

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """The page of a row says what its line says."""
        return self.list_display

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


@admin.register(Order)
class OrderAdmin(FoldedSearch, InventoryAdmin):
    list_display = ("reference", "ordered_on", "status", "site", "of_enterprise")
    list_filter = (ENTERPRISE, "status")


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
        for approved in self.changes().values():
            approve_model(self.instance, approved, by=self.actor)
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
