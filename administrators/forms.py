"""The forms by which administrators are created and edited."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django_countries.fields import CountryField
from phonenumber_field.formfields import PhoneNumberField
from phonenumber_field.phonenumber import PhoneNumber

from administrators import services
from administrators.grant_forms import FeatureField, SitesForm, feature_choices
from administrators.models import Administrator
from administrators.pickers import SitePicker
from administrators.usernames import canonical_username, username_validator
from administrators.writing import ADDRESS, CONTACT
from permissions import rules
from permissions.forms import ActForm, DetailsForm, LineField, MailField, VersionedForm


def no_extension(number: PhoneNumber) -> None:
    """An extension is not stored, so it is refused rather than dropped without a word."""
    if number.is_valid() and number.extension:
        raise ValidationError("", code="invalid")


def phone_field(label: Any) -> PhoneNumberField:
    """A phone number without extension; without a prefix it is French."""
    message = _("Enter a phone number such as 01 23 45 67 89, or +32 2 555 12 12 abroad.")
    wrong = {"invalid": message}
    return PhoneNumberField(
        label=label, required=False, error_messages=wrong, validators=[no_extension]
    )


class UsernameFields(forms.Form):
    """A username in its one spelling."""

    username = LineField(
        label=_("Username"),
        max_length=64,
        help_text=_("Letters without accents, digits, dots, hyphens and underscores."),
        widget=forms.TextInput(attrs={"autocapitalize": "none", "autocomplete": "off"}),
    )

    def clean_username(self) -> str:
        username = canonical_username(self.cleaned_data["username"])
        username_validator(username)
        return username


class ContactFields(forms.Form):
    """The primary contact, as in the source document."""

    first_name = LineField(label=_("First Name"), max_length=100)
    middle_name = LineField(label=_("Middle Name"), max_length=100, required=False)
    last_name = LineField(label=_("Last Name"), max_length=100)
    email = MailField(label=_("Email"), max_length=254)
    work_phone = phone_field(_("Work Phone"))
    fax_number = phone_field(_("Fax Number"))
    mobile_number = phone_field(_("Mobile Number"))
    home_phone = phone_field(_("Home Phone"))


class AddressFields(forms.Form):
    """A street or postal address."""

    street = LineField(label=_("Street and number"), max_length=200, required=False)
    street_extra = LineField(label=_("Additional address"), max_length=200, required=False)
    postal_code = LineField(label=_("Postal code"), max_length=12, required=False)
    city = LineField(label=_("City"), max_length=100, required=False)
    country = CountryField(blank=True, blank_label=_("Choose a country")).formfield(
        label=_("Country"), initial="FR"
    )


class PersonForm(DetailsForm):
    """A part of what is known of somebody below the reader."""

    def write(self, changes: dict[str, Any], version: int) -> list[str]:
        return services.update_details(self.target, changes, by=self.actor, version=version)


class AccountForm(PersonForm, UsernameFields):
    names = ("username",)


class ContactForm(PersonForm, ContactFields):
    names = CONTACT


class AddressForm(PersonForm, AddressFields):
    names = ADDRESS


class CreateForm(ActForm, UsernameFields, ContactFields, AddressFields):
    """Username, contact, address, sites and features of a new child, in one flow."""

    field_order = ("username",)
    all_sites = SitesForm.base_fields["all_sites"]
    features = FeatureField(label=_("Feature Permissions"), required=False)

    def __init__(self, *args: Any, actor: Administrator, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.actor = actor
        self.picker = SitePicker.for_new_child(actor, data=self.data)
        self.fields["features"].choices = feature_choices(rules.held_features(actor))
        if not actor.all_sites and "all_sites" not in self.data:
            del self.fields["all_sites"]

    def save(self) -> Administrator:
        every = self.cleaned_data.get("all_sites", False)
        return services.create_administrator(
            details={name: self.cleaned_data[name] for name in ("username", *CONTACT, *ADDRESS)},
            sites=() if every else self.picker.added,
            all_sites=every,
            features=self.cleaned_data["features"],
            by=self.actor,
        )


class ConfirmForm(VersionedForm):
    """The page before an act: it acts on the version that it spoke of."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)


def whom(question: Promise, together: Promise) -> forms.TypedChoiceField:
    """The person alone, unless somebody chooses others `together` with them."""
    return forms.TypedChoiceField(
        label=question,
        coerce=lambda value: value == "branch",
        choices=[("person", _("Only this person")), ("branch", together)],
        widget=forms.RadioSelect,
        initial="person",
    )


class DisableForm(ConfirmForm):
    """Disable one person, or the whole branch."""

    branch = whom(_("Who is to be disabled?"), _("The whole branch"))

    def save(self) -> int:
        wanted = {"branch": self.cleaned_data["branch"], "version": self.cleaned_data["version"]}
        return services.disable(self.target, by=self.actor, **wanted)


class EnableForm(ConfirmForm):
    """Let somebody sign in again, or with them those whom the same act disabled."""

    branch = whom(_("Who is to be enabled?"), _("This person and those disabled at the same time"))

    def save(self) -> int:
        wanted = {"branch": self.cleaned_data["branch"], "version": self.cleaned_data["version"]}
        return services.enable(self.target, by=self.actor, **wanted)


class ResetForm(ConfirmForm):
    """Have a temporary password mailed to somebody."""

    def save(self) -> None:
        services.reset_password(self.target, by=self.actor, version=self.cleaned_data["version"])
