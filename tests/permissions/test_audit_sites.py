"""Sites given and taken together are one row of the audit for each person, which says which."""

from importlib import import_module

import pytest
from django.apps import apps
from django.db import DatabaseError, connection, transaction
from django.db.migrations.exceptions import IrreversibleError
from django.test.utils import CaptureQueriesContext

from permissions import audit, delegation
from permissions.models import Act, AuditedSite, AuditEntry
from permissions.replay import replay
from sites.arrays import AmongIds
from sites.models import Site
from tests import factories
from tests.permissions.acting import change
from tests.world import World


def said(world: World, act: Act) -> dict[str, tuple[str, str, set[int]]]:
    """By person: the item, its name, and the ids."""
    return {
        world.name_of(one.target_id): (one.item, one.item_name, {*map(int, one.site_ids.split())})
        for one in AuditEntry.objects.filter(act=act)
    }


def test_each_person_has_one_row(world: World) -> None:
    """Who had one of them has a row as for a single one."""
    paris, lyon, lille = world.ids("Paris Lyon Lille")
    change(world, "R", "A", remove="Paris Lyon Lille")
    assert AuditEntry.objects.filter(act=Act.REVOKE).count() == 9
    assert said(world, Act.REVOKE) == {
        "A": ("sites:3", "", {paris, lyon, lille}),
        "B": ("sites:3", "", {paris, lyon, lille}),
        "C": ("sites:2", "", {paris, lyon}),
        "N": (f"site:{paris}", "Paris", set()),
        "M": (f"site:{paris}", "Paris", set()),
        "T": (f"site:{lyon}", "Lyon", set()),
        "W": (f"site:{lyon}", "Lyon", set()),
        "D": (f"site:{lille}", "Lille", set()),
        "V": (f"site:{lille}", "Lille", set()),
    }


def test_what_is_given_names_what_was_lacking(world: World) -> None:
    """Sites that are held already are not in the audit."""
    change(world, "SU", "Z", add="Paris")
    change(world, "SU", "Z", add="Paris Nice Lyon")
    entry = AuditEntry.objects.filter(act=Act.GRANT).latest("pk")
    assert entry.item == "sites:2"
    assert entry.items == [f"site:{pk}" for pk in entry.site_ids.split()]
    assert sorted(entry.site_ids.split(), key=int) == sorted(map(str, world.ids("Nice Lyon")))
    named = AuditedSite.objects.filter(act_id=entry.act_id, enterprise=world.enterprises["E"])
    assert set(named.values_list("name", flat=True)) == {"Nice", "Lyon"}


def test_names_stay_what_they_were(world: World) -> None:
    change(world, "SU", "Z", add="Paris Nice")
    Site.objects.filter(name="Paris").update(name="Lutèce")
    assert set(AuditedSite.objects.values_list("name", flat=True)) == {"Paris", "Nice"}


def test_an_act_that_does_two_things_names_each_site_once(world: World) -> None:
    with audit.one_act():
        change(world, "SU", "Z", add="Paris Nice")
        change(world, "R", "A", remove="Paris Lyon")
    assert len(set(AuditEntry.objects.values_list("act_id"))) == 1
    assert AuditedSite.objects.count() == 3
    assert replay().rebuilt >= {(world.people["Z"], f"site:{world.places['Paris']}")}


def test_the_replay_reads_each_of_several(world: World) -> None:
    """The world was not made by acts: only what is given and taken since is told."""
    change(world, "SU", "Z", add="Paris Nice Lyon")
    change(world, "R", "Z", remove="Paris Lyon")
    assert replay().rebuilt == {(world.people["Z"], f"site:{world.places['Nice']}")}


def test_thousands_at_once_take_as_many_queries(world: World) -> None:
    counts, sites = [], factories.more_sites(world["R"], 1_500)
    for amount in (2, 1_500):
        ids = [site.pk for site in sites[:amount]]
        with CaptureQueriesContext(connection) as queries:
            delegation.change_sites(world["Z"], add=ids, by=world["R"])
            delegation.change_sites(world["Z"], remove=ids, by=world["R"])
        inserts = [query for query in queries if "permissions_sitegrant" in query["sql"][:40]]
        counts.append(len(queries) - len(inserts))
        last = AuditEntry.objects.filter(act=Act.REVOKE).latest("pk")
        assert (last.item, len(last.items)) == (f"sites:{amount}", amount)
    assert counts[0] == counts[1]


@pytest.mark.parametrize("few", [0, 100])
@pytest.mark.parametrize("ids", [[], [0], [-1, 2**63 - 1]])
def test_no_site_is_among_ids_of_none(world: World, ids: list[int], few: int) -> None:
    found = Site.objects.filter(AmongIds("pk", [*ids, world.places["Lyon"]], few=few))
    assert found.get().name == "Lyon"
    assert not Site.objects.filter(AmongIds("pk", ids, few=few)).exists()


def test_the_migration_does_not_go_back_over_such_rows(world: World) -> None:
    """Older code could not read them, and a row for each site would come in another order."""
    migration = import_module("permissions.migrations.0013_sites_in_the_audit")
    change(world, "SU", "Z", add="Paris")
    migration.refuse_to_lose(apps, None)
    change(world, "SU", "Z", add="Nice Lyon")
    with pytest.raises(IrreversibleError):
        migration.refuse_to_lose(apps, None)


if connection.vendor == "postgresql":

    def test_many_ids_are_hashed_and_few_are_looked_up(world: World) -> None:
        """As a join they took minutes where there were no statistics yet."""
        many, few = (Site.objects.filter(AmongIds("pk", range(n))).explain() for n in (101, 100))
        assert "hashed SubPlan" in many
        assert "SubPlan" not in few

    @pytest.mark.parametrize(
        "change_of_it",
        ["UPDATE permissions_auditedsite SET name = 'x'", "DELETE FROM permissions_auditedsite"],
    )
    def test_the_names_can_only_be_added_to(world: World, change_of_it: str) -> None:
        change(world, "SU", "Z", add="Paris Nice")
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
            connection.cursor().execute(change_of_it)
        assert AuditedSite.objects.count() == 2
