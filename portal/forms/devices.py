"""Adding a device."""

from django import forms
from django.utils.translation import gettext_lazy as _

from permissions.forms import LineField
from portal.acts.devices import MacIllFormed, add_device
from portal.forms.fields import mac_field, model_field
from portal.forms.sites import AtSiteForm
from sites.macs import canonical_mac
from sites.models import Device


class DeviceForm(AtSiteForm):
    """A device of an approved model; its MAC address is typed as it stands on the label."""

    mac = mac_field()
    model = model_field()
    name = LineField(
        label=_("Name"),
        max_length=100,
        required=False,
        help_text=_("Where it stands, or who uses it."),
    )

    def clean_mac(self) -> str:
        mac = canonical_mac(self.cleaned_data["mac"])
        if not mac:
            raise forms.ValidationError(MacIllFormed().message)
        return mac

    def save(self) -> Device:
        details = {name: self.cleaned_data[name] for name in ("mac", "model", "name")}
        return add_device(self.cleaned_data["site"], by=self.actor, **details)
