"""The sites that one holds."""

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from administrators.models import Administrator
from permissions import rules
from permissions.features import FeatureCode
from portal.filters import SiteFilter
from portal.tables import SiteTable
from sites.lists import ListPage
from sites.models import Site

SHOWN = 50


class SiteList(ListPage):
    """The sites held by the reader."""

    table_class = SiteTable
    filterset_class = SiteFilter
    template_name = "portal/site_list.html"

    def get_queryset(self) -> QuerySet[Site]:
        return rules.held_sites(self.request.user)


def site(request: HttpRequest, pk: int) -> HttpResponse:
    """Address and contact of a site held, and which of the reader's descendants hold it."""
    held = get_object_or_404(rules.held_sites(request.user), pk=pk)
    context: dict[str, Any] = {"site": held}
    if FeatureCode.MANAGE_ADMINISTRATORS in request.features:
        holders = Administrator.objects.below(request.user).holding_site(held)
        context |= {"manages": True, "holders": holders[:SHOWN], "holder_count": holders.count()}
    return render(request, "portal/site.html", context)
