"""The 11 features that can be delegated, and what each opens."""

from django.db.models import TextChoices
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class FeatureCode(TextChoices):
    """The closed list of features. An unknown code raises ValueError, it never means "no"."""

    ANALYTICS = "analytics", _("Analytics")
    CALL_RECORDING = "call_recording", _("Call Recording")
    DASHBOARD = "dashboard", _("Dashboard")
    MANAGE_ADMINISTRATORS = "manage_administrators", _("Manage Admins")
    NOTES = "notes", _("Notes")
    ORDERS = "orders", _("Orders")
    PROFILE = "profile", _("Profile")
    REPORTS = "reports", _("Reports")
    SERVICES = "services", _("Services")
    SIP_TRUNKING = "sip_trunking", _("SIP Trunking")
    USER_ASSIGNMENTS = "user_assignments", _("User Assignments")

    @property
    def opens(self) -> Promise:
        """What the feature opens, in the words of the screen."""
        return OPENS[self]


OPENS: dict[FeatureCode, Promise] = {
    FeatureCode.ANALYTICS: _("Analytics in the left menu"),
    FeatureCode.CALL_RECORDING: _("Call Recording in the left menu"),
    FeatureCode.DASHBOARD: _("The dashboard, the default landing page"),
    FeatureCode.MANAGE_ADMINISTRATORS: _("Manage Admins in the menu of the header bar"),
    FeatureCode.NOTES: _("Notes in the left menu"),
    FeatureCode.ORDERS: _("Orders in the header bar"),
    FeatureCode.PROFILE: _("Company Profile in the header bar, and the opening hours of the sites"),
    FeatureCode.REPORTS: _("Reports in the left menu"),
    FeatureCode.SERVICES: _(
        "Services in the left menu, and Assignments / List by service; the handling of calls"
    ),
    FeatureCode.SIP_TRUNKING: _("SIP Trunking in the left menu"),
    FeatureCode.USER_ASSIGNMENTS: _("Assignments / List by number, by device, by service, by user"),
}
