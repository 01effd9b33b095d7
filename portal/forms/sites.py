"""The choice of a site in a form."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from permissions.forms import ActForm
from permissions.scopes import Scope


class AtSiteForm(ActForm):
    """Adds a row at one of the sites in scope; the only one is chosen already."""

    site = forms.ModelChoiceField(None, label=_("Site"), empty_label=_("Choose a site"))

    def __init__(self, *args: Any, scope: Scope, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.actor = scope.actor
        sites = scope.sites()
        self.fields["site"].queryset = sites
        first = list(sites[:2])
        if len(first) == 1:
            self.initial.setdefault("site", first[0].pk)
