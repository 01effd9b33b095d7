"""The carrier's Django admin: enterprises and sites, written by the acts; grants, to be read.

Enterprises and sites stand here because the acts on them do: `sites` knows nobody.
"""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.auth import get_user_model
from django.core.exceptions import SuspiciousOperation, ValidationError
from django.db.models import Count, IntegerField, Model, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.forms.renderers import TemplatesSetting
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from permissions import delegation, integrity, places
from permissions.forms import ActForm, LineField
from permissions.models import AuditEntry, FeatureGrant, Grant, IntegrityCheck, SiteGrant
from sites.models import Enterprise, Site

ADDRESS = (_("Address"), {"fields": places.ADDRESS})


class ActModelForm(ActForm, forms.ModelForm):
    """A form of the Django admin that one act saves; its own look is kept."""

    actor: Any = None  # given by ActAdmin.get_form
    default_renderer = TemplatesSetting

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            if isinstance(field.widget, forms.TextInput | forms.EmailInput):
                field.widget.attrs["class"] = "vTextField"

    def _post_clean(self) -> None:
        """Saved as the last part of being valid: the Django admin says no refusal later."""
        super()._post_clean()
        self.saved()


class OfferedLookups(admin.ModelAdmin):
    """Only the filters that the page offers: no column can be guessed letter by letter."""

    show_full_result_count = False

    def lookup_allowed(self, lookup: str, value: str, request: HttpRequest) -> bool:
        filters = self.get_list_filter(request)
        offered = {one if isinstance(one, str) else one[0] for one in filters}
        for suffix in ("__exact", "__id", "__isempty"):
            lookup = lookup.removesuffix(suffix)
        return lookup in offered

    def response_action(self, request: HttpRequest, queryset: Any) -> HttpResponse | None:
        """Ticks that are no ids are a bad request, not a fault of ours."""
        try:
            return super().response_action(request, queryset)
        except (ValueError, ValidationError) as error:
            raise SuspiciousOperation from error


class ActAdmin(OfferedLookups):
    """Rows that only acts write, and that nothing deletes."""

    def get_form(
        self, request: HttpRequest, obj: Any = None, change: bool = False, **kw: Any
    ) -> Any:
        form = super().get_form(request, obj, change=change, **kw)
        form.actor = request.user
        return form

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """Without Django's transaction: an act has its own, and leaves a trace if refused."""
        return self._changeform_view(request, object_id, form_url, extra_context)

    def save_form(self, request: HttpRequest, form: Any, change: bool) -> Any:
        return form.result

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        """The act has written it."""

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        """The act has written it."""

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


class ReadOnlyAdmin(OfferedLookups):
    """Rows that the carrier reads and nobody edits."""

    list_display_links = None

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


class FoldedSearch(admin.ModelAdmin):
    """Search that ignores case and accents, as on the portal's pages."""

    search_fields = ("search_key",)

    def get_search_results(
        self, request: HttpRequest, queryset: Any, search_term: str
    ) -> tuple[Any, bool]:
        return queryset.search(search_term), False


class PlaceForm(ActModelForm):
    """An enterprise or a site."""

    name = LineField(label=_("Name"), max_length=200)

    def changes(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in self.changed_data}


class EnterpriseForm(PlaceForm):
    def save(self) -> Enterprise:
        if self.instance.pk is None:
            return places.add_enterprise(self.instance, by=self.actor)
        places.edit_enterprise(self.instance, self.changes(), by=self.actor)
        return self.instance


class SiteForm(PlaceForm):
    def save(self) -> Site:
        if self.instance.pk is None:
            return delegation.add_site(self.instance, by=self.actor)
        places.edit_site(self.instance, self.changes(), by=self.actor)
        return self.instance


def counted(rows: QuerySet) -> Coalesce:
    """How many of `rows` each enterprise has."""
    own = rows.filter(enterprise=OuterRef("pk")).order_by().values("enterprise")
    return Coalesce(
        Subquery(own.annotate(n=Count("pk")).values("n")), 0, output_field=IntegerField()
    )


@admin.register(Enterprise)
class EnterpriseAdmin(ActAdmin):
    form = EnterpriseForm
    list_display = ("name", "city", "is_active", "site_count", "administrator_count")
    list_filter = ("is_active",)
    search_fields = ("name", "city", "postal_code")
    fieldsets = ((None, {"fields": ("name", "is_active")}), ADDRESS)

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        people = get_user_model().objects.all()
        counts = {"sites_n": counted(Site.objects.all()), "people_n": counted(people)}
        return super().get_queryset(request).annotate(**counts)

    @admin.display(description=_("sites"), ordering="sites_n")
    def site_count(self, enterprise: Any) -> int:
        return enterprise.sites_n

    @admin.display(description=_("administrators"), ordering="people_n")
    def administrator_count(self, enterprise: Any) -> int:
        return enterprise.people_n


@admin.register(Site)
class SiteAdmin(FoldedSearch, ActAdmin):
    form = SiteForm
    list_display = ("name", "enterprise", "postal_code", "city", "is_open")
    list_filter = ("is_open", "enterprise")
    list_select_related = ("enterprise",)
    fieldsets = (
        (None, {"fields": ("enterprise", "name", "is_open")}),
        (_("Contact"), {"fields": places.CONTACT}),
        ADDRESS,
    )

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        """A site stays with its enterprise."""
        return () if obj is None else ("enterprise",)


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
        "at", "actor_name", "act", "target_name", "item", "item_name", "before", "after", "address",
    )  # fmt: skip
    list_filter = ("act",)
    search_fields = ("actor_name", "target_name", "item", "item_name")
    fields = (*list_display, "cause_name", "act_id", "request_id")


@admin.register(IntegrityCheck)
class IntegrityCheckAdmin(ReadOnlyAdmin):
    """«Intégrité»: the last runs, and a button for another one."""

    list_display = ("at", "faults", "checks", "seconds", "by")
    list_display_links = ("at",)
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
