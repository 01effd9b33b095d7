"""Which rule opens which URL, typed by hand: the one thing that the matrix cannot work out."""

from permissions.access import Access, Who
from permissions.features import FeatureCode as F


def holding(*features: F) -> Access:
    return Access(Who.SIGNED_IN, frozenset(features))


MANAGED = "list create disable enable reset_password account contact address sites features history"
RULES = {
    Access(Who.PUBLIC): "sign_in privacy set_language theme healthz readyz metrics",
    Access(Who.OWING): "sign_out password_change",
    Access(Who.SIGNED_IN): "home nothing_yet stay close_notice my_account sign_in_details feedback"
    " site_list site site_choose choose_site help help_page",
    holding(F.MANAGE_ADMINISTRATORS): "history history_export "
    + " ".join(f"administrator_{name}" for name in MANAGED.split()),
    holding(F.DASHBOARD): "dashboard",
    holding(F.USER_ASSIGNMENTS): "numbers number_assign number_unassign devices users"
    " quick_user quick_phone device device_add device_remove device_restart device_assign"
    " device_unassign subscriber_add subscriber_edit",
    holding(F.USER_ASSIGNMENTS, F.SERVICES): "service_list",
    holding(F.SERVICES): "services quick_calls service service_add service_edit"
    " service_member_add member_remove",
    holding(F.SIP_TRUNKING): "sip_trunks",
    holding(F.CALL_RECORDING): "recordings recording_policies",
    holding(F.ANALYTICS): "analytics",
    holding(F.REPORTS): "reports",
    holding(F.NOTES): "notes note note_add note_edit",
    holding(F.PROFILE): "profile quick_hours profile_account profile_address profile_main_contact"
    " profile_technical_contact site_hours site_holidays holiday_remove",
    holding(F.ORDERS): "orders order",
}
RULE_OF = {name: access for access, names in RULES.items() for name in names.split()}
