"""Setting services up, and editing them."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from permissions.forms import LineField, VersionedForm
from portal.acts.services import add_service, edit_service
from portal.forms.fields import extension_field
from portal.forms.sites import AtSiteForm
from sites.models import Service


class ServiceFields(forms.Form):
    """How a service is told apart and reached."""

    name = LineField(label=_("Name"), max_length=100)
    extension = extension_field()


class ServiceForm(AtSiteForm, ServiceFields):
    """A new service of one of the 12 kinds."""

    kind = forms.ChoiceField(
        label=_("Type"), choices=[("", _("Choose a type")), *Service.Kind.choices]
    )
    field_order = ("site", "kind")

    def save(self) -> Service:
        details = {name: self.cleaned_data[name] for name in ("kind", "name", "extension")}
        return add_service(self.cleaned_data["site"], by=self.actor, **details)


class ServiceEditForm(VersionedForm, ServiceFields):
    """Rename a service, switch it on or off."""

    is_active = forms.BooleanField(
        label=_("Active"),
        required=False,
        help_text=_(
            "Unticked, it answers no call any more: neither to its numbers nor where the handling "
            "of incoming calls names it."
        ),
    )

    def __init__(self, *args: Any, target: Service, **kwargs: Any) -> None:
        initial = {name: getattr(target, name) for name in ("name", "extension", "is_active")}
        super().__init__(*args, target=target, initial=initial, **kwargs)

    def switches_off(self) -> bool:
        """Whether saving would end what the service answers so far."""
        valid = self.is_valid()
        return valid and self.target.is_active and not self.cleaned_data["is_active"]

    def save(self) -> list[str]:
        return edit_service(self.target, by=self.actor, **self.cleaned_data)
