"""`check_delegation` finds each fault, and only it, when the database's own guards are off."""

from dataclasses import replace
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from permissions.checks import CHECKS, Fault, find_faults
from tests import factories
from tests.permissions.unguarded import (
    PEOPLE,
    bound_no_longer_computed,
    read_the_schema_again,
    unguarded,
)
from tests.world import World

SITE_GRANTS = "permissions_sitegrant"
FEATURE_GRANTS = "permissions_featuregrant"
PATH_OF_C = f"path = (SELECT path FROM {PEOPLE} WHERE id = {{C}})"
GIVE_SITE = (
    f"INSERT INTO {SITE_GRANTS}"
    " (user_id, permission_id, content_object_id, bound_id, enterprise_id)"
    " SELECT {%s}, permission_id, content_object_id, {%s}, enterprise_id"
    f" FROM {SITE_GRANTS} WHERE user_id = {{R}} AND content_object_id = {{Nice}}"
)
METZ_FOR_R = (
    f"INSERT INTO {SITE_GRANTS}"
    " (user_id, permission_id, content_object_id, bound_id, enterprise_id)"
    " SELECT {R}, permission_id, content_object_id, {R}, %s"
    f" FROM {SITE_GRANTS} WHERE user_id = {{X}} AND content_object_id = {{Metz}}"
)
GIVE_FEATURE = (
    f"INSERT INTO {FEATURE_GRANTS}"
    " (user_id, permission_id, content_object_id, bound_id, enterprise_id)"
    " SELECT {%s}, permission_id, content_object_id, {%s}, enterprise_id"
    f" FROM {FEATURE_GRANTS} WHERE user_id = {{R}} AND content_object_id = 'orders'"
)
# What L holds in each table, and one thing that X holds and Y does not: nobody's bound.
PARIS_OF_L = f"{SITE_GRANTS} SET %s WHERE user_id = {{L}} AND content_object_id = {{Paris}}"
NOTES_OF_L = f"{FEATURE_GRANTS} SET %s WHERE user_id = {{L}} AND content_object_id = 'notes'"
ORDERS_OF_X = f"{FEATURE_GRANTS} SET %s WHERE user_id = {{X}} AND content_object_id = 'orders'"
ANOTHER_PERMISSION = "permission_id = (SELECT id FROM auth_permission WHERE codename = '%s')"
GENERIC = (
    "INSERT INTO guardian_{0}objectpermission (object_pk, content_type_id, permission_id, {0}_id)"
    " SELECT '7', content_type_id, id, {{Z}} FROM auth_permission WHERE codename = 'manage_site'"
)
ENTRY = (
    "INSERT INTO permissions_auditentry (target_id, actor_id, path, at, act, target_name,"
    ' actor_name, item, item_name, cause_name, "before", "after")'
    f" SELECT %s, %s, path, created_at, 'edit', '', '', '', '', '', '', '' FROM {PEOPLE}"
    " WHERE id = {C}"
)
ACT = "0123456789abcdef0123456789abcdef"
ENTRY_OF_SITES = (
    "INSERT INTO permissions_auditentry (enterprise_id, path, at, act, target_name, actor_name,"
    ' item, item_name, cause_name, "before", "after", site_ids, act_id)'
    f" SELECT enterprise_id, path, created_at, 'grant', '', '', '%s', '', '', '', '', ' 4 12 ',"
    f" '{ACT}' FROM {PEOPLE} WHERE id = {{C}}"
)
NAME_OF_SITE = f";INSERT INTO permissions_auditedsite VALUES ({{E}}, '{ACT}', %s, 'Paris')"

