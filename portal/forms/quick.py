"""The forms of the quick starts, each about one site."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from permissions.features import FeatureCode as F
from permissions.forms import ActForm, LineField
from permissions.scopes import Scope
from portal.acts.quick import add_phone, set_up_user
from portal.forms.fields import RowsField, mac_field, model_field, service_label
from portal.forms.users import UserFields
from sites.models import FREE_NUMBER, Device, PhoneNumber, Service, Site, Station, Subscriber
from sites.templatetags.phones import phone


class NumberChoice(forms.ModelChoiceField):
    """A phone number as people write it."""

    def label_from_instance(self, number: PhoneNumber) -> str:
        return phone(number.number)


class ServiceChoices(RowsField):
    """Several services, each with its kind."""

    def label_from_instance(self, service: Service) -> str:
        return service_label(service)


class QuickUserForm(ActForm, UserFields):
    """A person, a number, a device, services."""

    station = forms.ModelChoiceField(None, label=_("Station"), required=False)
    number = NumberChoice(None, label=_("Number"), required=False)
    device = forms.ModelChoiceField(None, label=_("Device"), required=False)
    services = ServiceChoices(
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
            services = scope.of(Service, F.SERVICES).filter(site=site, kind__in=Service.JOINED)
            self.fields["services"].queryset = services
        else:
            del self.fields["services"]

    def save(self) -> Subscriber:
        given = {name: self.cleaned_data[name] for name in ("station", "number", "device")}
        services = self.cleaned_data.get("services", ())
        return set_up_user(self.site, self.details(), by=self.actor, services=services, **given)


class QuickPhoneForm(ActForm):
    """A phone for a lobby or a meeting room: a name, a device, a number."""

    name = LineField(label=_("Name"), max_length=100, help_text=_("Where it stands: “Lobby”."))
    mac = mac_field()
    model = model_field()
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
    form.fields["station"].empty_label = _("No station")
    form.fields["number"].empty_label = _("None")
    offered = list(form.fields["number"].choices)
    form.fields["number"].choices = offered  # read once
    if len(offered) == 1:
        form.fields["number"].help_text = _("No number is available at this site.")
