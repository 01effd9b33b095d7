"""What acts cost, beside a plain insert and beside guardian's own shortcuts; all is rolled back."""

import time
from collections.abc import Callable
from typing import Any

from django.db import connection, transaction
from guardian.shortcuts import remove_perm

from administrators import paths, services
from administrators.models import Administrator
from permissions import delegation
from permissions.models import SiteGrant
from portal.generating import rows
from sites.models import Enterprise, Site
from tests.bench import actors
from tests.bench.guarded import give_keys

GIVEN, TAKEN, EACH_BELOW = 10_000, 5_000, 15
SAMPLE = 100  # people of whom guardian takes; what it needs for all of them is reckoned
GRANT = """
INSERT INTO permissions_sitegrant
    (user_id, permission_id, content_object_id, bound_id, enterprise_id)
SELECT person.id, %s, site.id, coalesce(person.parent_id, person.id), person.enterprise_id
FROM administrators_administrator person, sites_site site
WHERE person.id = ANY (%s) AND site.id = ANY (%s)
ON CONFLICT DO NOTHING
"""


def report(enterprise: Enterprise) -> list[list[str]]:
    """The lines of the table: what, how much, ours in seconds, the other's, how much faster."""
    boss = actors.with_about(enterprise, 10_000)
    return [give(enterprise), take(boss), disable(boss)]


def give(enterprise: Enterprise) -> list[str]:
    """Assign 10,000 sites that the parent holds, beside the same rows by `bulk_create` alone."""
    root = Administrator.objects.get(enterprise=enterprise, parent=None)
    children = Administrator.objects.filter(parent=root, all_sites=False).order_by("-pk")
    child, held = children[0], SiteGrant.objects.filter(user=children[0]).values("content_object")
    sites = Site.objects.filter(enterprise=enterprise).exclude(pk__in=held).order_by("pk")
    ids = list(sites.values_list("pk", flat=True)[:GIVEN])
    plain = [delegation._row(SiteGrant, child, pk) for pk in ids]
    ours = timed(lambda: delegation.change_sites(child, add=ids, by=root))
    other = timed(lambda: SiteGrant.objects.bulk_create(plain, batch_size=1000))
    return ["assign sites", f"{len(ids):,}", *compared(ours, other), "a plain bulk insert"]


def take(boss: Administrator) -> list[str]:
    """Take sites from somebody with thousands below, who hold some of them."""
    parent = boss.parent
    with transaction.atomic():
        ids = prepare(boss)
        rows_there = SiteGrant.objects.filter(user__in=branch(boss), content_object__in=ids).count()
        rows.analyze()
        ours = timed(lambda: delegation.change_sites(boss, remove=ids, by=parent))
        give_keys()
        other = timed(lambda: guardians_way(boss, ids)) * (branch(boss).count() / SAMPLE)
        transaction.set_rollback(True)
    return ["take sites", f"{len(ids):,} ({rows_there:,} rows)", *compared(ours, other),
            f"`remove_perm` for each person, reckoned from {SAMPLE}"]  # fmt: skip


def disable(boss: Administrator) -> list[str]:
    """A whole branch, beside one `save` for each of its people, as a loop would do."""
    people = list(branch(boss)[:SAMPLE])
    ours = timed(lambda: services.disable(boss, by=boss.parent, branch=True))
    one_by_one = timed(lambda: [end(one) for one in people])
    amount = branch(boss).count()
    other = one_by_one * amount / len(people)
    words = f"`save` for each person, reckoned from {SAMPLE}, without audit"
    return ["disable a branch", f"{amount:,} people", *compared(ours, other), words]


def end(one: Administrator) -> None:
    """The same columns, by `save`."""
    one.is_active, one.version, one.session_epoch = False, one.version + 1, one.session_epoch + 1
    one.save(update_fields=["is_active", "version", "session_epoch"])


def prepare(boss: Administrator) -> list[int]:
    """So many sites for the boss and all above, and a few of them for everybody below."""
    root = Administrator.objects.get(enterprise=boss.enterprise_id, parent=None)
    sites = Site.objects.held_by(root).order_by("pk")
    ids = list(sites.values_list("pk", flat=True)[:TAKEN])
    above = [*paths.ancestors(bytes(boss.path)), boss.pk]
    below = list(Administrator.objects.below(boss).values_list("pk", flat=True))
    with connection.cursor() as cursor:
        cursor.execute(GRANT, [SiteGrant.permission_pk(), above, ids])
        cursor.execute(GRANT, [SiteGrant.permission_pk(), below, ids[:EACH_BELOW]])
    return ids


def branch(boss: Administrator) -> Any:
    return Administrator.objects.branch_of(boss)


def guardians_way(boss: Administrator, ids: list[int]) -> None:
    sites = Site.objects.filter(pk__in=ids)
    for person in Administrator.objects.below(boss).order_by("-path")[:SAMPLE]:
        remove_perm("sites.manage_site", person, sites)


def timed(work: Callable[[], Any]) -> float:
    """Seconds, and nothing is kept."""
    with transaction.atomic():
        started = time.perf_counter()
        work()
        seconds = time.perf_counter() - started
        transaction.set_rollback(True)
    return seconds


def compared(ours: float, other: float) -> list[str]:
    return [f"{ours:.2f}", f"{other:.2f}", f"{ours / other:.2g}"]