# the fault's kind, the row that it names, what was written past the guards
BROKEN = [
    (
        "parent_missing",
        "administrator={Z}",
        f"UPDATE {PEOPLE} SET parent_id = 99999999 WHERE id = {{Z}}",
    ),
    (
        "path",
        "administrator={L}",
        f"UPDATE {PEOPLE} SET {PATH_OF_C} WHERE id = {{L}}",
    ),
    (
        "path",
        "administrator={SU}",
        f"UPDATE {PEOPLE} SET {PATH_OF_C} WHERE id = {{SU}}",
    ),
    ("audit_path", "administrator={C}", ENTRY % ("id", "NULL")),
    ("audit_path", "administrator={C}", ENTRY % ("NULL", "id")),
    ("audit_sites", "entry=", ENTRY_OF_SITES % "sites:2"),
    ("audit_sites", "entry=", ENTRY_OF_SITES % "sites:2" + NAME_OF_SITE % 4),
    (
        "audit_sites",
        "entry=",
        ENTRY_OF_SITES % "sites:3" + NAME_OF_SITE % 4 + NAME_OF_SITE % 12,
    ),
    (
        "enterprise",
        "administrator={Z}",
        f"UPDATE {PEOPLE} SET enterprise_id = {{F}} WHERE id = {{Z}}",
    ),
    (
        "root_all_sites",
        "administrator={X}",
        f"UPDATE {PEOPLE} SET all_sites = FALSE WHERE id = {{X}}",
    ),
    (
        "all_sites_beyond_parent",
        "administrator={S1}",
        f"UPDATE {PEOPLE} SET all_sites = FALSE WHERE id = {{S}}",
    ),
    (
        "all_sites_incomplete",
        "administrator={S1} site={Rennes}",
        f"DELETE FROM {SITE_GRANTS} WHERE user_id = {{S1}} AND content_object_id = {{Rennes}}",
    ),
    (
        "superuser_in_tree",
        "administrator={SU}",
        f"UPDATE {PEOPLE} SET all_sites = TRUE WHERE id = {{SU}}",
    ),
    (
        "superuser_in_tree",
        "administrator={SU} parent={R}",
        f"UPDATE {PEOPLE} SET parent_id = {{R}}, enterprise_id = {{E}},"
        f" path = (SELECT path FROM {PEOPLE} WHERE id = {{Z}}) WHERE id = {{SU}}",
    ),
    (
        "no_enterprise",
        "administrator={SU}",
        f"UPDATE {PEOPLE} SET is_superuser = FALSE, is_staff = FALSE, all_sites = TRUE"
        " WHERE id = {SU}",
    ),
    ("superuser_grant", "administrator={SU} thing={Nice}", GIVE_SITE % ("SU", "SU")),
    ("superuser_grant", "administrator={SU} thing=orders", GIVE_FEATURE % ("SU", "SU")),
    ("staff", "administrator={Z}", f"UPDATE {PEOPLE} SET is_staff = TRUE WHERE id = {{Z}}"),
    ("staff", "administrator={SU}", f"UPDATE {PEOPLE} SET is_staff = FALSE WHERE id = {{SU}}"),
    (
        "group",
        "administrator={Z} group=7",
        f"INSERT INTO {PEOPLE}_groups (administrator_id, group_id) VALUES ({{Z}}, 7)",
    ),
    (
        "user_permission",
        "administrator={Z}",
        f"INSERT INTO {PEOPLE}_user_permissions (administrator_id, permission_id)"
        " SELECT {Z}, id FROM auth_permission WHERE codename = 'manage_site'",
    ),
    ("generic_permission", "UserObjectPermission=", GENERIC.format("user")),
    ("generic_permission", "GroupObjectPermission=", GENERIC.format("group")),
    ("grant_dangling", "sitegrant", "UPDATE " + PARIS_OF_L % "user_id = 99999999"),
    ("grant_dangling", "featuregrant", "UPDATE " + NOTES_OF_L % "user_id = 99999999"),
    ("grant_dangling", "thing=gone", "UPDATE " + ORDERS_OF_X % "content_object_id = 'gone'"),
    ("grant_dangling", "thing=orders", "UPDATE " + ORDERS_OF_X % "permission_id = 9999"),
    (
        "grant_permission",
        "administrator={L} thing={Paris}",
        "UPDATE " + PARIS_OF_L % (ANOTHER_PERMISSION % "use_feature"),
    ),
    (
        "grant_permission",
        "administrator={X} thing=orders",
        "UPDATE " + ORDERS_OF_X % (ANOTHER_PERMISSION % "manage_site"),
    ),
    ("grant_bound", "administrator={L} thing={Paris}", "UPDATE " + PARIS_OF_L % "bound_id = {R}"),
    ("grant_bound", "administrator={L} thing=notes", "UPDATE " + NOTES_OF_L % "bound_id = {R}"),
    ("grant_bound", "administrator={X} thing=orders", "UPDATE " + ORDERS_OF_X % "bound_id = {R}"),
    (
        "grant_enterprise",
        "administrator={L} thing={Paris}",
        "UPDATE " + PARIS_OF_L % "enterprise_id = {F}",
    ),
    (
        "grant_enterprise",
        "administrator={L} thing=notes",
        "UPDATE " + NOTES_OF_L % "enterprise_id = {F}",
    ),
    ("grant_enterprise", "administrator={R} thing={Metz} bound={R}", METZ_FOR_R % "{E}"),
    ("grant_enterprise", "administrator={R} thing={Metz}", METZ_FOR_R % "{F}"),
    ("grant_beyond_parent", "administrator={L} thing={Nice}", GIVE_SITE % ("L", "A")),
    ("grant_beyond_parent", "administrator={L} thing=orders", GIVE_FEATURE % ("L", "A")),
    ("feature", "feature=telepathy", "INSERT INTO permissions_feature (code) VALUES ('telepathy')"),
    (
        "feature",
        "feature=sip_trunking",
        f"DELETE FROM {FEATURE_GRANTS} WHERE content_object_id = 'sip_trunking';"
        "DELETE FROM permissions_feature WHERE code = 'sip_trunking'",
    ),
]


