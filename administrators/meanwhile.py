"""What of somebody's rights was changed since a page about them was shown (rule 12)."""

from itertools import islice

from django.utils.translation import gettext_lazy as _

from administrators import history, history_sites
from administrators.models import Administrator
from permissions.models import Act, AuditEntry

WORDS = {
    Act.GRANT: _("Given meanwhile: %(what)s."),
    Act.REVOKE: _("Taken away meanwhile: %(what)s."),
}
MOST = 50  # rows of the audit that are looked at


def rights_changed(person: Administrator, reader: Administrator, versions: int) -> list[str]:
    """What the last acts gave and took, as the history says it.

    Each act on somebody makes a new version: as many acts are told as versions went by, which is
    none for a version that there never was.
    """
    rights = AuditEntry.objects.of(person).filter(act__in=WORDS).order_by("-pk")[:MOST]
    last = set(islice(dict.fromkeys(row.act_id for row in rights), max(versions, 0)))
    rows = [row for row in rights if row.act_id in last]
    seen = history_sites.seen_sites(rows, history_sites.all_ids(rows), reader)
    told = {act: [history.what(row, seen) for row in rows if row.act == act] for act in WORDS}
    return [str(WORDS[act] % {"what": ", ".join(said)}) for act, said in told.items() if said]
