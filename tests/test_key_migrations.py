"""What was stored before keys began with the enterprise is found by it afterwards."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from administrators.models import Administrator
from permissions.checks import find_faults
from permissions.models import AuditEntry, FeatureGrant
from tests.world import World, build

BEFORE = [
    ("permissions", "0009_cheaper_audit"),
    ("administrators", "0002_order_of_branches"),
    ("sites", "0004_words_and_closed_sites"),
]
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def stored() -> Iterator[World]:
    """Everybody with their grants, as the tables were before."""
    world = build()
    migrate(BEFORE)
    yield world
    migrate(None)


def migrate(to: list[tuple[str, str]] | None) -> Any:
    executor = MigrationExecutor(connection)
    return executor.migrate(to or executor.loader.graph.leaf_nodes()).apps


def test_grants_and_entries_name_their_enterprise(stored: World) -> None:
    old = MigrationExecutor(connection).loader.project_state(BEFORE).apps
    entry = old.get_model("permissions", "AuditEntry").objects.create
    person, elsewhere, carrier = (stored.people[name] for name in ("A", "X", "SU"))
    ids = {name: one.pk for name, one in stored.enterprises.items()} | {None: None}
    told = {
        entry(act="edit", actor_id=carrier, target_id=elsewhere).pk: "F",
        entry(act="edit", actor_id=carrier, site_id=stored.places["Metz"]).pk: "F",
        entry(act="create", actor_id=carrier, item=f"enterprise:{ids['F']}").pk: "F",
        entry(act="edit", actor_id=carrier, item=f"enterprise:{ids['E']}:name").pk: "E",
        entry(act="export", actor_id=person).pk: "E",
        entry(act="export", actor_id=carrier).pk: None,
    }
    migrate(None)
    places = {
        bytes(entry.path): Administrator.objects.get(pk=entry.target_id or entry.actor_id)
        for entry in AuditEntry.objects.all()
    }
    assert all(path == one.child_path for path, one in places.items())
    assert {one.pk for one in places.values()} == {person, elsewhere, carrier}
    found = AuditEntry.objects.filter(pk__in=told).values_list("pk", "enterprise")
    assert dict(found) == {pk: ids[name] for pk, name in told.items()}
    assert FeatureGrant.objects.exists()
    assert list(find_faults()) == []
