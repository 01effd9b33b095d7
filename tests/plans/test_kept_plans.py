"""PostgreSQL keeps the plan of what every page asks, and reads the rows anew each time."""

import pytest
from django.db import connection

from administrators.models import Administrator
from administrators.prepared import first_parents
from permissions.scopes import first_sites
from sites import kept_plans
from tests.plans.kept import OFTEN, named
from tests.world import World

COUNTED = "SELECT coalesce(sum(generic_plans), 0) FROM pg_prepared_statements WHERE statement ~ %s"


def plans_kept(pattern: str) -> int:
    """How often a kept plan answered statements like that."""
    with connection.cursor() as cursor:
        cursor.execute(COUNTED, [pattern])
        (count,) = cursor.fetchone()
    return int(count)


def test_one_plan_answers_everybody(world: World, keeping: None) -> None:
    asked = [world[name] for name in ("A", "B", "C", "S")] * OFTEN
    for person in asked:
        (found,) = named(person.pk, "kept for all")
        assert found["who"] == person.pk
    assert plans_kept("who") > OFTEN


def test_what_changed_is_read(world: World, keeping: None) -> None:
    pk = world["A"].pk
    for turn in range(OFTEN):
        Administrator.objects.filter(pk=pk).update(username=f"nom-{turn}")
        assert named(pk, "changed")[0]["username"] == f"nom-{turn}"


def test_ids_of_any_size_share_a_plan(world: World, keeping: None) -> None:
    for pk in (1, 40_000, 2**40) * 3:
        named(pk, "any size")
    with connection.cursor() as cursor:
        cursor.execute("SELECT DISTINCT parameter_types::text FROM pg_prepared_statements")
        assert {types for (types,) in cursor.fetchall() if "int" in types} <= {"{bigint}"}


def test_what_depends_on_the_reader_is_planned_for_them(world: World, keeping: None) -> None:
    """The first of a list are found in its order, or sorted: that depends on how many there are."""
    for _turn in range(OFTEN):
        first_sites(world["A"], 50)
        first_parents(world["A"], 50)
    assert plans_kept("LIMIT") == 0


def test_behind_pgbouncer_no_plan_is_kept(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    connection.ensure_connection()
    monkeypatch.setattr(connection.connection, "prepare_threshold", None)
    before = plans_kept("")
    for _turn in range(OFTEN):
        named(world["A"].pk, "not kept")
    assert plans_kept("") == before


@pytest.mark.parametrize("sign", ["100 %", "%s", "%%s", "L’été", "'; --", "\\"])
def test_constants_stand_in_the_text(world: World, sign: str) -> None:
    (found,) = named(world["A"].pk, "constants", sign)
    assert (found["who"], found["sign"]) == (world["A"].pk, sign)


def test_other_cursors_are_as_they_were(world: World, keeping: None) -> None:
    before = connection.connection.cursor_factory
    named(world["A"].pk, "others")
    assert connection.connection.cursor_factory is before
    broken = kept_plans._values_apart(connection.connection)
    with pytest.raises(RuntimeError, match="inside"), broken:
        raise RuntimeError("inside")
    assert connection.connection.cursor_factory is before
