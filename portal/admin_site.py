"""The Django admin of the carrier's staff, entered by the portal's own sign-in."""

from typing import Any

from django.contrib.admin import AdminSite
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _

from administrators.views.sign_in import sign_out
from portal.views import importing


class CarrierAdminSite(AdminSite):
    """For superusers only (rule 13); lockout and temporary passwords hold here too."""

    site_header = site_title = _("Carrier administration")
    index_title = _("Enterprises, sites and administrators")
    index_template = "admin/carrier_index.html"

    def get_urls(self) -> list[Any]:
        page = self.admin_view(importing.import_page)
        example = self.admin_view(importing.example_file)
        return [
            path("import/", page, name="import"),
            path("import/<str:kind>.csv", example, name="import_example"),
            *super().get_urls(),
        ]

    def has_permission(self, request: HttpRequest) -> bool:
        user = request.user
        return user.is_active and user.is_superuser and not user.must_change_password

    @login_not_required
    def login(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        target = {"next": request.GET.get("next") or reverse("admin:index")}
        return redirect(f"{reverse('sign_in')}?{urlencode(target)}")

    def logout(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        return sign_out(request)

    def password_change(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        return redirect("password_change")
