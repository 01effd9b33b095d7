"""Which rule opens which URL, typed by hand: the one thing that the matrix cannot work out."""

from permissions.access import Access, Who
from permissions.features import FeatureCode as F


def holding(*features: F) -> Access:
    return Access(Who.SIGNED_IN, frozenset(features))


MANAGED = "list create disable enable reset_password account contact address sites features history"
RULES = {
    Access(Who.PUBLIC): "sign_in privacy set_language theme",
    Access(Who.OWING): "sign_out password_change",
    Access(Who.SIGNED_IN): "home nothing_yet close_notice my_account sign_in_details feedback"
    " site_list site help help_page",
    holding(F.MANAGE_ADMINISTRATORS): "history history_export "
    + " ".join(f"administrator_{name}" for name in MANAGED.split()),
    holding(F.DASHBOARD): "dashboard",
    holding(F.USER_ASSIGNMENTS): "numbers devices users",
    holding(F.USER_ASSIGNMENTS, F.SERVICES): "service_list",
    holding(F.SERVICES): "services",
    holding(F.SIP_TRUNKING): "sip_trunks",
    holding(F.CALL_RECORDING): "recordings",
    holding(F.ANALYTICS): "analytics",
    holding(F.REPORTS): "reports",
    holding(F.NOTES): "notes",
    holding(F.PROFILE): "profile",
    holding(F.ORDERS): "orders",
}
RULE_OF = {name: access for access, names in RULES.items() for name in names.split()}
