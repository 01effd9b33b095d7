"""The pages that the features open, with the words that say what each is for."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from permissions.features import FeatureCode as F


@dataclass(frozen=True)
class FeaturePage:
    """A page behind one of `features`; `name` is its URL name, `icon` its sign in the menu."""

    name: str
    path: str
    label: Promise
    icon: str
    purpose: Promise
    features: tuple[F, ...]
    left: bool = True


PAGES = (
    FeaturePage(
        "dashboard", "dashboard/", _("Dashboard"), "layout-dashboard",
        _("Quick start, orders and inventory, and call activity of your sites."),
        (F.DASHBOARD,),
    ),
    FeaturePage(
        "numbers", "assignments/numbers/", _("Numbers"), "hash",
        _("List by number: each phone number, its site and to whom it is assigned."),
        (F.USER_ASSIGNMENTS,),
    ),
    FeaturePage(
        "devices", "assignments/devices/", _("Devices"), "phone",
        _("List by device: each phone, its model, its lines and its registration."),
        (F.USER_ASSIGNMENTS,),
    ),
    FeaturePage(
        "users", "assignments/users/", _("Users"), "users",
        _("List by user: each person with their number, extension and device."),
        (F.USER_ASSIGNMENTS,),
    ),
    FeaturePage(
        "service_list", "assignments/services/", _("List by service"), "list-checks",
        _("List by service: what each service is assigned to."),
        (F.USER_ASSIGNMENTS, F.SERVICES),
    ),
    FeaturePage(
        "services", "services/", _("Advanced Services"), "sliders-horizontal",
        _("Hunt groups, call centers, auto attendants, schedules and other services."),
        (F.SERVICES,),
    ),
    FeaturePage(
        "sip_trunks", "sip-trunks/", _("SIP Trunking"), "cable",
        _("Trunks by site: capacity, numbers, registration and use."),
        (F.SIP_TRUNKING,),
    ),
    FeaturePage(
        "recordings", "recordings/", _("Call Recording"), "mic",
        _("Recorded calls by site, date, number and length."),
        (F.CALL_RECORDING,),
    ),
    FeaturePage(
        "analytics", "analytics/", _("Analytics"), "chart-column",
        _("Calls by hour, day and site, answered and missed."),
        (F.ANALYTICS,),
    ),
    FeaturePage(
        "reports", "reports/", _("Reports"), "file-text",
        _("Inventory, assignments, call volumes and rights, to read and to export."),
        (F.REPORTS,),
    ),
    FeaturePage(
        "notes", "notes/", _("Notes"), "sticky-note",
        _("Notes on your sites, with author, date and history."),
        (F.NOTES,),
    ),
    FeaturePage(
        "profile", "profile/", _("Profile"), "building-2",
        _("The enterprise’s account, address and contacts."),
        (F.PROFILE,),
    ),
    FeaturePage(
        "orders", "orders/", _("Orders"), "shopping-cart",
        _("Current orders, their sites and the steps they went through."),
        (F.ORDERS,),
        left=False,
    ),
)  # fmt: skip

BY_NAME = {page.name: page for page in PAGES}
