"""The list of administrators without the portal: a bare view, and Django's admin with guardian."""

from functools import cache
from typing import Any

from django.contrib import admin
from django.contrib.auth.models import Permission
from django.contrib.contenttypes.models import ContentType
from django.core.paginator import Paginator
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.template import engines
from django.urls import path
from django.utils.functional import cached_property
from guardian.models import UserObjectPermission
from guardian.shortcuts import get_objects_for_user

from administrators.models import Administrator
from administrators.views.lists import AdministratorList
from permissions.models import Feature
from portal.urls import urlpatterns as portal_urls
from sites.models import Site
from sites.paging import CAP

SEEN = "administrators.view_administrator"
PAGE = """<!DOCTYPE html><html><head><title>Administrators</title></head><body>
<p>{{ page.start_index }}–{{ page.end_index }} of {{ page.paginator.count }}</p>
<table><tr><th>Name<th>Username<th>State<th>Parent<th>Sites<th>Features<th>Last sign-in<th></tr>
{% for one in page %}<tr><td><a href="/{{ one.pk }}/">{{ one }}</a><td>{{ one.username }}
<td>{{ one.state.label }}<td>{{ one.parent }}<td>{{ one.site_count }}<td>{{ one.feature_count }}
<td>{{ one.last_login|date:"SHORT_DATETIME_FORMAT" }}<td><a href="/{{ one.pk }}/">Edit</a></tr>
{% endfor %}</table>{% if page.has_next %}<a href="?page={{ page.next_page_number }}">Next</a>
{% endif %}</body></html>"""


def bare_list(request: HttpRequest) -> HttpResponse:
    """The rows of the portal's list and their count, in a plain template."""
    people = AdministratorList(request=request).get_queryset().order_by("search_key", "pk")
    people = people.search(request.GET.get("q", ""))
    if state := request.GET.get("state"):
        people = people.in_state(state)
    page = Capped(people, 10).page(request.GET.get("page", 1))
    return HttpResponse(_template().render({"page": page}, request))


class Capped(Paginator):
    """Counts no further than the portal does."""

    @cached_property
    def count(self) -> int:
        return self.object_list.order_by().values("pk")[: CAP + 1].count()


@cache
def _template() -> Any:
    return engines["django"].from_string(PAGE)


class GuardedAdmin(admin.ModelAdmin):
    """The same columns, as guardian's documentation does it: by what a user has permissions on."""

    list_display = (
        "__str__",
        "username",
        "shown_state",
        "parent",
        "sites",
        "features",
        "last_login",
    )
    list_select_related = ("parent",)
    list_filter = ("is_active",)
    list_per_page = 10
    search_fields = ("search_key",)
    ordering = ("search_key", "pk")

    def get_queryset(self, request: HttpRequest) -> Any:
        return get_objects_for_user(request.user, SEEN, Administrator)

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return True

    def shown_state(self, person: Administrator) -> str:
        return str(person.state.label)

    def sites(self, person: Administrator) -> int:
        return get_objects_for_user(person, "sites.manage_site", Site.objects.open()).count()

    def features(self, person: Administrator) -> int:
        return get_objects_for_user(person, "permissions.use_feature", Feature).count()


class OpenSite(admin.AdminSite):
    """An admin site to which the delegated administrators come."""

    def has_permission(self, request: HttpRequest) -> bool:
        return request.user.is_authenticated


site = OpenSite(name="guarded")
site.register(Administrator, GuardedAdmin)
urlpatterns = [path("bare/", bare_list), path("admin/", site.urls), *portal_urls]


def let_see_all_below(actor: Administrator) -> None:
    """guardian's rows for one actor: one for each descendant."""
    kind = ContentType.objects.get_for_model(Administrator)
    permission, _ = Permission.objects.get_or_create(
        content_type=kind, codename="view_administrator", defaults={"name": "View"}
    )
    if UserObjectPermission.objects.filter(user=actor, permission=permission).exists():
        return
    below = Administrator.objects.below(actor).order_by().values_list("pk")
    sql, parameters = below.query.sql_with_params()
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO guardian_userobjectpermission"
            " (user_id, permission_id, content_type_id, object_pk)"
            f" SELECT %s, %s, %s, below.id::text FROM ({sql}) AS below (id)",
            [actor.pk, permission.pk, kind.pk, *parameters],
        )
        cursor.execute("ANALYZE guardian_userobjectpermission")
