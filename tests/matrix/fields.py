"""Every field that somebody can send, and the act or the reading that it feeds.

Typed by hand, so that a new field is a decision: test_fields.py compares it with the code.
"""

CONTACT = "first_name middle_name last_name email work_phone fax_number mobile_number home_phone"
ADDRESS = "street street_extra postal_code city country"
PLACE_ADDRESS = "street street_extra postal_code city country"
SERVICES, OWN = "administrators.services", "administrators.own"
DELEGATION, PLACES = "permissions.delegation", "permissions.places"

# form: (the act that it feeds, its fields)
FORMS = {
    "AccountForm": (f"{SERVICES}.update_details", "version username"),
    "ContactForm": (f"{SERVICES}.update_details", f"version {CONTACT}"),
    "AddressForm": (f"{SERVICES}.update_details", f"version {ADDRESS}"),
    "FeaturesForm": (f"{DELEGATION}.change_features", "version confirmed announced features shown"),
    "SitesForm": (f"{DELEGATION}.change_sites", "version confirmed announced all_sites"),
    "CreateForm": (
        f"{SERVICES}.create_administrator",
        f"username {CONTACT} {ADDRESS} all_sites features",
    ),
    "DisableForm": (f"{SERVICES}.disable", "version branch"),
    "EnableForm": (f"{SERVICES}.enable", "version branch"),
    "ResetForm": (f"{SERVICES}.reset_password", "version"),
    "OwnDetailsForm": (f"{OWN}.update_own_details", f"version {CONTACT} {ADDRESS}"),
    "OwnPasswordForm": (f"{OWN}.change_own_password", "old_password new_password1 new_password2"),
    "FeedbackForm": (f"{OWN}.send_feedback", "text"),
    "QuickUserForm": (
        "portal.acts.quick.set_up_user",
        "first_name last_name email user_id extension station number device services",
    ),
    "QuickPhoneForm": ("portal.acts.quick.add_phone", "name mac model station number"),
    "HandlingForm": (
        "portal.acts.quick.set_call_handling",
        "version action subscriber service forward_to",
    ),
    "DeviceForm": ("portal.acts.devices.add_device", "site mac model name"),
    "UserForm": (
        "portal.acts.users.add_user",
        "site first_name last_name email user_id extension",
    ),
    "UserEditForm": (
        "portal.acts.users.edit_user",
        "version first_name last_name email user_id extension",
    ),
    "ServiceForm": ("portal.acts.services.add_service", "site kind name extension"),
    "ServiceEditForm": ("portal.acts.services.edit_service", "version name extension is_active"),
    "SignInForm": ("django.contrib.auth.authenticate", "username password"),
    "NoteForm": ("portal.acts.notes.add_note", "site text"),
    "NoteEditForm": ("portal.acts.notes.edit_note", "version text"),
    "ProfileAccountForm": ("portal.acts.profile.edit_profile", "version name"),
    "ProfileAddressForm": ("portal.acts.profile.edit_profile", f"version {ADDRESS}"),
    "MainContactForm": (
        "portal.acts.profile.edit_profile",
        "version main_contact_name main_contact_email main_contact_phone",
    ),
    "TechnicalContactForm": (
        "portal.acts.profile.edit_profile",
        "version technical_contact_name technical_contact_email technical_contact_phone",
    ),
    "HoursForm": (
        "portal.acts.hours.set_hours",
        "version monday tuesday wednesday thursday friday saturday sunday",
    ),
    "HolidayForm": ("portal.acts.hours.add_holiday", "day name"),
    "ImportForm": ("portal.imports.writing.import_file", "kind enterprise file"),
    "RootForm": (
        f"{SERVICES}.create_root",
        f"enterprise username {CONTACT} {ADDRESS} features",
    ),
    "AdministratorForm": (f"{SERVICES}.update_details", f"version username {CONTACT} {ADDRESS}"),
    "RootChangeForm": (
        f"{SERVICES}.update_root",
        f"version confirmed announced username {CONTACT} {ADDRESS} features",
    ),
}
# What several forms are made of: no act of their own.
PARTS = {
    "ActForm": "",
    "ActModelForm": "",
    "ShownForm": "",
    "PeriodForm": "",
    "VersionedForm": "version",
    "ConfirmForm": "version",
    "DetailsForm": "version",
    "PersonForm": "version",
    "TakingForm": "version confirmed announced",
    "TakingFeatures": "version confirmed announced",
    "UsernameFields": "username",
    "ContactFields": CONTACT,
    "AddressFields": ADDRESS,
    "PlaceForm": "name",
    "NoteText": "text",
    "AtSiteForm": "site",
    "UserFields": "first_name last_name email user_id extension",
    "ServiceFields": "name extension",
    "ProfileForm": "version",
    "EnterpriseForm": "name",
    "SiteForm": "name",
    "DeviceModelForm": "",
}
# The forms that the Django admin builds of a model: to add, then to change.
CARRIER = {
    "Enterprise": (f"name is_active {PLACE_ADDRESS}", f"name is_active {PLACE_ADDRESS}"),
    "Site": (
        f"enterprise name is_open contact_name contact_email phone {PLACE_ADDRESS}",
        f"name is_open contact_name contact_email phone {PLACE_ADDRESS}",
    ),
    "Administrator": (
        f"enterprise username {CONTACT} {ADDRESS} features",
        f"version username {CONTACT} {ADDRESS}",
    ),
    "DeviceModel": ("is_approved", "is_approved"),
}
# How lists are narrowed: they only read.
FILTERS = {
    "BaseFilter": "",
    "SearchFilter": "q",
    "NumberFilter": "q kind status use",
    "DeviceFilter": "q status model use",
    "UserFilter": "q number",
    "ServiceFilter": "q kind active",
    "OrderFilter": "q status",
    "NoteFilter": "q since until edited",
    "RecordingFilter": "q since until",
    "NameFilter": "q",
    "PolicyFilter": "q policy",
    "TrunkFilter": "q registration",
    "AdministratorFilter": "q state parent site feature",
    "HistoryFilter": "person act since until site feature",
}
# Read from a request without a form, and for what.
BY_HAND = {
    "language": "own.choose_language",
    "theme": "a cookie",
    "period": "how far back the charts go",
    "report": "which report",
    "next": "where to go back to, on this portal only",
    "from": "where a page leads back to, that a shortcut chose a site: a word, never an address",
    "list": "the list to go back to",
    "q": "words of an empty list",
    "export": "the list as a file",
    "kind": "what a number can be assigned to, the chosen type of service, or of file",
    "enterprise": "whose file was imported, to choose it again",
    "model_name": "whether an enterprise is looked for to have a root",
    "_addanother": "whether another site is added next",
    "import": "whether the file is imported, not only tried",
    "site": "choices.choose_site",
    "at": "the site of a quick start, which must still be the chosen one",
    "parent": "the one parent of many whom the filter offers",
    "to": "assignments.assign, devices.assign_device and services.add_member",
    "holder": "assignments.unassign, devices.take_back_device and devices.remove_device",
    "username": "the name that failed to sign in",
    "confirmed": "whether a warning was read",
    "all_sites": "whether the act is asked, and refuses, though the page does not offer it",
    "picker-added": "delegation.change_sites",
    "picker-removed": "delegation.change_sites",
    "picker-was": "delegation.change_sites",
    "picker-tick": "delegation.change_sites",
    "picker-q": "the search of the picker",
    "picker-only": "the page of the picker",
    "picker-page": "the page of the picker",
    "picker-go": "the button of the picker",
}
# Stand in a page and are read by a form, a filter, a table or Django itself.
IN_PAGES = {"save", "sort", "per_page", "page", "branch", "version", "action", "_selected_action"}
IN_PAGES |= {"since", "until", "enterprise_name"}  # filters of the carrier's lists
