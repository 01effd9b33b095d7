"""The sites of which the history speaks: which of them its reader may see, and their names.

Of what was given or taken together an entry knows only the ids (`AuditEntry.site_ids`).
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import F

from administrators.models import Administrator
from permissions import rules
from permissions.audit_items import SITES, site_count, site_of
from permissions.models import AuditedSite, AuditEntry
from sites.arrays import AmongIds
from sites.text import fold

FEW = 2_000  # ids that are looked up in an index


@dataclass(frozen=True)
class SeenSites:
    """What a reader sees of the sites of some entries.

    `held` are those that they hold, `several` the ids of each entry that is about more than one,
    `names` what these were called in each act; the one that was `asked` for is named first.
    """

    held: set[int]
    several: Mapping[int, list[int]]
    names: Mapping[tuple[UUID, int], str]
    asked: int = 0

    def of(self, entry: AuditEntry) -> list[str]:
        """The names that may be seen of several sites."""
        told = {pk: self.names.get((entry.act_id, pk)) for pk in self.several[entry.pk]}
        seen = [(pk != self.asked, fold(name), name) for pk, name in told.items() if name]
        return [name for *_order, name in sorted(seen)]


NOTHING = SeenSites(set(), {}, {})


def seen_sites(
    entries: Sequence[AuditEntry],
    several: Mapping[int, list[int]],
    reader: Administrator,
    *,
    asked: int = 0,
) -> SeenSites:
    """`several` gives ids of the entries that are about more than one, by their pk."""
    single = {site_of(entry.item) for entry in entries} - {None}
    ids = single.union(*several.values())
    if not ids:
        return NOTHING
    among = rules.held_sites(reader).order_by().filter(AmongIds(F("pk"), ids, few=FEW))
    held = set(among.values_list("pk", flat=True))
    names = _names(entries, held, reader) if several and held else {}
    return SeenSites(held, several, names, asked)


def _names(
    entries: Iterable[AuditEntry], held: set[int], reader: Administrator
) -> dict[tuple[UUID, int], str]:
    named = AuditedSite.objects.filter(enterprise=reader.enterprise_id)
    acts = {entry.act_id for entry in entries}
    named = named.filter(AmongIds(F("site_id"), held, few=FEW), act_id__in=acts)
    return {(act, site): name for act, site, name in named.values_list("act_id", "site_id", "name")}


def first_ids(entries: Iterable[AuditEntry], asked: int = 0) -> dict[int, list[int]]:
    """The first ids of each entry that is about several sites, by its pk.

    The one that was `asked` for is among them all the same: only entries that have it are shown.
    """
    several = (entry for entry in entries if entry.item.startswith(SITES))
    also = [asked] if asked else []
    return {one.pk: [*dict.fromkeys(also + one.first_sites)] for one in several}


def all_ids(entries: Iterable[AuditEntry]) -> dict[int, list[int]]:
    """All ids of each entry that is about several sites, by its pk."""
    pks = [entry.pk for entry in entries if entry.item.startswith(SITES)]
    found = AuditEntry.objects.filter(pk__in=pks) if pks else AuditEntry.objects.none()
    return {
        pk: [int(one) for one in ids.split()] for pk, ids in found.values_list("pk", "site_ids")
    }


def in_batches(entries: Iterable[AuditEntry], most: int) -> Iterator[list[AuditEntry]]:
    """The entries, in batches that are about no more than so many sites, or are a single one."""
    batch, sites = list[AuditEntry](), 0
    for entry in entries:
        count = site_count(entry.item)
        if batch and sites + count > most:
            yield batch
            batch, sites = [], 0
        batch.append(entry)
        sites += count
    if batch:
        yield batch
