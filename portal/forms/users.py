"""Adding people who telephone, and editing them."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from permissions.forms import LineField, MailField, VersionedForm
from portal.acts.users import DETAILS, add_user, edit_user
from portal.forms.fields import UserIdField, extension_field
from portal.forms.sites import AtSiteForm
from sites.models import Subscriber

USER_ID = {"invalid": _("Enter a user id such as name@example.com.")}


class UserFields(forms.Form):
    """What the carrier knows somebody by."""

    first_name = LineField(label=_("First Name"), max_length=100)
    last_name = LineField(label=_("Last Name"), max_length=100)
    email = MailField(label=_("Email"), max_length=254, required=False)
    user_id = UserIdField(
        label=_("User id"),
        max_length=254,
        help_text=_("Shaped like an email address: name@example.com."),
        error_messages=USER_ID,
        widget=forms.TextInput(attrs={"autocapitalize": "none", "autocomplete": "off"}),
    )
    extension = extension_field()

    def details(self) -> dict[str, str]:
        return {name: self.cleaned_data[name] for name in DETAILS}


class UserForm(AtSiteForm, UserFields):
    """A new user at one of the sites in scope."""

    def save(self) -> Subscriber:
        return add_user(self.cleaned_data["site"], self.details(), by=self.actor)


class UserEditForm(VersionedForm, UserFields):
    """A user as they are; the site stays."""

    def __init__(self, *args: Any, target: Subscriber, **kwargs: Any) -> None:
        initial = {name: getattr(target, name) for name in DETAILS}
        super().__init__(*args, target=target, initial=initial, **kwargs)

    def save(self) -> list[str]:
        version = self.cleaned_data["version"]
        return edit_user(self.target, self.details(), by=self.actor, version=version)
