"""What one would use instead of each page: Django's admin, over the rows that guardian finds.

- Lists are change lists: paging, search, sorting and filters are the admin's own. What the sidebar
  would offer by the thousand, sites and parents, is asked for by the address alone.
- Somebody's account is a change view, and a new person an add view. Sites and features cannot be
  given there: the admin edits one object, and these are rows of other tables.
- The admin has no picker. A change list of what the parent holds, which says of each row whether
  the person holds it, comes nearest, and searches as it does.
- The admin has no dashboard: that page has nothing beside it.
"""

from typing import Any

from django.contrib import admin
from django.contrib.auth.models import Permission
from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.db.models import Q, QuerySet, TextField, Value
from django.db.models.functions import Cast
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import path
from guardian.models import UserObjectPermission
from guardian.shortcuts import get_objects_for_user

from administrators.admin import StateFilter
from administrators.models import Administrator
from administrators.writing import ADDRESS, CONTACT
from permissions.models import AuditEntry, Feature
from sites.models import PhoneNumber, Site

SEEN = "administrators.view_administrator"
HELD_SITE, HELD_FEATURE = "sites.manage_site", "permissions.use_feature"
OF_GRANTS = {"sitegrant__content_object", "featuregrant__content_object"}


def seen_by(user: Administrator) -> QuerySet[Administrator]:
    return get_objects_for_user(user, SEEN, Administrator)


def sites_of(person: Administrator) -> QuerySet[Site]:
    return get_objects_for_user(person, HELD_SITE, Site.objects.open())


def features_of(person: Administrator) -> QuerySet[Feature]:
    return get_objects_for_user(person, HELD_FEATURE, Feature)


class Guarded(admin.ModelAdmin):
    """What guardian finds may be seen and changed: nothing else decides."""

    list_per_page = 10
    show_full_result_count = False  # one count is enough; it is of all rows
    ordering: tuple[str, ...] = ("search_key", "pk")
    search_fields: tuple[str, ...] = ("search_key",)

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return True

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return True


class People(Guarded):
    """The columns of the portal's list."""

    list_display = ("name", "username", "shown_state", "parent", "sites", "features", "last_login")
    list_select_related = ("parent",)
    list_filter = (StateFilter,)

    def get_queryset(self, request: HttpRequest) -> Any:
        return seen_by(request.user)

    def lookup_allowed(self, lookup: str, value: Any, request: HttpRequest) -> bool:
        return lookup in OF_GRANTS or super().lookup_allowed(lookup, value, request)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return True

    def get_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        return ("username",) if obj else ("username", *CONTACT, *ADDRESS)

    @admin.display(ordering="search_key")
    def name(self, person: Administrator) -> str:
        return str(person)

    def shown_state(self, person: Administrator) -> str:
        return str(person.state.label)

    def sites(self, person: Administrator) -> int:
        return sites_of(person).count()

    def features(self, person: Administrator) -> int:
        return features_of(person).count()


class HundredPeople(People):
    list_per_page = 100


class Sites(Guarded):
    list_display = ("name", "city", "postal_code", "phone")

    def get_queryset(self, request: HttpRequest) -> Any:
        return sites_of(request.user)


class Numbers(Guarded):
    list_display = ("number", "kind", "assignee", "site", "status")
    list_select_related = ("site", *PhoneNumber.ASSIGNEES)
    list_filter = ("kind", "status")
    ordering = ("number",)

    def get_queryset(self, request: HttpRequest) -> Any:
        return PhoneNumber.objects.filter(site__in=sites_of(request.user))


class History(Guarded):
    """What was done to those whom guardian finds; what they did too would take it minutes."""

    list_display = ("at", "actor_name", "act", "target_name", "item_name", "before", "after")
    list_select_related = ("actor", "cause")
    list_filter = ("act",)
    ordering, search_fields = ("-at", "-pk"), ()

    def get_queryset(self, request: HttpRequest) -> Any:
        return AuditEntry.objects.filter(target__in=seen_by(request.user))


class Picker(Guarded):
    """What the parent of one person holds, and whether that person holds it too."""

    list_display = ("__str__", "held")

    def changelist_view(
        self, request: HttpRequest, extra_context: Any = None, *, person: int = 0
    ) -> HttpResponse:
        people = seen_by(request.user).select_related("parent")
        request.person = get_object_or_404(people, pk=person)
        return super().changelist_view(request, extra_context)

    def get_queryset(self, request: HttpRequest) -> Any:
        held = self.found_for(request.person).values("pk")
        return self.found_for(request.person.parent).annotate(held=Q(pk__in=held))

    def found_for(self, person: Administrator) -> QuerySet:
        raise NotImplementedError

    @admin.display(boolean=True)
    def held(self, one: Any) -> bool:
        return one.held


class SitePicker(Picker):
    def found_for(self, person: Administrator) -> QuerySet:
        return sites_of(person)


class FeaturePicker(Picker):
    ordering, search_fields = ("code",), ()
    list_per_page = 100

    def found_for(self, person: Administrator) -> QuerySet:
        return features_of(person)


class OpenSite(admin.AdminSite):
    """An admin site to which the delegated administrators come."""

    def has_permission(self, request: HttpRequest) -> bool:
        return request.user.is_authenticated


site, of_hundred = OpenSite(name="guarded"), OpenSite(name="hundred")
of_hundred.register(Administrator, HundredPeople)
site.register(Administrator, People)
site.register(Site, Sites)
site.register(Feature, Guarded)
site.register(PhoneNumber, Numbers)
site.register(AuditEntry, History)
site_picker = site.admin_view(SitePicker(Site, site).changelist_view)
feature_picker = site.admin_view(FeaturePicker(Feature, site).changelist_view)
urlpatterns = [
    path("admin/sites/site/of/<int:person>/", site_picker),
    path("admin/permissions/feature/of/<int:person>/", feature_picker),
    path("admin/hundred/", of_hundred.urls),
    path("admin/", site.urls),
]


KEYS = {
    table: f"CREATE INDEX IF NOT EXISTS {table}_of_guardian ON {table}"
    " (user_id, permission_id, content_object_id)"
    for table in ("permissions_sitegrant", "permissions_featuregrant")
}


def give_keys() -> None:
    """guardian never names the enterprise: its own tables would have this key."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # nothing may wait in a transaction
        for statement in KEYS.values():
            cursor.execute(statement)


def take_keys() -> None:
    """The portal's acts need not keep them."""
    with connection.cursor() as cursor:
        for table in KEYS:
            cursor.execute(f"DROP INDEX IF EXISTS {table}_of_guardian")


def let_see_all_below(actor: Administrator) -> None:
    """guardian's rows for one actor: one for each descendant."""
    kind = ContentType.objects.get_for_model(Administrator)
    permission, _ = Permission.objects.get_or_create(
        content_type=kind, codename="view_administrator", defaults={"name": "View"}
    )
    if not UserObjectPermission.objects.filter(user=actor, permission=permission).exists():
        _insert(Value(actor.pk), Value(permission.pk), Value(kind.pk), of=actor)


def _insert(*constants: Value, of: Administrator) -> None:
    """In one statement: there may be a million."""
    below = Administrator.objects.below(of).order_by()
    sql, values = below.values_list(*constants, Cast("pk", TextField())).query.sql_with_params()
    columns = "user_id, permission_id, content_type_id, object_pk"
    with connection.cursor() as cursor:
        cursor.execute(f"INSERT INTO guardian_userobjectpermission ({columns}) {sql}", values)
        cursor.execute("ANALYZE guardian_userobjectpermission")
