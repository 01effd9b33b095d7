"""Writing remarks on sites, and editing them; what they said before is kept."""

from datetime import timedelta
from typing import Any

from django.utils import timezone

from permissions import audit
from permissions.acts import act
from permissions.features import FeatureCode
from permissions.models import Act
from portal.acts.writing import take_version, take_whole_site
from sites.models import Note, NoteVersion, Site

SHOWN = 200  # of a text, in the audit: the whole of it stands in the note and its history
FEATURE = FeatureCode.NOTES
TWICE = timedelta(minutes=1)


@act
def add_note(site: Site, text: str, *, by: Any) -> Note:
    """Write a remark on a site; pressing the button twice writes it once. Raises OutOfScope."""
    held = take_whole_site(site, by=by, feature=FEATURE)
    just_now = timezone.now() - TWICE
    same = Note.objects.filter(site=held, author=by, text=text, created_at__gt=just_now).first()
    if same is not None:
        return same
    note = Note.objects.create(site=held, text=text, author=by, author_name=str(by))
    audit.record_row(Act.ADD, note, by=by, after=text[:SHOWN])
    return note


@act
def edit_note(note: Note, text: str, *, by: Any, version: int) -> bool:
    """Change what a remark says, whoever wrote it; returns whether anything changed.

    Raises OutOfScope, or StaleVersion if it was changed since `version`.
    """
    fresh = take_version(note, version, by=by, feature=FEATURE)
    if fresh.text == text:
        return False
    NoteVersion.objects.create(note=fresh, text=fresh.text, editor=by, editor_name=str(by))
    (entry,) = audit.edits_of(fresh, {"text": text}, by=by)
    entry.before, entry.after = entry.before[:SHOWN], entry.after[:SHOWN]
    fresh.save(update_fields=["text", "version", "search_key"])
    audit.record_all([entry])
    return True
