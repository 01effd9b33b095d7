"""«Importer un fichier», in the Django admin: a trial with one line per problem, or the import.

The Django admin lets in carrier staff alone. Nothing is kept between a trial and the import that
follows: the file is sent again.
"""

from typing import Any

from django.contrib import admin, messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from portal.forms.importing import MOST_LINES, ImportForm
from portal.imports import describing
from portal.imports.examples import example
from portal.imports.formats import KINDS
from portal.imports.reading import BOM
from portal.imports.writing import Import
from portal.uploads import MOST_BYTES


def import_page(request: HttpRequest) -> HttpResponse:
    """The form; by POST the file is tried, or imported if that is the button."""
    if request.method != "POST":
        asked = {"kind": request.GET.get("kind"), "enterprise": request.GET.get("enterprise")}
        return _page(request, ImportForm(initial=asked))
    form, done = ImportForm(request.POST, request.FILES), None
    if form.is_valid():
        dry_run = "import" not in request.POST
        done = form.run(by=request.user, dry_run=dry_run)
        if done.is_good and not dry_run:
            messages.success(request, _("The file was imported. %(rows)s") % {"rows": _rows(done)})
            return redirect(_address(form))
    return _page(request, form, done)


def example_file(request: HttpRequest, kind: str) -> HttpResponse:
    """The example of this kind, to keep; with the mark that spreadsheets need to read accents."""
    if kind not in KINDS:
        raise Http404
    response = HttpResponse(BOM + example(kind).read_text("utf-8"), content_type="text/csv")
    response["Content-Disposition"] = f'attachment; filename="{kind}.csv"'
    return response


def _page(request: HttpRequest, form: ImportForm, done: Import | None = None) -> HttpResponse:
    kind = form["kind"].value()
    context: dict[str, Any] = {
        **admin.site.each_context(request),
        "title": _("Import a file"), "form": form, "done": done, "kinds": describing.labels(),
        "owner": form["enterprise"].value() or "",
        "most_bytes": MOST_BYTES, "most_lines": MOST_LINES,
        "verdict": form.errors["file"][0] if done and not done.is_good else "",
        "rows": _rows(done) if done else "", "shown": _shown(kind) if kind in KINDS else None,
    }  # fmt: skip
    return TemplateResponse(request, "admin/import_file.html", context)


def _shown(kind: str) -> dict[str, Any]:
    """The kind that is chosen, and its columns."""
    known = KINDS[kind]
    label = dict(describing.labels())[kind]
    columns, key = describing.columns(known), describing.key(known)
    return {"kind": kind, "label": label, "columns": columns, "key": key}


def _rows(done: Import) -> str:
    if not done.is_good:
        return describing.without_problems(done.added, done.changed)
    counts = {"added": done.added, "changed": done.changed, "unchanged": done.unchanged}
    return _("%(added)s added, %(changed)s changed, %(unchanged)s unchanged.") % counts


def _address(form: ImportForm) -> str:
    """This page again, with what was chosen."""
    owner = form.cleaned_data["enterprise"]
    chosen = {"kind": form.cleaned_data["kind"], "enterprise": owner.pk if owner else ""}
    return f"{reverse('admin:import')}?{urlencode(chosen)}"
