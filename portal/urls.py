"""All routes. Each names the rule that opens it (permissions/access.py)."""

from functools import partial

from django.contrib import admin
from django.urls import include, path

from permissions.access import opened_by, public, signed_in
from portal.pages import PAGES
from portal.views import choices, help, pages, places

urlpatterns = [
    path("", signed_in(pages.home), name="home"),
    path("welcome/", signed_in(pages.nothing_yet), name="nothing_yet"),
    path("", include("administrators.urls")),
    *(
        path(
            page.path,
            opened_by(*page.features)(partial(pages.feature_page, page=page)),
            name=page.name,
        )
        for page in PAGES
    ),
    path("sites/", signed_in(places.SiteList.as_view()), name="site_list"),
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
