"""The forms of the Django admin: one act saves each of them, and writes what was changed there."""

from typing import Any

from django import forms
from django.contrib.admin.widgets import AutocompleteSelect
from django.forms.renderers import TemplatesSetting
from django.utils.translation import gettext as _

from permissions import audit
from permissions.acts import changed_meanwhile
from permissions.confirming import Unconfirmed
from permissions.forms import ActForm
from sites.text import number


class EnterpriseSelect(AutocompleteSelect):
    """One of thousands of enterprises, looked for by its name; what is no id is none of them."""

    @property
    def media(self) -> forms.Media:
        """What gives it its label comes after what makes it."""
        return super().media + forms.Media(js=["admin/js/autocomplete.js", "portal/admin.js"])

    def optgroups(self, name: str, value: list[Any], attr: Any = None) -> Any:
        return super().optgroups(name, [one for one in value if number(str(one))], attr)


class ActModelForm(ActForm, forms.ModelForm):
    """A form of the Django admin that one act saves; its own look is kept."""

    actor: Any = None  # given by ActAdmin.get_form
    confirm_template = "admin/confirm.html"
    default_renderer = TemplatesSetting

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            if isinstance(field.widget, forms.TextInput | forms.EmailInput):
                field.widget.attrs["class"] = "vTextField"

    def _post_clean(self) -> None:
        """Saved as the last part of being valid: the Django admin says no refusal later."""
        super()._post_clean()
        if not self.errors and self.to_confirm():
            raise Unconfirmed(self)
        self.saved()

    def to_confirm(self) -> bool:
        """Whether saving reaches other people, and nobody has said yes to that (decision 13)."""
        return False

    def consequences(self) -> dict[str, Any]:
        """What the page that asks says: its title, and whom saving reaches."""
        raise NotImplementedError

    def done(self) -> tuple[str, str]:
        """What saving did, and what came of it for others."""
        return _("Changes saved"), ""


class ShownForm(ActModelForm):
    """Knows what the page showed: it writes what was changed there, and nothing else (rule 11).

    A field that somebody else changed meanwhile too is refused once, and shown (rule 12).
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.show_hidden_initial = self.instance.pk is not None

    def changes(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in self.fields if self._is_changed(name)}

    def clean(self) -> dict[str, Any]:
        """What was not changed stays as it is, whatever the page showed."""
        cleaned = super().clean()
        if self.instance.pk is not None:
            changed = [name for name in self.fields if self._is_changed(name)]
            self._show([name for name in changed if self._is_old(name)])
            for name in set(self.fields) & set(cleaned) - set(changed):
                cleaned[name] = getattr(self.instance, name)
        return cleaned

    def _show(self, names: list[str]) -> None:
        """What these fields are now, to be overwritten only by who has seen it."""
        if names:
            last = audit.last_edit_of(self.instance)
            self.stale(changed_meanwhile(last, reader=self.actor))
            self.data = self.data.copy()
        for name in names:
            self.show_what_is_now(name, self.initial[name])
            self.data[self[name].html_initial_name] = str(self.initial[name] or "")

    def _is_changed(self, name: str) -> bool:
        """Whether it is sent otherwise than it was shown; or than it is, if that was not sent."""
        field, sent = self.fields[name], self[name].data
        return field.has_changed(self._shown(name, self.initial.get(name)), sent)

    def _is_old(self, name: str) -> bool:
        field, now = self.fields[name], self.initial.get(name)
        return field.has_changed(field.to_python(now), self._shown(name, now))

    def _shown(self, name: str, otherwise: Any) -> Any:
        """What the page showed in a field, which it sends back."""
        kept = self[name].html_initial_name
        if self.instance.pk is None or kept not in self.data:
            return otherwise
        return self.fields[name].to_python(self.data[kept])
