"""The forms by which carrier staff create and edit administrators (rule 13)."""

from typing import Any

from django import forms
from django.contrib import admin
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from administrators import services
from administrators.consequences import consequences, taken_below
from administrators.forms import AddressFields, ContactFields, UsernameFields
from administrators.grant_forms import TakingFeatures
from administrators.models import Administrator
from administrators.writing import ADDRESS, CONTACT
from permissions import rules
from permissions.admin_forms import ActModelForm, EnterpriseSelect
from permissions.features import FeatureCode
from permissions.forms import VersionedForm
from sites.models import Enterprise

DETAILS = ("username", *CONTACT, *ADDRESS)


class RootForm(ActModelForm, UsernameFields, ContactFields, AddressFields):
    """A new root: whose, who, and with which features; all of them unless unticked."""

    enterprise = forms.ModelChoiceField(
        label=_("Enterprise"),
        queryset=Enterprise.objects.all(),
        widget=EnterpriseSelect(Administrator._meta.get_field("enterprise"), admin.site),
    )
    features = forms.MultipleChoiceField(
        label=_("Feature Permissions"),
        choices=FeatureCode.choices,
        initial=FeatureCode.values,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def save(self) -> Administrator:
        return services.create_root(
            self.cleaned_data["enterprise"],
            details={name: self.cleaned_data[name] for name in DETAILS},
            features=self.cleaned_data["features"],
            by=self.actor,
        )

    def done(self) -> tuple[str, str]:
        mail = gettext("An email with a temporary password will be sent to %(email)s.")
        held = gettext("All sites of the enterprise, present and future, are held from now on.")
        return gettext(
            "Main administrator created"
        ), f"{mail % {'email': self.result.email}} {held}"


class AdministratorForm(ActModelForm, VersionedForm, UsernameFields, ContactFields, AddressFields):
    """Username, contact and address of anybody below an enterprise."""

    def __init__(self, *args: Any, instance: Administrator, **kwargs: Any) -> None:
        super().__init__(*args, instance=instance, target=instance, actor=self.actor, **kwargs)

    def save(self) -> Administrator:
        version = self.cleaned_data["version"]
        services.update_details(self.instance, self.details(), by=self.actor, version=version)
        return self.instance

    def details(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in DETAILS}


class RootChangeForm(TakingFeatures, AdministratorForm):
    """The same, and the features of a root, which the carrier gives and takes."""

    features = RootForm.base_fields["features"]
    confirm_template = "admin/administrators/confirm_taking.html"

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["features"] = sorted(rules.held_features(self.instance))

    @property
    def before(self) -> set[str]:
        return set(self.initial["features"])

    def consequences(self) -> dict[str, Any]:
        return {"title": _("Take away"), **consequences(self)}

    def done(self) -> tuple[str, str]:
        return _("Changes saved"), taken_below(self.losing_count)

    def save(self) -> Administrator:
        services.update_root(
            self.instance,
            self.details(),
            features=self.cleaned_data["features"],
            version=self.cleaned_data["version"],
            by=self.actor,
        )
        return self.instance
