"""Rows of the audit that the database writes are those that Python would write."""

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from administrators.models import Administrator
from permissions import audit, delegation, origin
from permissions.audit_rows import record_each
from permissions.models import Act, AuditEntry, SiteGrant
from tests import factories
from tests.world import World

COLUMNS = [
    field.attname
    for field in AuditEntry._meta.concrete_fields
    if field.attname not in {"id", "at", "act_id"}
]


def written() -> list[tuple[object, ...]]:
    return list(AuditEntry.objects.order_by("target_id").values_list(*COLUMNS))


@pytest.mark.parametrize("cause", [None, "A", "C"])
def test_the_same_as_one_by_one(world: World, cause: str | None) -> None:
    Administrator.objects.filter(pk=world["B"].pk).update(middle_name="d’Artagnan")
    Administrator.objects.filter(pk=world["C"].pk).update(first_name="", last_name="")
    people = Administrator.objects.branch_of(world["A"]).order_by("pk")
    because = world[cause] if cause else None
    source = origin.current.set(origin.Origin(None, "192.0.2.7"))
    entries = [audit.entry(Act.DISABLE, by=world["R"], to=one, cause=because) for one in people]
    with transaction.atomic():
        audit.record_all(entries)
        one_by_one = written()
        transaction.set_rollback(True)
    record_each(people, Act.DISABLE, by=world["R"], cause=because)
    origin.current.reset(source)
    assert written() == one_by_one
    assert AuditEntry.objects.filter(at__isnull=False).count() == len(one_by_one)


def test_in_the_order_of_the_rows(world: World) -> None:
    people = Administrator.objects.branch_of(world["A"]).order_by("-username")
    record_each(people, Act.DISABLE, by=world["R"])
    done = AuditEntry.objects.order_by("pk").values_list("target_id", flat=True)
    assert list(done) == [person.pk for person in people]


def test_a_branch_of_any_size_takes_as_many_queries(world: World) -> None:
    """Nothing is read of the rows that a cascade takes."""
    counts = []
    for people in (1, 40):
        for number in range(people):
            child = factories.person(f"enfant{people}.{number}", parent=world["A"])
            child.save()
            factories.hold(child, SiteGrant.objects.none(), [])
            site = factories.Site.objects.get(name="Paris")
            factories.hold(child, [site])
        with CaptureQueriesContext(connection) as queries:
            delegation.change_sites(world["A"], remove=[world.places["Paris"]], by=world["R"])
        counts.append(len(queries))
        delegation.change_sites(world["A"], add=[world.places["Paris"]], by=world["R"])
    assert counts[0] == counts[1]
