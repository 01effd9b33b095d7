"""«Utilisateurs»: each person with numbers, extension and devices; adding and editing them."""

from typing import Any

from django.contrib import messages
from django.db.models import OuterRef, Prefetch, QuerySet, TextField, Value
from django.db.models.functions import Concat
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from permissions.features import FeatureCode
from permissions.scopes import Scope
from portal.cells import page_of
from portal.filters.users import UserFilter
from portal.forms.fields import service_label
from portal.forms.users import UserEditForm, UserForm
from portal.tables.users import UserTable
from portal.views.acting import say_saved, site_first, upwards, way
from portal.views.scoped import ScopedList
from sites.joined import Joined, lines_of
from sites.models import PhoneNumber, ServiceMember, Subscriber

FEATURE = FeatureCode.USER_ASSIGNMENTS
HELD = PhoneNumber.objects.filter(subscriber=OuterRef("pk"))
NUMBERS = Joined(HELD, "number")
NUMBER_LINES = Joined(HELD, Concat("pk", Value(" "), "number", output_field=TextField()))
MEMBERSHIPS = Prefetch("memberships", ServiceMember.objects.select_related("service"))


class UserList(ScopedList):
    """List by user."""

    model, feature, page_name = Subscriber, FEATURE, "users"
    related = ("station",)
    table_class = UserTable
    filterset_class = UserFilter
    template_name = "portal/users.html"

    def rows(self, scope: Scope) -> QuerySet:
        return super().rows(scope).annotate(joined_numbers=NUMBERS).prefetch_related("devices")


def subscriber_add(request: HttpRequest) -> HttpResponse:
    """Add somebody who telephones."""
    if (elsewhere := site_first(request)) is not None:
        return elsewhere
    form = UserForm(request.POST or None, scope=request.scope)
    if request.method == "POST" and form.saved():
        text = _("The user %(name)s was added at the site %(site)s.")
        messages.success(request, text % {"name": form.result, "site": form.result.site})
        return redirect(way(request, "users"))
    context = {"form": form, **upwards(request, _("Users"), "users")}
    return render(request, "portal/user_add.html", context)


def subscriber_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Edit somebody who telephones."""
    users = request.scope.of(Subscriber, FEATURE).annotate(number_lines=NUMBER_LINES)
    equipped = users.select_related("site", "station").prefetch_related("devices", MEMBERSHIPS)
    user = get_object_or_404(equipped, pk=pk)
    form = UserEditForm(request.POST or None, target=user, actor=request.user)
    if request.method == "POST" and form.saved():
        say_saved(request, form.result)
        return redirect(way(request, "users"))
    context = {"form": form, "subscriber": user, **upwards(request, _("Users"), "users")}
    context |= {"numbers": numbers_of(user), "services": services_of(user, request)}
    return render(request, "portal/user_edit.html", context)


def numbers_of(user: Any) -> list[PhoneNumber]:
    """The numbers that were read with a user, each with its id: that of its pages."""
    lines = (line.split(" ") for line in lines_of(user.number_lines))
    return [PhoneNumber(pk=int(pk), number=number) for pk, number in lines]


def services_of(user: Subscriber, request: HttpRequest) -> list[tuple[str, str | None]]:
    """The services to which a user belongs, each with its page if the reader may open it."""
    services = [member.service for member in user.memberships.all()]
    return [(service_label(one), page_of(one, request.features)) for one in services]
