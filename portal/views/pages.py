"""The landing page."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from portal.navigation import first_page


def home(request: HttpRequest) -> HttpResponse:
    """The dashboard, or the first page that the reader may open."""
    return redirect(first_page(request))


def nothing_yet(request: HttpRequest) -> HttpResponse:
    """For those who may open nothing: whom to ask. Anybody else goes on to their first page."""
    if first_page(request) != "nothing_yet":
        return redirect("home")
    return render(request, "portal/nothing_yet.html")
