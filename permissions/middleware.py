"""Access decided in one place, for every view, before it runs (rule 5)."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.deprecation import MiddlewareMixin

from permissions import audit, rules
from permissions.access import Access, Who
from permissions.models import Act
from sites.text import printable

STAFF = Access(Who.STAFF)


class AccessMiddleware(MiddlewareMixin):
    """Refuses what the view's rule does not allow, and writes refused attempts to the audit.

    Sets `request.features`, read afresh at each request: permissions are never cached.
    """

    def process_view(
        self, request: HttpRequest, view: Any, args: Any, kwargs: Any
    ) -> HttpResponse | None:
        user = request.user
        request.features = frozenset()  # type: ignore[attr-defined]
        access = _access(request, view)
        if user.is_authenticated and user.must_change_password:
            return None if access.who is Who.OWING else _password_first(request)
        if not user.is_authenticated:
            return None
        request.features = rules.features_read_with(user)  # type: ignore[attr-defined]
        if access.who is Who.STAFF and not user.is_superuser:
            raise Http404  # the very same answer as for what does not exist, menus included
        if access.features and not access.features & request.features:  # type: ignore[attr-defined]
            raise PermissionDenied
        return None

    def process_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        user = getattr(request, "user", None)
        refused = response.status_code in {403, 404} and request.method == "POST"
        if refused and user is not None and user.is_authenticated:
            _record_refusal(request, response)
        return response


def _password_first(request: HttpRequest) -> HttpResponse:
    """To the page that changes a temporary password (rule 10)."""
    response = redirect("password_change")
    if request.method == "POST":
        _record_refusal(request, response)
    return response


def _record_refusal(request: HttpRequest, response: HttpResponse) -> None:
    reason = f"{response.status_code} {printable(request.path)}"[:200]
    audit.record(Act.REFUSED, by=request.user, item=reason)


def _access(request: HttpRequest, view: Any) -> Access:
    """The declared rule; everything under the Django admin is for carrier staff alone."""
    match = request.resolver_match
    if match is not None and match.app_name == "admin":
        return STAFF
    access = getattr(view, "access", None)
    if access is None:
        raise PermissionDenied
    return access
