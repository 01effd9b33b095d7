"""The forms of the quick starts, each about one site."""

from typing import Any

from django import forms
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _
from phonenumber_field.formfields import PhoneNumberField

from permissions.errors import StaleVersion
from permissions.features import FeatureCode as F
from permissions.forms import ActForm, LineField, VersionedForm
from permissions.scopes import Scope, scope_of
from portal.acts.quick import add_phone, set_call_handling, set_up_user, version_of
from portal.acts.users import DETAILS
from portal.tallies import FREE_NUMBER
from sites.models import (
    CallHandling,
    Device,
    DeviceModel,
    PhoneNumber,
    Service,
    Site,
    Station,
    Subscriber,
)
from sites.templatetags.phones import phone

EXTENSION = RegexValidator(r"^\d{2,8}$", _("From 2 to 8 digits."))


class NumberChoice(forms.ModelChoiceField):
    """A phone number as people write it."""

    def label_from_instance(self, number: PhoneNumber) -> str:
        return phone(number.number)


class QuickUserForm(ActForm):
    """A person, a number, a device, services."""

    first_name = LineField(label=_("First name"), max_length=100)
    last_name = LineField(label=_("Last name"), max_length=100)
    email = forms.EmailField(label=_("Email"), required=False)
    user_id = forms.EmailField(
        label=_("User id"), help_text=_("Shaped like an email address: name@example.com.")
    )
    extension = forms.CharField(
        label=_("Extension"), required=False, max_length=8, validators=[EXTENSION]
    )
    station = forms.ModelChoiceField(None, label=_("Station"), required=False)
    number = NumberChoice(None, label=_("Number"), required=False)
    device = forms.ModelChoiceField(None, label=_("Device"), required=False)
    services = forms.ModelMultipleChoiceField(
        None, label=_("Services"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, scope: Scope, site: Site, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.site, self.actor = site, scope.actor
        offer_what_is_free(self, scope, site)
        devices = scope.of(Device, F.USER_ASSIGNMENTS).filter(site=site, subscriber=None)
        self.fields["device"].queryset = devices.select_related("model")
        self.fields["device"].empty_label = _("None")
        if F.SERVICES in scope.features:
            self.fields["services"].queryset = scope.of(Service, F.SERVICES).filter(site=site)
        else:
            del self.fields["services"]

    def save(self) -> Subscriber:
        details = {name: self.cleaned_data[name] for name in DETAILS}
        given = {name: self.cleaned_data[name] for name in ("station", "number", "device")}
        services = self.cleaned_data.get("services", ())
        return set_up_user(self.site, details, by=self.actor, services=services, **given)


class QuickPhoneForm(ActForm):
    """A phone for a lobby or a meeting room: a name, a device, a number."""

    name = LineField(label=_("Name"), max_length=100, help_text=_("Where it stands: “Lobby”."))
    mac = LineField(label=_("MAC address"), max_length=40)
    model = forms.ModelChoiceField(
        DeviceModel.objects.filter(is_approved=True), label=_("Model"), empty_label=_("Choose")
    )
    station = forms.ModelChoiceField(None, label=_("Station"), required=False)
    number = NumberChoice(None, label=_("Number"), required=False)

    def __init__(self, *args: Any, scope: Scope, site: Site, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.site, self.actor = site, scope.actor
        offer_what_is_free(self, scope, site)

    def save(self) -> Device:
        return add_phone(self.site, by=self.actor, **self.cleaned_data)


def offer_what_is_free(form: forms.Form, scope: Scope, site: Site) -> None:
    """The stations and numbers of the site that nobody has."""
    stations = scope.of(Station, F.USER_ASSIGNMENTS).filter(site=site)
    numbers = scope.of(PhoneNumber, F.USER_ASSIGNMENTS).filter(site=site)
    form.fields["station"].queryset = stations.filter(subscriber=None, device=None)
    form.fields["number"].queryset = numbers.filter(FREE_NUMBER)
    for name in ("station", "number"):
        form.fields[name].empty_label = _("None")


class HandlingForm(VersionedForm):
    """What happens to a call at a site in the situation that is its prefix."""

    version = forms.CharField(widget=forms.HiddenInput, required=False)
    action = forms.ChoiceField(label=_("Action"), choices=CallHandling.Action)
    subscriber = forms.ModelChoiceField(None, label=_("User"), required=False)
    service = forms.ModelChoiceField(None, label=_("Service"), required=False)
    forward_to = PhoneNumberField(label=_("Forward to"), required=False)

    NEEDED = {"subscriber": "subscriber", "service": "service", "forward": "forward_to"}

    def __init__(self, *args: Any, scope: Scope, **kwargs: Any) -> None:
        super().__init__(*args, actor=scope.actor, **kwargs)
        for name, model in (("subscriber", Subscriber), ("service", Service)):
            self.fields[name].queryset = scope.of(model, F.SERVICES).filter(site=self.target)
        for name in ("subscriber", "service"):
            self.fields[name].empty_label = _("None")

    def clean(self) -> dict[str, Any]:
        """What the action needs is there; what it does not need is left out."""
        given = self.cleaned_data
        needed = self.NEEDED.get(given.get("action", ""), "")
        if needed and not given.get(needed) and needed not in self.errors:
            self.add_error(needed, _("Say to whom or where the call goes."))
        for name in set(self.NEEDED.values()) - {needed}:
            given[name] = "" if name == "forward_to" else None
        return given

    def current(self) -> dict[str, Any]:
        rows = _handling(scope_of(self.actor), self.target)
        return _shown(self.target, rows.get(self.prefix))

    def said(self, name: str, value: Any) -> str:
        if not value:
            return "—"
        return phone(value) if name == "forward_to" else super().said(name, value)


class HandlingForms:
    """One form for each situation, saved together. `error` is why that was refused."""

    error = ""

    def __init__(self, data: Any, *, scope: Scope, site: Site) -> None:
        self.site, self.actor = site, scope.actor
        rows = _handling(scope, site)
        self.forms = {
            name: HandlingForm(
                data, scope=scope, target=site, prefix=name, initial=_shown(site, rows.get(name))
            )
            for name in CallHandling.Situation.values
        }

    def __iter__(self) -> Any:
        return iter((CallHandling.Situation(name).label, form) for name, form in self.forms.items())

    def is_valid(self) -> bool:
        answers = [form.is_valid() for form in self.forms.values()]  # all of them show their errors
        return all(answers)

    def saved(self) -> bool:
        """Valid and written; else the forms say why, and what is there now."""
        if not self.is_valid():
            return False
        try:
            self.result = self.save()
        except StaleVersion as error:
            self.error = error.message
            for form in self.forms.values():
                form.show_current()
            return False
        return True

    def save(self) -> list[str]:
        wanted = {name: dict(form.cleaned_data) for name, form in self.forms.items()}
        versions = {name: fields.pop("version") for name, fields in wanted.items()}
        return set_call_handling(self.site, wanted, by=self.actor, versions=versions)


def _handling(scope: Scope, site: Site) -> dict[str, CallHandling]:
    """What is said so far, by situation."""
    rows = scope.of(CallHandling, F.SERVICES).filter(site=site)
    return {row.situation: row for row in rows.select_related("subscriber", "service")}


def _shown(site: Site, row: CallHandling | None) -> dict[str, Any]:
    """What the fields of one situation begin with, and its version."""
    shown = row or CallHandling(action=CallHandling.Action.VOICEMAIL)
    return {
        "action": shown.action,
        "subscriber": shown.subscriber,
        "service": shown.service,
        "forward_to": shown.forward_to or "",
        "version": version_of(site, row),
    }
