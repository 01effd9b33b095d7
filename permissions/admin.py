"""The carrier's Django admin: enterprises and sites, the grants, the audit, what is stored.

Enterprises and sites stand here because the acts on them do: `sites` knows nobody.
"""

from functools import reduce
from operator import or_
from typing import Any

from django.contrib import admin, messages
from django.db.models import F, Model, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path
from django.utils.text import smart_split, unescape_string_literal
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from permissions import audit_words, integrity
from permissions.admin_base import ReadOnlyAdmin
from permissions.admin_places import EnterpriseAdmin, SiteAdmin
from permissions.audit_items import site_of
from permissions.models import (
    AuditedSite,
    AuditEntry,
    FeatureGrant,
    Grant,
    IntegrityCheck,
    SiteGrant,
)
from sites.arrays import AmongIds
from sites.models import Enterprise, Site
from sites.text import SEARCH_LENGTH

SHOWN = 1_000  # names of sites in one row of the audit

admin.site.register(Enterprise, EnterpriseAdmin)
admin.site.register(Site, SiteAdmin)


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


@admin.register(AuditEntry)
class AuditEntryAdmin(ReadOnlyAdmin):
    list_display = (
        "at", "who", "act", "target_name", "what", "item_name", "before", "after", "address",
    )  # fmt: skip
    list_display_links = ("at",)
    list_filter = ("act",)
    search_fields = ("actor_name", "target_name", "item", "item_name")
    fields = (*list_display, "code", "sites", "cause_name", "act_id", "request_id")

    def get_queryset(self, request: HttpRequest) -> QuerySet[AuditEntry]:
        return super().get_queryset(request).defer("site_ids")

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet, search_term: str
    ) -> tuple[QuerySet, bool]:
        """Each word in one of the fields, or among the names or the ids of several sites."""
        for bit in smart_split(search_term[:SEARCH_LENGTH]):
            quoted = bit[0] in "\"'" and bit[0] == bit[-1]
            queryset = queryset.filter(self._said(unescape_string_literal(bit) if quoted else bit))
        return queryset, False

    def _said(self, word: str) -> Q:
        fields = [Q((f"{name}__icontains", word)) for name in self.search_fields]
        pk = site_of(word)
        of_site = [Q(site_ids__contains=f" {pk} ")] if pk is not None else []
        named = Q(pk__in=AuditEntry.objects.naming(word).order_by().values("pk"))
        return reduce(or_, [*fields, *of_site, named])

    @admin.display(description=_("sites"))
    def sites(self, entry: AuditEntry) -> str:
        """The names of several, as they were at that time."""
        named = AuditedSite.objects.filter(enterprise=entry.enterprise_id, act_id=entry.act_id)
        names = named.filter(AmongIds(F("site_id"), [int(pk) for pk in entry.site_ids.split()]))
        first = names.order_by("name").values_list("name", flat=True)[: SHOWN + 1]
        return ", ".join([*first[:SHOWN], *(["…"] if len(first) > SHOWN else [])])

    @admin.display(description=_("actor"))
    def who(self, entry: AuditEntry) -> str:
        return entry.actor_name if entry.actor_id else audit_words.nobody(entry.item)

    @admin.display(description=_("what"))
    def what(self, entry: AuditEntry) -> str:
        """In words, where there are any; `code` is how a search finds it."""
        return audit_words.to_the_carrier(entry) or entry.item

    @admin.display(description=_("code"))
    def code(self, entry: AuditEntry) -> str:
        return entry.item


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
