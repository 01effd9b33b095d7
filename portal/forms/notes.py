"""Writing and editing remarks."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from permissions.forms import VersionedForm
from portal.acts.notes import add_note, edit_note
from portal.forms.sites import AtSiteForm
from sites.models import Note
from sites.text import visible

LONGEST = 4000


class NoteTextField(forms.CharField):
    """Several lines; a line break is one character, as the person counts."""

    widget = forms.Textarea(attrs={"rows": 8})

    def to_python(self, value: Any) -> str:
        return visible(super().to_python(value).replace("\r\n", "\n")).strip()


class NoteText(forms.Form):
    """What a remark says."""

    text = NoteTextField(label=_("Text"), max_length=LONGEST)


class NoteForm(AtSiteForm, NoteText):
    """A new remark on one of the sites in scope."""

    field_order = ("site", "text")

    def save(self) -> Note:
        return add_note(**self.cleaned_data, by=self.actor)


class NoteEditForm(VersionedForm, NoteText):
    """Another text for a remark."""

    def __init__(self, *args: Any, target: Note, **kwargs: Any) -> None:
        super().__init__(*args, target=target, initial={"text": target.text}, **kwargs)

    def save(self) -> bool:
        cleaned = self.cleaned_data
        return edit_note(self.target, cleaned["text"], by=self.actor, version=cleaned["version"])
