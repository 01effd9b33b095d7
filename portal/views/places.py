"""The sites that one holds."""

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from administrators.models import Administrator
from permissions import rules
from permissions.features import FeatureCode
from portal.frame import frame_for
from portal.site_blocks import blocks_of, with_schedule
from portal.tables.places import SiteChoiceTable, SiteTable
from portal.views.choosing import purpose
from portal.views.scoped import ExportedTable
from sites.filters import SearchFilter
from sites.lists import ListPage, SortedWithin
from sites.models import Site
from sites.redirects import is_ours

SHOWN = 50


class HeldSites(SortedWithin, ListPage):
    """The sites held by the reader."""

    filterset_class = SearchFilter

    def get_queryset(self) -> QuerySet[Site]:
        return rules.held_sites(self.request.user)


class SiteList(ExportedTable, HeldSites):
    """The same, to read and to take away."""

    table_class = SiteTable
    template_name = "portal/site_list.html"
    file_title, audited_as = _("Sites"), "sites"


class SiteChoice(HeldSites):
    """The site to which every page is narrowed, or all of them."""

    table_class = SiteChoiceTable
    template_name = "portal/site_choose.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        target = self.request.GET.get("next", "")
        target = target if is_ours(self.request, target) else reverse("home")
        context = {"next": target, **purpose(self.request, target)}
        return super().get_context_data(**kwargs) | context


def site(request: HttpRequest, pk: int) -> HttpResponse:
    """A site held: address, contact, what stands there, and which descendants hold it too."""
    scope = request.scope.everywhere()
    held = get_object_or_404(with_schedule(scope.sites(), scope), pk=pk)
    manages = FeatureCode.MANAGE_ADMINISTRATORS in request.features
    holders = Administrator.objects.below(request.user).holding_site(held) if manages else None
    context: dict[str, Any] = {"site": held, "manages": manages}
    if holders is not None:
        context["holders"] = holders[:SHOWN]
    assigns = FeatureCode.USER_ASSIGNMENTS in request.features
    context["opens_people"] = assigns and request.scope.site in {None, held.pk}
    blocks = blocks_of(held, scope, frame_for(request))
    return render(request, "portal/site.html", context | blocks)
