"""The parts of an enterprise's profile, each saved by itself."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from administrators.forms import AddressFields, phone_field
from permissions.forms import DetailsForm, LineField, MailField
from permissions.places import ADDRESS
from portal.acts.profile import MAIN_CONTACT, TECHNICAL_CONTACT, edit_profile


def email_field() -> MailField:
    """An email address, which may be left out."""
    return MailField(label=_("Email"), max_length=254, required=False)


class ProfileForm(DetailsForm):
    """A part of the profile."""

    def write(self, changes: dict[str, Any], version: int) -> list[str]:
        return edit_profile(self.target, changes, by=self.actor, version=version)


class ProfileAccountForm(ProfileForm):
    """The name of the enterprise; the rest of the account is only shown."""

    names = ("name",)
    name = LineField(label=_("Name"), max_length=200)


class ProfileAddressForm(ProfileForm, AddressFields):
    """The address of the enterprise."""

    names = ADDRESS


class MainContactForm(ProfileForm):
    """Whom to ask about the contract."""

    names = MAIN_CONTACT
    main_contact_name = LineField(label=_("Name"), max_length=200, required=False)
    main_contact_email = email_field()
    main_contact_phone = phone_field(_("Phone"))


class TechnicalContactForm(ProfileForm):
    """Whom to ask about the equipment."""

    names = TECHNICAL_CONTACT
    technical_contact_name = LineField(label=_("Name"), max_length=200, required=False)
    technical_contact_email = email_field()
    technical_contact_phone = phone_field(_("Phone"))
