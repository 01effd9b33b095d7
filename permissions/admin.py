"""The carrier's Django admin: enterprises and sites, the grants, the audit, what is stored.

Enterprises and sites stand here because the acts on them do: `sites` knows nobody.
"""

from typing import Any

from django.contrib import admin, messages
from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from permissions import integrity
from permissions.admin_audit import AuditEntryAdmin
from permissions.admin_base import ReadOnlyAdmin
from permissions.admin_places import EnterpriseAdmin, SiteAdmin
from permissions.models import (
    AuditEntry,
    FeatureGrant,
    Grant,
    IntegrityCheck,
    SiteGrant,
)
from sites.models import Enterprise, Site

admin.site.register(Enterprise, EnterpriseAdmin)
admin.site.register(Site, SiteAdmin)
admin.site.register(AuditEntry, AuditEntryAdmin)


class GrantAdmin(ReadOnlyAdmin):
    """Who holds what; given and taken on the portal's pages, never here."""

    search_fields = ("user__username",)
    list_select_related = ("user", "user__enterprise", "content_object")

    @admin.display(description=_("administrator"))
    def holder(self, grant: Grant) -> Model:
        return grant.user

    @admin.display(description=_("enterprise"))
    def of_enterprise(self, grant: Grant) -> Model:
        return grant.user.enterprise


@admin.register(SiteGrant)
class SiteGrantAdmin(GrantAdmin):
    list_display = fields = ("holder", "of_enterprise", "site")

    @admin.display(description=_("site"))
    def site(self, grant: SiteGrant) -> Site:
        return grant.content_object


@admin.register(FeatureGrant)
class FeatureGrantAdmin(GrantAdmin):
    list_display = fields = ("holder", "of_enterprise", "feature")

    @admin.display(description=_("feature"))
    def feature(self, grant: FeatureGrant) -> Model:
        return grant.content_object


@admin.register(IntegrityCheck)
class IntegrityCheckAdmin(ReadOnlyAdmin):
    """«Intégrité»: the last runs, and a button for another one."""

    list_display = ("at", "faults", "checks", "seconds", "by")
    list_display_links = ("at",)
    list_select_related = ("by",)
    fields = (*list_display, "report")

    def get_urls(self) -> list[Any]:
        run = path("run/", self.admin_site.admin_view(self.run), name="integrity_run")
        return [run, *super().get_urls()]

    def run(self, request: HttpRequest) -> HttpResponse:
        """By POST: run all checks and show what they found."""
        if request.method != "POST":
            return redirect("admin:permissions_integritycheck_changelist")
        found = integrity.run_checks(by=request.user)
        level = messages.ERROR if found.faults else messages.SUCCESS
        text = ngettext("%(n)d fault found.", "%(n)d faults found.", found.faults)
        self.message_user(request, text % {"n": found.faults}, level)
        return redirect("admin:permissions_integritycheck_change", found.pk)
