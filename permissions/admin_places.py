"""Enterprises and sites in the carrier's Django admin, written by the acts."""

from typing import Any

from django.contrib import admin
from django.contrib.auth import get_user_model
from django.db.models import Exists, OuterRef, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from permissions import places
from permissions.admin_base import ActAdmin, FoldedSearch, address, page_of
from permissions.admin_filters import EnterpriseFilter
from permissions.admin_forms import EnterpriseSelect
from permissions.admin_place_forms import EnterpriseForm, SiteForm
from sites.models import Site
from sites.paging import RowCount

ADDRESS = (gettext_lazy("Address"), {"fields": places.ADDRESS})


def counted(rows: QuerySet) -> RowCount:
    """How many of `rows` each enterprise has."""
    return RowCount(rows.filter(enterprise=OuterRef("pk")))


def roots() -> QuerySet:
    """The root of each enterprise that has one."""
    return get_user_model().objects.filter(parent=None, is_superuser=False)


def _import_of(kind: str, enterprise: Any) -> str:
    """Where a file of this kind is imported for the enterprise."""
    return f"{reverse('admin:import')}?{urlencode({'kind': kind, 'enterprise': enterprise.pk})}"


class EnterpriseAdmin(ActAdmin):
    form = EnterpriseForm
    adding = gettext_lazy("Add an enterprise")
    list_display = ("name", "city", "is_active", "site_count", "administrator_count")
    list_filter = ("is_active",)
    search_fields = ("name", "city", "postal_code")
    fieldsets = ((None, {"fields": ("name", "is_active")}), ADDRESS)

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        people = get_user_model().objects.all()
        counts = {"sites_n": counted(Site.objects.all()), "people_n": counted(people)}
        return super().get_queryset(request).annotate(**counts)

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet, search_term: str
    ) -> tuple[QuerySet, bool]:
        """For who is to be the root of one, only those that have none yet."""
        found, repeats = super().get_search_results(request, queryset, search_term)
        if request.GET.get("model_name") == "administrator":
            found = found.filter(~Exists(roots().filter(enterprise=OuterRef("pk"))))
        return found, repeats

    def links(self, row: Any) -> list[tuple[str, str]]:
        """Whatever is set up for an enterprise, in the order in which it is."""
        root = roots().filter(enterprise=row).first()
        of_root = page_of(root) if root else address(get_user_model(), "add", enterprise=row.pk)
        return [
            (_("Sites"), address(Site, "changelist", enterprise__id__exact=row.pk)),
            (_("Add a site"), address(Site, "add", enterprise=row.pk)),
            (_("Import a list of sites"), _import_of("sites", row)),
            (_("Main administrator") if root else _("Create the main administrator"), of_root),
            (
                _("Administrators"),
                address(get_user_model(), "changelist", enterprise__id__exact=row.pk),
            ),
            *super().links(row),
        ]

    @admin.display(description=gettext_lazy("sites"), ordering="sites_n")
    def site_count(self, enterprise: Any) -> int:
        return enterprise.sites_n

    @admin.display(description=gettext_lazy("administrators"), ordering="people_n")
    def administrator_count(self, enterprise: Any) -> int:
        return enterprise.people_n


class SiteAdmin(FoldedSearch, ActAdmin):
    form = SiteForm
    adding = gettext_lazy("Add a site")
    list_display = ("name", "enterprise", "postal_code", "city", "is_open")
    list_filter = ("is_open", ("enterprise", EnterpriseFilter))
    list_select_related = ("enterprise",)
    fieldsets = (
        (None, {"fields": ("enterprise", "name", "is_open")}),
        (gettext_lazy("Contact"), {"fields": places.CONTACT}),
        ADDRESS,
    )

    def formfield_for_foreignkey(self, db_field: Any, request: Any, **kwargs: Any) -> Any:
        looked_for = {"widget": EnterpriseSelect(db_field, self.admin_site)}
        return super().formfield_for_foreignkey(db_field, request, **kwargs, **looked_for)

    def response_add(
        self, request: HttpRequest, obj: Any, post_url_continue: str | None = None
    ) -> HttpResponse:
        return self._next(request, obj) or super().response_add(request, obj, post_url_continue)

    def response_change(self, request: HttpRequest, obj: Any) -> HttpResponse:
        return self._next(request, obj) or super().response_change(request, obj)

    def _next(self, request: HttpRequest, site: Site) -> HttpResponse | None:
        """The next site that is added is one of the same enterprise."""
        if "_addanother" not in request.POST:
            return None
        return redirect(address(Site, "add", enterprise=site.enterprise_id))

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        """A site stays with its enterprise."""
        return () if obj is None else ("enterprise",)
