"""What the tests of remarks share."""

from permissions.models import Act, AuditEntry
from sites.models import Note
from tests.world import World

URL = "/notes/"
UNKNOWN = "Un autre administrateur"


def a_note(world: World, site: str = "Paris") -> Note:
    return Note.objects.get(site=world.places[site])


def edit_url(note: Note) -> str:
    return f"{URL}{note.pk}/edit/"


def audited(act: Act) -> list[tuple[str, str, str, int]]:
    rows = AuditEntry.objects.filter(act=act)
    return list(rows.values_list("item", "before", "after", "site"))
