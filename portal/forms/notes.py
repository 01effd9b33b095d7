"""Writing and editing remarks."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from permissions.forms import ActForm, VersionedForm
from permissions.scopes import Scope
from portal.acts.notes import add_note, edit_note
from sites.models import Note, Site

LONGEST = 4000


class NoteTextField(forms.CharField):
    """Several lines; a line break is one character, as the person counts."""

    widget = forms.Textarea(attrs={"rows": 8})

    def to_python(self, value: Any) -> str:
        return super().to_python(value).replace("\r\n", "\n")


class NoteText(forms.Form):
    """What a remark says."""

    text = NoteTextField(label=_("Text"), max_length=LONGEST)


class NoteForm(ActForm, NoteText):
    """A new remark on one of the sites in scope."""

    site = forms.ModelChoiceField(
        queryset=Site.objects.none(), label=_("Site"), empty_label=_("Choose a site")
    )
    field_order = ("site", "text")

    def __init__(self, *args: Any, scope: Scope, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.scope = scope
        self.fields["site"].queryset = scope.sites()
        if scope.site is not None:
            self.initial["site"] = scope.site

    def save(self) -> Note:
        return add_note(**self.cleaned_data, by=self.scope.actor)


class NoteEditForm(VersionedForm, NoteText):
    """Another text for a remark."""

    def __init__(self, *args: Any, target: Note, **kwargs: Any) -> None:
        super().__init__(*args, target=target, initial={"text": target.text}, **kwargs)

    def save(self) -> bool:
        cleaned = self.cleaned_data
        return edit_note(self.target, cleaned["text"], by=self.actor, version=cleaned["version"])
