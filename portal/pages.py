"""The pages that the features open."""

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
    features: tuple[F, ...]
    left: bool = True


PAGES = (
    FeaturePage(
        "dashboard", "dashboard/", _("Dashboard"), "layout-dashboard", (F.DASHBOARD,),
    ),
    FeaturePage(
        "numbers", "assignments/numbers/", _("Numbers"), "hash", (F.USER_ASSIGNMENTS,),
    ),
    FeaturePage(
        "devices", "assignments/devices/", _("Devices"), "phone", (F.USER_ASSIGNMENTS,),
    ),
    FeaturePage(
        "users", "assignments/users/", _("Users"), "users", (F.USER_ASSIGNMENTS,),
    ),
    FeaturePage(
        "service_list", "assignments/services/", _("List by service"), "list-checks",
        (F.USER_ASSIGNMENTS, F.SERVICES),
    ),
    FeaturePage(
        "services", "services/", _("Advanced Services"), "sliders-horizontal", (F.SERVICES,),
    ),
    FeaturePage(
        "sip_trunks", "sip-trunks/", _("SIP Trunking"), "cable", (F.SIP_TRUNKING,),
    ),
    FeaturePage(
        "recordings", "recordings/", _("Call Recording"), "mic", (F.CALL_RECORDING,),
    ),
    FeaturePage(
        "analytics", "analytics/", _("Analytics"), "chart-column", (F.ANALYTICS,),
    ),
    FeaturePage(
        "reports", "reports/", _("Reports"), "file-text", (F.REPORTS,),
    ),
    FeaturePage(
        "notes", "notes/", _("Notes"), "sticky-note", (F.NOTES,),
    ),
    FeaturePage(
        "profile", "profile/", _("Profile"), "building-2", (F.PROFILE,),
    ),
    FeaturePage(
        "orders", "orders/", _("Orders"), "shopping-cart", (F.ORDERS,),
        left=False,
    ),
)  # fmt: skip

BY_NAME = {page.name: page for page in PAGES}
