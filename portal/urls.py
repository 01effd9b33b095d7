"""All routes. Each names the rule that opens it (permissions/access.py)."""

from functools import partial
from typing import Any

from django.contrib import admin
from django.urls import include, path

from permissions.access import opened_by, public, signed_in
from permissions.features import FeatureCode
from portal.pages import PAGES, FeaturePage
from portal.views import choices, help, numbers, pages, places

# The pages that are more than a list of the sites that they cover.
VIEWS = {
    "numbers": numbers.NumberList.as_view(),
}
assigning = opened_by(FeatureCode.USER_ASSIGNMENTS)


def feature_view(page: FeaturePage) -> Any:
    """The view of a page of the menu, behind the features of that page."""
    plain = partial(pages.feature_page, page=page)
    return opened_by(*page.features)(VIEWS.get(page.name, plain))


urlpatterns = [
    path("", signed_in(pages.home), name="home"),
    path("welcome/", signed_in(pages.nothing_yet), name="nothing_yet"),
    path("", include("administrators.urls")),
    *(path(page.path, feature_view(page), name=page.name) for page in PAGES),
    path(
        "assignments/numbers/<int:pk>/assign/",
        assigning(numbers.NumberAssign.as_view()),
        name="number_assign",
    ),
    path(
        "assignments/numbers/<int:pk>/unassign/",
        assigning(numbers.number_unassign),
        name="number_unassign",
    ),
    path("sites/", signed_in(places.SiteList.as_view()), name="site_list"),
    path("sites/choose/", signed_in(places.SiteChoice.as_view()), name="site_choose"),
    path("sites/chosen/", signed_in(choices.choose_site), name="choose_site"),
    path("sites/<int:pk>/", signed_in(places.site), name="site"),
    path("documentation/", signed_in(help.index), name="help"),
    path("documentation/<slug:slug>/", signed_in(help.page), name="help_page"),
    path("privacy/", public(help.privacy), name="privacy"),
    path("language/", public(choices.set_language), name="set_language"),
    path("theme/", public(choices.theme), name="theme"),
    path("admin/", admin.site.urls),
]

handler400 = "portal.views.errors.bad_request"
handler404 = "portal.views.errors.page_not_found"
handler500 = "portal.views.errors.server_error"
