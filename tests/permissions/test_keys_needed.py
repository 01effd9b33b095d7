"""Each constraint is needed: with that one taken away, an attack that was refused gets through.

A unique constraint to which a composite key refers takes that key with it, since no key can stand
without. None is redundant; the answers are the same on both databases.
"""

import pytest
from django.db import IntegrityError, transaction

from tests.permissions.dropping import guards, leaning_on, without
from tests.permissions.test_database import ATTACKS, FEATURE, SITE, run
from tests.world import World

GUARDS = guards()
MORE_ATTACKS = {
    "site of nobody": SITE + "NULL, {Nantes}, {A}, {E})",
    "no site": SITE + "{B}, NULL, {A}, {E})",
    "feature of nobody": FEATURE + "NULL, 'notes', {A}, {E})",
    "no feature": FEATURE + "{B}, NULL, {A}, {E})",
    "feature without permission": "INSERT INTO permissions_featuregrant"
    " (user_id, content_object_id, bound_id, enterprise_id) VALUES ({B}, 'dashboard', {A}, {E})",
    "a site's name twice": "UPDATE sites_site SET name = 'Lyon' WHERE id = {Paris}",
}
# guard, what gets through without it
NEEDED = {
    "admin_of_enterprise": {"a new parent elsewhere", "another enterprise, nothing granted"},
    "admin_of_bound": {"site bound to the grandparent", "feature bound to oneself"},
    "admin_of_all_sites": {"all sites without the parent", "all sites taken from between"},
    "admin_one_root": {"a second root"},
    "admin_same_enterprise_as_parent": {
        "a new parent elsewhere",
        "another enterprise, nothing granted",
    },
    "admin_all_sites_within_bound": {
        "all sites without the parent",
        "all sites taken from between",
    },
    "admin_superusers_outside_the_tree": {
        "superuser with all sites",
        "superuser inside a tree",
        "no enterprise",
    },
    "admin_staff_are_superusers": {
        "staff without being superuser",
        "superuser without being staff",
    },
    "admin_not_their_own_parent": {"their own parent"},
    "admin_root_holds_all_sites": {"a root without all sites"},
    "site_grant_once": {"the same site twice", "site that the parent lacks"},
    "site_grant_within_bound": {
        "site that the parent lacks",
        "grant with one below handed to a sibling",
        "grant of a leaf moved to another site",
        "grant of a parent moved to another site",
        "permission of a parent's grant changed",
    },
    "site_grant_true_bound": {
        "site bound to the grandparent",
        "site bound to the root",
        "site bound to oneself",
        "site bound to another enterprise",
        "root takes another's site",
        "superuser with a site",
        "grant handed to a stranger",
        "bound changed",
    },
    "site_grant_same_enterprise": {"a site moved to another enterprise"},
    "feature_grant_once": {"the same feature twice", "feature that the parent lacks"},
    "feature_grant_within_bound": {"feature that the parent lacks"},
    "feature_grant_true_bound": {
        "feature bound to the grandparent",
        "feature bound to oneself",
        "feature bound to another enterprise",
        "superuser with a feature",
    },
    "site_of_enterprise": {"a site moved to another enterprise"},
    "site_name": {"a site's name twice"},
    "sitegrant.permission_id": {"site without permission"},
    "sitegrant.user_id": {"site of nobody"},
    "sitegrant.bound_id": {"site without bound", "bound emptied"},
    "sitegrant.content_object_id": {"no site"},
    "sitegrant.enterprise_id": {"site without enterprise", "superuser with a site, no enterprise"},
    "featuregrant.permission_id": {"feature without permission"},
    "featuregrant.user_id": {"feature of nobody"},
    "featuregrant.bound_id": {"feature without bound"},
    "featuregrant.content_object_id": {"no feature"},
    "featuregrant.enterprise_id": {
        "feature without enterprise",
        "superuser with a feature, no enterprise",
    },
}


def gets_through(world: World, attack: str) -> bool:
    """Whether the database takes it; it is undone in either case."""
    try:
        with transaction.atomic():
            run(world, {**ATTACKS, **MORE_ATTACKS}[attack])
            transaction.set_rollback(True)
    except IntegrityError:
        return False
    return True


def test_every_constraint_has_its_attack_and_every_attack_its_constraint() -> None:
    assert set(NEEDED) == set(GUARDS)


@pytest.mark.parametrize("name", NEEDED)
def test_without_it_an_attack_gets_through(world: World, name: str) -> None:
    attacks = NEEDED[name]
    assert {attack for attack in attacks if gets_through(world, attack)} == set()
    with without(GUARDS[name]):
        assert {attack for attack in attacks if gets_through(world, attack)} == attacks
    assert {attack for attack in attacks if gets_through(world, attack)} == set()


@pytest.mark.parametrize("name", [name for name, guard in GUARDS.items() if leaning_on(guard)])
def test_what_a_key_leans_on_carries_every_attack_of_that_key(name: str) -> None:
    """So the unique constraints of ids, which look superfluous, are not."""
    for key in leaning_on(GUARDS[name]):
        if key.name in NEEDED:  # else it stands in test_inventory_keys.py
            assert NEEDED[name] & NEEDED[key.name]
