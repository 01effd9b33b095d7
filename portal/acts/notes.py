"""Writing remarks on sites, and editing them; what they said before is kept."""

from typing import Any

from permissions import audit, rules, scopes
from permissions.acts import act
from permissions.errors import StaleVersion
from permissions.features import FeatureCode
from permissions.models import Act, AuditEntry
from sites.models import Note, NoteVersion, Site

SHOWN = 200  # of a text, in the audit: the whole of it stands in the note and its history
FEATURE = FeatureCode.NOTES


@act
def add_note(site: Site, text: str, *, by: Any) -> Note:
    """Write a remark on a site. Raises OutOfScope."""
    held = scopes.take_site(site, by=by, feature=FEATURE)
    note = Note.objects.create(site=held, text=text, author=by, author_name=str(by))
    audit.record_all([audit.of_row(Act.ADD, note, by=by, after=text[:SHOWN])])
    return note


@act
def edit_note(note: Note, text: str, *, by: Any, version: int) -> bool:
    """Change what a remark says, whoever wrote it; returns whether anything changed.

    Raises OutOfScope, or StaleVersion if it was changed since `version`.
    """
    fresh = scopes.take(note, by=by, feature=FEATURE)
    if fresh.version != version:
        raise _changed_meanwhile(fresh, reader=by)
    before = fresh.text
    if before == text:
        return False
    NoteVersion.objects.create(note=fresh, text=before, editor_name=str(by))
    fresh.text, fresh.version = text, version + 1
    fresh.save(update_fields=["text", "version", "search_key"])
    texts = {"before": before[:SHOWN], "after": text[:SHOWN]}
    entry = audit.of_row(Act.EDIT, fresh, by=by, **texts)
    entry.item = item_of(fresh)
    audit.record_all([entry])
    return True


def item_of(note: Note) -> str:
    """What the audit calls an edit of this remark."""
    return f"note:{note.pk}:text"


def _changed_meanwhile(note: Note, *, reader: Any) -> StaleVersion:
    edits = AuditEntry.objects.filter(item=item_of(note), act=Act.EDIT)
    last = edits.select_related("actor").first()
    known = last is not None and last.actor is not None and rules.may_know(reader, last.actor)
    return StaleVersion(last.actor_name if last is not None and known else "")
