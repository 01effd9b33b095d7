"""«Remarques»: what administrators wrote about their sites, with its history."""

from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from permissions.features import FeatureCode
from permissions.scopes import Scope
from portal.filters.notes import NoteFilter
from portal.forms.notes import NoteEditForm, NoteForm
from portal.names import known_name
from portal.tables.notes import NoteTable
from portal.views.acting import say_saved, site_first, upwards
from portal.views.scoped import ScopedList
from sites.models import Note

FEATURE = FeatureCode.NOTES


class NoteList(ScopedList):
    """The remarks on the sites in scope, newest first."""

    model, feature, page_name = Note, FEATURE, "notes"
    table_class = NoteTable
    filterset_class = NoteFilter
    template_name = "portal/notes.html"

    def rows(self, scope: Scope) -> QuerySet:
        """Authors are read apart: a remark stays in the list when its author's account is gone."""
        return super().rows(scope).prefetch_related("author")


def note(request: HttpRequest, pk: int) -> HttpResponse:
    """One remark as it is now, and all that it said before."""
    found = fetch(request, pk)
    author = known_name(request.user, getattr(found, "author", None), found.author_name)
    context = {"note": found, "author": author, "versions": history_of(found, request.user)}
    return render(request, "portal/note.html", context)


def note_add(request: HttpRequest) -> HttpResponse:
    """Write a remark."""
    if (elsewhere := site_first(request)) is not None:
        return elsewhere
    form = NoteForm(request.POST or None, scope=request.scope)
    if request.method == "POST" and form.saved():
        messages.success(request, _("The note was added."))
        return redirect("note", form.result.pk)
    context = {"form": form, **upwards(request, _("Notes"), "notes")}
    return render(request, "portal/note_add.html", context)


def note_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Change what a remark says; whoever reaches it may."""
    found = fetch(request, pk)
    form = NoteEditForm(request.POST or None, target=found, actor=request.user)
    if request.method == "POST" and form.saved():
        say_saved(request, form.result)
        return redirect("note", pk)
    label = _("Note on %(site)s") % {"site": found.site}
    context = {"form": form, **upwards(request, label, "note", pk)}
    return render(request, "portal/note_edit.html", context)


def fetch(request: HttpRequest, pk: int) -> Note:
    """A remark in scope; any other does not exist (rule 5)."""
    notes = request.scope.of(Note, FEATURE).select_related("site").prefetch_related("author")
    return get_object_or_404(notes, pk=pk)


def history_of(note: Note, reader: Any) -> list[dict[str, Any]]:
    """Earlier texts, newest first: by whom each was replaced, if `reader` may know, and when."""
    return [
        {"text": one.text, "at": one.at, "editor": known_name(reader, one.editor, one.editor_name)}
        for one in note.versions.prefetch_related("editor")
    ]
