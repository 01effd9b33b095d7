"""The form by which carrier staff import a file."""

from pathlib import Path
from typing import Any

from django import forms
from django.contrib.humanize.templatetags.humanize import intcomma
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import TemporaryUploadedFile
from django.forms.renderers import TemplatesSetting
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from portal.imports.describing import labels, verdict
from portal.imports.formats import KINDS
from portal.imports.writing import Import, import_file
from portal.uploads import MOST_BYTES
from sites.models import Enterprise

# So that the answer comes while somebody still waits for it; the command has no limit.
MOST_LINES = 20_000


class ImportForm(forms.Form):
    """Which kind of file, whose, and the file; saved by the act that the command calls too."""

    default_renderer = TemplatesSetting

    kind = forms.ChoiceField(label=_("Kind of file"), choices=labels)
    enterprise = forms.ModelChoiceField(
        label=_("Enterprise"),
        queryset=Enterprise.objects.all(),
        required=False,
        empty_label=_("Choose an enterprise"),
        help_text=_("Not needed for device models: they are the same for all enterprises."),
    )
    file = forms.FileField(
        label=_("File"),
        allow_empty_file=True,
        error_messages={"required": _("Choose a file."), "missing": _("Choose a file.")},
        widget=forms.FileInput(attrs={"accept": ".csv,text/csv"}),
    )

    def clean_file(self) -> TemporaryUploadedFile:
        """Refused by its size before anything of it is read."""
        file: TemporaryUploadedFile = self.cleaned_data["file"]
        if file.size > MOST_BYTES:
            raise too_large(_("This file is larger than %(most)s."), filesizeformat(MOST_BYTES))
        if sum(chunk.count(b"\n") for chunk in file.chunks()) > MOST_LINES:
            raise too_large(_("This file has more than %(most)s lines."), intcomma(MOST_LINES))
        return file

    def clean(self) -> None:
        kind, owner = self.cleaned_data.get("kind"), self.cleaned_data.get("enterprise")
        unsaid = kind in KINDS and KINDS[kind].owned and not owner
        if unsaid and "enterprise" not in self.errors:
            self.add_error("enterprise", gettext("Choose the enterprise."))

    def run(self, *, by: Any, dry_run: bool) -> Import:
        """Try the file, or import it; what is wrong with it is said beside the field too."""
        kind, owner = self.cleaned_data["kind"], self.cleaned_data["enterprise"]
        path = Path(self.cleaned_data["file"].temporary_file_path())
        done = import_file(kind, path, owner, by=by, dry_run=dry_run)
        if not done.is_good:
            self.add_error("file", verdict(done.problems.count, dry_run=dry_run))
        return done


def too_large(said: Any, most: str) -> ValidationError:
    """With the way on: only the pages have a limit."""
    way = gettext("Divide it, or use the command import_inventory, which has no limit.")
    return ValidationError(f"{said % {'most': most}} {way}")
