"""The landing page, and the pages that features open."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django_tables2 import RequestConfig

from permissions import rules
from portal.navigation import first_page
from portal.pages import FeaturePage
from portal.tables.places import SiteTable
from sites.paging import OfferedPaginator


def home(request: HttpRequest) -> HttpResponse:
    """The dashboard, or the first page that the reader may open."""
    return redirect(first_page(request))


def nothing_yet(request: HttpRequest) -> HttpResponse:
    """For those who may open nothing: whom to ask. Anybody else goes on to their first page."""
    if first_page(request) != "nothing_yet":
        return redirect("home")
    return render(request, "portal/nothing_yet.html", {"parent": request.user.parent})


def feature_page(request: HttpRequest, page: FeaturePage) -> HttpResponse:
    """What the feature is for, and the sites that it covers for the reader."""
    sites = rules.held_sites(request.user)
    table = SiteTable(sites, empty_text=_("No site has been given to you yet."))
    paginate = {"paginator_class": OfferedPaginator, "per_page": 10}
    RequestConfig(request, paginate=paginate).configure(table)
    template = "portal/profile.html" if page.name == "profile" else "portal/feature.html"
    return render(request, template, {"page": page, "table": table})
