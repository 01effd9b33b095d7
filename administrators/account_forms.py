"""Forms about oneself: signing in, one's password, one's own details, one's opinion."""

from typing import Any

from django import forms
from django.contrib.auth.forms import AuthenticationForm, SetPasswordMixin
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from django.views.decorators.debug import sensitive_variables

from administrators import own
from administrators.forms import AddressFields, ContactFields
from administrators.models import Administrator
from administrators.writing import ADDRESS, CONTACT
from permissions.forms import ActForm, DetailsForm


class SignInForm(AuthenticationForm):
    """One sentence for every reason to refuse."""

    error_messages = {
        "invalid_login": _(
            "The username or the password is not right. After 5 attempts, sign-in is blocked "
            "for 15 minutes."
        ),
        "inactive": _("The username or the password is not right."),
    }

    def __init__(self, request: HttpRequest | None = None, *args: Any, **kwargs: Any) -> None:
        super().__init__(request, *args, **kwargs)
        self.fields["username"].widget.attrs.update(autocapitalize="none", autofocus=True)


class OwnPasswordForm(SetPasswordMixin, ActForm):
    """Choose one's password. The current one is asked unless it is temporary."""

    old_password = forms.CharField(
        label=_("Current password"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )
    new_password1 = forms.CharField(
        label=_("New password"),
        strip=False,
        help_text=_(
            "At least 12 characters, not too common, not only digits, unlike your name and the "
            "previous password."
        ),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    new_password2 = forms.CharField(
        label=_("New password again"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def __init__(self, *args: Any, person: Administrator, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.person = person
        if person.must_change_password:
            del self.fields["old_password"]

    @sensitive_variables()
    def clean_old_password(self) -> str:
        old = self.cleaned_data["old_password"]
        if not self.person.check_password(old):
            raise ValidationError(
                _("This is not your current password."), code="password_incorrect"
            )
        return old

    @sensitive_variables()
    def clean(self) -> dict[str, Any]:
        self.validate_passwords("new_password1", "new_password2")
        self.validate_password_for_user(self.person, "new_password1")
        new = self.cleaned_data.get("new_password1")
        may_compare = "old_password" not in self.errors  # or it would tell whether `new` is the old
        if new and may_compare and self.person.check_password(new):
            self.add_error("new_password1", _("Choose a password other than the present one."))
        return self.cleaned_data

    def save(self) -> None:
        password = self.cleaned_data["new_password1"]
        own.change_own_password(self.person, password, by=self.person)


# What a browser knows of whoever uses it (WCAG 1.3.5); of others it must fill in nothing.
AUTOCOMPLETE = {
    "first_name": "given-name",
    "middle_name": "additional-name",
    "last_name": "family-name",
    "email": "email",
    "work_phone": "work tel",
    "fax_number": "fax tel",
    "mobile_number": "mobile tel",
    "home_phone": "home tel",
    "street": "address-line1",
    "street_extra": "address-line2",
    "postal_code": "postal-code",
    "city": "address-level2",
    "country": "country",
}


class OwnDetailsForm(DetailsForm, ContactFields, AddressFields):
    """One's own contact and address."""

    names = (*CONTACT, *ADDRESS)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, purpose in AUTOCOMPLETE.items():
            self.fields[name].widget.attrs["autocomplete"] = purpose

    def write(self, changes: dict[str, Any], version: int) -> list[str]:
        return own.update_own_details(self.target, changes, by=self.actor, version=version)


class FeedbackForm(ActForm):
    """A message to the operator."""

    text = forms.CharField(
        label=_("Your message"),
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text=_("Do not write any password here. The answer goes to your email address."),
    )

    def __init__(self, *args: Any, person: Administrator, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.person = person

    def save(self) -> None:
        own.send_feedback(self.cleaned_data["text"], by=self.person)