@pytest.fixture
def world(world: World) -> World:
    """The common world, and L, a child of A with nobody below."""
    leaf = factories.person("leaf", parent=world["A"])
    leaf.save(force_insert=True)
    factories.hold(leaf, [world.site("Paris")], ["notes"])
    return replace(world, people={**world.people, "L": leaf.pk})


@pytest.mark.parametrize(
    ("kind", "row", "statements"), BROKEN, ids=[" ".join(b[:2]) for b in BROKEN]
)
def test_a_fault_is_found_and_no_other(world: World, kind: str, row: str, statements: str) -> None:
    faults = _faults_after(world, *statements.split(";"))
    assert [fault.kind for fault in faults] == [kind]
    assert row.format(**_ids(world)) in str(faults[0])


def test_a_bound_that_is_not_the_parent_is_found(world: World) -> None:
    """The database computes it: only a column that no longer is computed can be wrong."""
    update = f"UPDATE {PEOPLE} SET bound = {{R}} WHERE id = {{L}}"
    try:
        faults = _faults_after(world, *bound_no_longer_computed(), update)
    finally:
        read_the_schema_again()
    assert [fault.kind for fault in faults] == ["bound"]
    assert f"administrator={world.people['L']} " in str(faults[0])


def test_every_check_finds_something() -> None:
    """The table above, and the bound below it, leave no check out."""
    found = {kind for kind, _row, _statements in BROKEN} | {"bound"}
    assert len(found) == len(CHECKS) + 1  # superusers_outside_the_tree has two kinds


def test_a_sound_world_has_no_fault(world: World) -> None:
    output = StringIO()
    call_command("check_delegation", stdout=output)
    assert output.getvalue() == f"{len(CHECKS)} checks, no fault\n"


def test_the_command_prints_the_rows_counts_them_and_fails(world: World) -> None:
    output = StringIO()
    with unguarded() as cursor:
        cursor.execute(f"UPDATE {PEOPLE} SET all_sites = TRUE WHERE is_superuser")
        cursor.execute("INSERT INTO permissions_feature (code) VALUES ('telepathy')")
        with pytest.raises(CommandError, match="2 faults found") as failed:
            call_command("check_delegation", stdout=output)
    assert failed.value.returncode == 1
    assert output.getvalue().splitlines() == [
        f"superuser_in_tree: administrator={world.people['SU']} parent=None:"
        " a superuser inside the tree",
        "feature: feature=telepathy: is none of the features of the portal",
    ]


def test_more_people_do_not_mean_more_statements(world: World) -> None:
    with CaptureQueriesContext(connection) as few:
        assert list(find_faults()) == []
    factories.children(world["B"], 50)
    with CaptureQueriesContext(connection) as many:
        assert list(find_faults()) == []
    assert len(many) == len(few)


def _ids(world: World) -> dict[str, int]:
    customers = {name: one.pk for name, one in world.enterprises.items()}
    return {**world.people, **world.places, **customers}


def _faults_after(world: World, *statements: str) -> list[Fault]:
    with unguarded() as cursor:
        for statement in statements:
            cursor.execute(statement.format(**_ids(world)))
        return list(find_faults())
