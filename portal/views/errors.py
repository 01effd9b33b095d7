"""Own pages for what goes wrong."""

import sys

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from permissions.features import FeatureCode

LOST = (InterfaceError, OperationalError)


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Something that no page of ours sends. The body is not read again: it may be the fault.

    Django says the same of a session that could not be saved because the database was lost.
    """
    if _database_lost(exception):
        return _unavailable()
    return HttpResponse(render_to_string("400.html"), status=400)


def permission_denied(request: HttpRequest, exception: Exception) -> HttpResponse:
    """In scope, but without the feature, which is named (rule 5)."""
    match = request.resolver_match
    access = getattr(match.func, "access", None) if match else None
    opening = access.features if access else ()
    names = [_("“%(name)s”") % {"name": code.label} for code in FeatureCode if code in opening]
    return render(request, "403.html", {"needed": _(" or ").join(names)}, status=403)


def page_not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Missing, or out of scope: the very same answer (rule 5)."""
    return render(request, "404.html", status=404)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form that was open too long, or came from elsewhere."""
    return render(request, "403_csrf.html", status=403)


def server_error(request: HttpRequest) -> HttpResponse:
    """A lost database is said as such: nothing was saved, and trying again will work."""
    if _database_lost(sys.exc_info()[1]):
        return _unavailable()
    return HttpResponse(render_to_string("500.html"), status=500)


def _database_lost(error: BaseException | None) -> bool:
    """Whether that is what happened first, whatever became of it on the way."""
    while error is not None and not isinstance(error, LOST):
        error = error.__context__
    return error is not None


def _unavailable() -> HttpResponse:
    body = render_to_string("503.html")
    return HttpResponse(body, status=503, headers={"Retry-After": "10"})
