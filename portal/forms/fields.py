"""Fields that several forms of the inventory share."""

from typing import Any

from django import forms
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _

from permissions.forms import LineField, MailField
from sites.models import DeviceModel, Service, Subscriber
from sites.models.inventory import EXTENSION
from sites.text import number

DIGITS = _("Enter 2 to 8 digits.")
AS_TYPED = {"autocapitalize": "none", "autocomplete": "off", "spellcheck": "false"}


def extension_field() -> LineField:
    """An internal number, which may be left out."""
    return LineField(
        label=_("Extension"),
        max_length=8,
        required=False,
        help_text=DIGITS,
        validators=[RegexValidator(EXTENSION, DIGITS)],
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
    )


def mac_field() -> LineField:
    """A MAC address, typed as it stands on the label."""
    return LineField(
        label=_("MAC address"),
        max_length=40,
        help_text=_("On the label under the device, such as 00:15:65:a1:b2:c3."),
        widget=forms.TextInput(attrs=AS_TYPED),
    )


def model_field() -> forms.ModelChoiceField:
    """One of the models that the carrier approves."""
    approved = DeviceModel.objects.filter(is_approved=True)
    return forms.ModelChoiceField(approved, label=_("Model"), empty_label=_("Choose a model"))


class UserIdField(MailField):
    """A user id in the spelling in which it is kept, of which its length is judged."""

    def to_python(self, value: Any) -> str:
        try:
            return Subscriber.spelt(super().to_python(value))
        except ValueError as error:
            raise forms.ValidationError(self.error_messages["invalid"], "invalid") from error


class RowsField(forms.ModelMultipleChoiceField):
    """Some of the rows offered; an id that no row can have is none of them."""

    def clean(self, value: Any) -> Any:
        if absurd := [one for one in value or [] if not number(one)]:
            code = "invalid_choice"
            raise forms.ValidationError(self.error_messages[code], code, {"value": absurd[0][:20]})
        return super().clean(value)


def service_label(service: Service) -> str:
    """«Accueil (Groupe de recherche)», and whether it is switched off."""
    return f"{service} ({service.kind_and_state})"
