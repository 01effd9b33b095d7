"""The sites of which the history speaks: which of them its reader may see, and their names.

Of what was given or taken together an entry knows only the ids (`AuditEntry.site_ids`).
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import F

from administrators.models import Administrator
from permissions import rules
from permissions.models import SITES, AuditedSite, AuditEntry
from sites.arrays import AmongIds
from sites.text import fold

FEW = 2_000  # ids that are looked up in an index
SITE = "site:"  # how an item begins that is a single one


@dataclass(frozen=True)
class SeenSites:
    """The sites of some entries that their reader holds, and what they were called in each act."""

    held: set[int]
    names: Mapping[tuple[UUID, int], str]

    def of(self, entry: AuditEntry, ids: Iterable[int]) -> list[str]:
        """The names of those that may be seen, in their order."""
        keys = ((entry.act_id, pk) for pk in ids)
        return sorted((self.names[key] for key in keys if key in self.names), key=fold)


NOTHING = SeenSites(set(), {})


def seen_sites(
    entries: Sequence[AuditEntry], several: Mapping[int, list[int]], reader: Administrator
) -> SeenSites:
    """What the reader may see of the sites in `entries`; `several` gives some ids by their pk."""
    ids = {number(entry.item) for entry in entries if entry.item.startswith(SITE)}
    ids.update(*several.values())
    if not ids:
        return NOTHING
    among = rules.held_sites(reader).order_by().filter(AmongIds(F("pk"), ids, few=FEW))
    held = set(among.values_list("pk", flat=True))
    return SeenSites(held, _names(entries, held, reader) if several and held else {})


def _names(
    entries: Iterable[AuditEntry], held: set[int], reader: Administrator
) -> dict[tuple[UUID, int], str]:
    named = AuditedSite.objects.filter(enterprise=reader.enterprise_id)
    acts = {entry.act_id for entry in entries}
    named = named.filter(AmongIds(F("site_id"), held, few=FEW), act_id__in=acts)
    return {(act, site): name for act, site, name in named.values_list("act_id", "site_id", "name")}


def first_sites(entries: Iterable[AuditEntry]) -> dict[int, list[int]]:
    """The first ids of each entry that is about several sites, by its pk."""
    return {one.pk: one.first_sites for one in entries if one.item.startswith(SITES)}


def all_sites(entries: Iterable[AuditEntry]) -> dict[int, list[int]]:
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
        count = site_count(entry)
        if batch and sites + count > most:
            yield batch
            batch, sites = [], 0
        batch.append(entry)
        sites += count
    if batch:
        yield batch


def site_count(entry: AuditEntry) -> int:
    """How many sites an entry is about that is about several; 0 for any other."""
    return int(entry.item.removeprefix(SITES)) if entry.item.startswith(SITES) else 0


def number(item: str) -> int:
    """The id in "site:7" or "site:7:name"."""
    return int(item.removeprefix(SITE).partition(":")[0])
