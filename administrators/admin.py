"""Administrators in the carrier's Django admin: roots are created, people looked after, by acts.

Nothing here sets a parent, a grant of a site, a password or the rights of carrier staff.
"""

from typing import Any

from django.contrib import admin
from django.contrib.auth import admin as auth_admin
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from administrators import paths
from administrators.admin_acts import ActionsOnPeople
from administrators.admin_forms import DETAILS, AdministratorForm, RootChangeForm, RootForm
from administrators.models import Administrator, OutgoingMail
from administrators.obstacles import obstacles
from administrators.states import State
from administrators.writing import ADDRESS, CONTACT
from permissions import rules
from permissions.admin_base import ActAdmin, FoldedSearch, ReadOnlyAdmin, journal_of
from permissions.admin_filters import EnterpriseFilter

# Rights are given by superuser and by grants alone. Imported above, or it would come back.
admin.site.unregister(auth_admin.Group)

DETAILED = (
    (gettext_lazy("Primary Contact"), {"fields": CONTACT}),
    (gettext_lazy("Address"), {"fields": ADDRESS}),
)
PLACE_IN_TREE = ("enterprise", "parent", "ancestors")
STANDING = ("shown_state", "sign_in", "last_login", "created_at")


class StateFilter(admin.SimpleListFilter):
    """The states of the portal's list."""

    title = gettext_lazy("State")
    parameter_name = "state"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Any:
        return State.choices

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        return queryset.in_state(State(self.value())) if self.value() in State.values else queryset


@admin.register(Administrator)
class AdministratorAdmin(ActionsOnPeople, FoldedSearch, ActAdmin):
    # Who is added here is a root; the others are created on the portal's pages.
    adding = gettext_lazy("Create the main administrator of an enterprise")
    list_display = ("full_name", "username", "enterprise", "parent", "shown_state")
    list_filter = (StateFilter, ("enterprise", EnterpriseFilter))
    list_select_related = ("enterprise", "parent")

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Carrier staff are made by createsuperuser, and only looked at here."""
        may = super().has_change_permission(request, obj)
        return may and (obj is None or not obj.is_superuser)

    def get_form(
        self, request: HttpRequest, obj: Any = None, change: bool = False, **kw: Any
    ) -> Any:
        if obj is None:
            kw |= {"form": RootForm, "fields": DETAILS}
        elif self.has_change_permission(request, obj):
            form = AdministratorForm if obj.parent_id else RootChangeForm
            kw |= {"form": form, "fields": DETAILS}
        return super().get_form(request, obj, change=change, **kw)

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        if obj is None:
            account, granted = ("enterprise", "username"), ("features",)
        elif obj.is_superuser:
            account, granted = ("username", *STANDING), ()
        else:
            account = ("version", "username", *PLACE_IN_TREE, *STANDING)
            granted = ("site_count", "feature_list" if obj.parent_id else "features")
        rights = [(gettext_lazy("Permissions"), {"fields": granted})] if granted else []
        return [(None, {"fields": account}), *DETAILED, *rights]

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        granted = ("site_count", "feature_list")
        return () if obj is None else (*PLACE_IN_TREE, *STANDING, *granted)

    @admin.display(description=gettext_lazy("Name"), ordering="search_key")
    def full_name(self, person: Administrator) -> str:
        return str(person)

    @admin.display(description=gettext_lazy("State"))
    def shown_state(self, person: Administrator) -> str:
        """Nobody of a suspended enterprise signs in, whatever their own state."""
        state = str(person.state.label)
        suspended = person.enterprise and not person.enterprise.is_active
        return f"{state} ({_('enterprise suspended')})" if suspended else state

    @admin.display(description=gettext_lazy("Signing in"))
    def sign_in(self, person: Administrator) -> str:
        """Whether it is possible, or all that stands in the way; and where it was tried."""
        words = ", ".join(obstacles(person)) or _("possible")
        journal = (journal_of(person), _("Journal of this person"))
        return format_html('{} (<a href="{}">{}</a>)', words, *journal)

    @admin.display(description=gettext_lazy("Ancestors"))
    def ancestors(self, person: Administrator) -> str:
        ids = paths.ancestors(person.path)
        names = {one.pk: str(one) for one in Administrator.objects.filter(pk__in=ids)}
        return " › ".join(names[pk] for pk in ids)

    @admin.display(description=gettext_lazy("Sites"))
    def site_count(self, person: Administrator) -> str:
        count = str(rules.held_sites(person).count())
        return f"{count} ({_('All sites, present and future')})" if person.all_sites else count

    @admin.display(description=gettext_lazy("Features"))
    def feature_list(self, person: Administrator) -> str:
        return ", ".join(sorted(str(code.label) for code in rules.held_features(person)))


@admin.register(OutgoingMail)
class OutgoingMailAdmin(ReadOnlyAdmin):
    """How mails fare. What stands in them is between the portal and their readers."""

    list_display = fields = (
        "person", "kind", "created_at", "next_try", "sent_at", "tries", "last_error",
    )  # fmt: skip
    list_filter = ("kind", ("sent_at", admin.EmptyFieldListFilter))
    list_select_related = ("person",)
    search_fields = ("person__username",)

    @admin.display(description=gettext_lazy("next try"))
    def next_try(self, mail: OutgoingMail) -> Any:
        return None if mail.sent_at else mail.due_at
