"""All routes. Each names the rule that opens it (permissions/access.py)."""

from functools import partial
from typing import Any

from django.contrib import admin
from django.urls import include, path

from permissions.access import opened_by, public, signed_in
from permissions.features import FeatureCode
from portal.pages import PAGES, FeaturePage
from portal.views import (
    analytics,
    choices,
    dashboard,
    devices,
    help,
    hours,
    notes,
    numbers,
    orders,
    pages,
    places,
    probes,
    profile,
    quick,
    recordings,
    services,
    trunks,
    users,
)

# What each page of the menu is.
VIEWS = {
    "analytics": analytics.analytics,
    "dashboard": dashboard.dashboard,
    "reports": analytics.ReportList.as_view(),
    "numbers": numbers.NumberList.as_view(),
    "notes": notes.NoteList.as_view(),
    "orders": orders.OrderList.as_view(),
    "profile": profile.profile,
    "recordings": recordings.RecordingList.as_view(),
    "devices": devices.DeviceList.as_view(),
    "users": users.UserList.as_view(),
    "service_list": services.AssignmentList.as_view(),
    "services": services.ServiceList.as_view(),
    "sip_trunks": trunks.TrunkList.as_view(),
}
assigning = opened_by(FeatureCode.USER_ASSIGNMENTS)
serving = opened_by(FeatureCode.SERVICES)
DEVICE = "assignments/devices/<int:pk>"


def feature_view(page: FeaturePage) -> Any:
    """The view of a page of the menu, behind the features of that page."""
    return opened_by(*page.features)(VIEWS[page.name])


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
    path("assignments/devices/add/", assigning(devices.device_add), name="device_add"),
    path(f"{DEVICE}/", assigning(devices.device), name="device"),
    path(f"{DEVICE}/remove/", assigning(devices.device_remove), name="device_remove"),
    path(f"{DEVICE}/restart/", assigning(devices.device_restart), name="device_restart"),
    path(f"{DEVICE}/assign/", assigning(devices.DeviceAssign.as_view()), name="device_assign"),
    path(f"{DEVICE}/unassign/", assigning(devices.device_unassign), name="device_unassign"),
    path("assignments/users/add/", assigning(users.subscriber_add), name="subscriber_add"),
    path("assignments/users/<int:pk>/", assigning(users.subscriber_edit), name="subscriber_edit"),
    path("services/add/", serving(services.service_add), name="service_add"),
    path("services/<int:pk>/", serving(services.service), name="service"),
    path("services/<int:pk>/edit/", serving(services.service_edit), name="service_edit"),
    path(
        "services/<int:pk>/members/add/",
        serving(services.ServiceMemberAdd.as_view()),
        name="service_member_add",
    ),
    path(
        "services/members/<int:pk>/remove/",
        serving(services.member_remove),
        name="member_remove",
    ),
    path("quick/user/", assigning(quick.quick_user), name="quick_user"),
    path("quick/phone/", assigning(quick.quick_phone), name="quick_phone"),
    path("quick/calls/", opened_by(FeatureCode.SERVICES)(quick.quick_calls), name="quick_calls"),
    path("quick/hours/", opened_by(FeatureCode.PROFILE)(quick.quick_hours), name="quick_hours"),
    path("notes/add/", opened_by(FeatureCode.NOTES)(notes.note_add), name="note_add"),
    path("notes/<int:pk>/", opened_by(FeatureCode.NOTES)(notes.note), name="note"),
    path("notes/<int:pk>/edit/", opened_by(FeatureCode.NOTES)(notes.note_edit), name="note_edit"),
    path("orders/<int:pk>/", opened_by(FeatureCode.ORDERS)(orders.order), name="order"),
    *(
        path(
            f"profile/{section.replace('_', '-')}/",
            opened_by(FeatureCode.PROFILE)(partial(profile.profile, section=section)),
            name=f"profile_{section}",
        )
        for section in profile.SECTIONS
    ),
    path(
        "recordings/users/",
        opened_by(FeatureCode.CALL_RECORDING)(recordings.PolicyList.as_view()),
        name="recording_policies",
    ),
    path("sites/", signed_in(places.SiteList.as_view()), name="site_list"),
    path("sites/choose/", signed_in(places.SiteChoice.as_view()), name="site_choose"),
    path("sites/chosen/", signed_in(choices.choose_site), name="choose_site"),
    path("sites/<int:pk>/", signed_in(places.site), name="site"),
    path("sites/<int:pk>/hours/", opened_by(FeatureCode.PROFILE)(hours.hours), name="site_hours"),
    path(
        "sites/<int:pk>/holidays/",
        opened_by(FeatureCode.PROFILE)(hours.holidays),
        name="site_holidays",
    ),
    path(
        "holidays/<int:pk>/remove/",
        opened_by(FeatureCode.PROFILE)(hours.holiday_remove),
        name="holiday_remove",
    ),
    path("documentation/", signed_in(help.index), name="help"),
    path("documentation/<slug:slug>/", signed_in(help.page), name="help_page"),
    path("privacy/", public(help.privacy), name="privacy"),
    path("language/", public(choices.set_language), name="set_language"),
    path("theme/", public(choices.theme), name="theme"),
    *(path(name[1:], public(probe), name=name[1:]) for name, probe in probes.PROBES.items()),
    path("admin/", admin.site.urls),
]

handler400 = "portal.views.errors.bad_request"
handler403 = "portal.views.errors.permission_denied"
handler404 = "portal.views.errors.page_not_found"
handler500 = "portal.views.errors.server_error"
