"""Containment is a property of the database: plain SQL cannot break it either."""

import pytest
from django.db import IntegrityError, connection, transaction

from permissions.models import FeatureGrant, SiteGrant
from tests.permissions.acting import difference
from tests.world import World

PEOPLE, PLACES = "administrators_administrator", "sites_site"
SITE = (
    "INSERT INTO permissions_sitegrant"
    " (permission_id, user_id, content_object_id, bound_id, enterprise_id) VALUES ({of_site}, "
)
FEATURE = (
    "INSERT INTO permissions_featuregrant"
    " (permission_id, user_id, content_object_id, bound_id, enterprise_id) VALUES ({of_feature}, "
)


def edit(who: str, what: str, change: str) -> str:
    """Change a grant row of a site."""
    return (
        f"UPDATE permissions_sitegrant SET {change}"
        f" WHERE user_id = {{{who}}} AND content_object_id = {{{what}}}"
    )


def alter(who: str, change: str) -> str:
    """Change an administrator's row."""
    return f"UPDATE {PEOPLE} SET {change} WHERE id = {{{who}}}"


ATTACKS = {
    "site that the parent lacks": SITE + "{C}, {Nantes}, {B}, {E})",
    "site bound to the grandparent": SITE + "{C}, {Nantes}, {A}, {E})",
    "site bound to the root": SITE + "{B}, {Nantes}, {R}, {E})",
    "site bound to oneself": SITE + "{B}, {Nice}, {B}, {E})",
    "site without bound": SITE + "{B}, {Nantes}, NULL, {E})",
    "site without enterprise": SITE + "{B}, {Nantes}, {A}, NULL)",
    "site without permission": "INSERT INTO permissions_sitegrant"
    " (user_id, content_object_id, bound_id, enterprise_id) VALUES ({B}, {Nantes}, {A}, {E})",
    "site of another enterprise": SITE + "{A}, {Metz}, {R}, {E})",
    "site of another enterprise, named": SITE + "{A}, {Metz}, {R}, {F})",
    "site bound to another enterprise": SITE + "{A}, {Metz}, {X}, {F})",
    "root takes another's site": SITE + "{R}, {Metz}, {R}, {F})",
    "superuser with a site": SITE + "{SU}, {Paris}, {SU}, {E})",
    "superuser with a site, no enterprise": SITE + "{SU}, {Paris}, {SU}, NULL)",
    "the same site twice": SITE + "{B}, {Paris}, {A}, {E})",
    "feature that the parent lacks": FEATURE + "{C}, 'dashboard', {B}, {E})",
    "feature bound to the grandparent": FEATURE + "{C}, 'dashboard', {A}, {E})",
    "feature bound to oneself": FEATURE + "{B}, 'analytics', {B}, {E})",
    "feature without bound": FEATURE + "{B}, 'dashboard', NULL, {E})",
    "feature without enterprise": FEATURE + "{B}, 'dashboard', {A}, NULL)",
    "feature in another enterprise": FEATURE + "{B}, 'dashboard', {A}, {F})",
    "feature bound to another enterprise": FEATURE + "{A}, 'orders', {X}, {F})",
    "superuser with a feature": FEATURE + "{SU}, 'notes', {SU}, {E})",
    "superuser with a feature, no enterprise": FEATURE + "{SU}, 'notes', {SU}, NULL)",
    "superuser with all sites": alter("SU", "all_sites = true"),
    "the same feature twice": FEATURE + "{B}, 'notes', {A}, {E})",
    "the same feature twice, elsewhere": FEATURE + "{B}, 'notes', {A}, {F})",
    "grant handed to another branch": edit("B", "Lille", "user_id = {S}"),
    "grant with one below handed to a sibling": edit("B", "Lyon", "user_id = {N}"),
    "grant handed to a stranger": edit("B", "Lille", "user_id = {Y}"),
    "grant of a leaf moved to another site": edit("C", "Paris", "content_object_id = {Nantes}"),
    "grant of a parent moved to another site": edit("A", "Lyon", "content_object_id = {Nice}"),
    "bound changed": edit("C", "Paris", "bound_id = {A}"),
    "bound emptied": edit("C", "Paris", "bound_id = NULL"),
    "enterprise of a grant changed": edit("C", "Paris", "enterprise_id = {F}"),
    "permission of a parent's grant changed": edit("B", "Paris", "permission_id = {of_feature}"),
    "a new parent": alter("B", "parent_id = {S}"),
    "a new parent elsewhere": alter("Z", "parent_id = {X}"),
    "no parent": alter("B", "parent_id = NULL"),
    "their own parent": alter("Z", "parent_id = {Z}"),
    "a cycle": alter("A", "parent_id = {C}"),
    "a second root": alter("Z", "parent_id = NULL, all_sites = true"),
    "another enterprise": alter("B", "enterprise_id = {F}"),
    "another enterprise, nothing granted": alter("Z", "enterprise_id = {F}"),
    "no enterprise": alter("Z", "enterprise_id = NULL, parent_id = NULL, all_sites = true"),
    "all sites without the parent": alter("B", "all_sites = true"),
    "all sites taken from between": alter("S", "all_sites = false"),
    "a root without all sites": alter("X", "all_sites = false"),
    "staff without being superuser": alter("A", "is_staff = true"),
    "superuser without being staff": alter("SU", "is_staff = false"),
    "superuser inside a tree": alter("Z", "is_staff = true, is_superuser = true"),
    "a superuser made an administrator": alter("SU", "is_staff = false, is_superuser = false"),
    "a site moved to another enterprise": "UPDATE sites_site SET enterprise_id = {F}"
    " WHERE id = {Nice}",
    "a parent deleted": f"DELETE FROM {PEOPLE} WHERE id = {{B}}",
    "a root deleted": f"DELETE FROM {PEOPLE} WHERE id = {{R}}",
    "an enterprise deleted": "DELETE FROM sites_enterprise WHERE id = {F}",
    "a username twice": alter("B", "username = 'user-a'"),
}
# what is deleted, and every grant that must go with it
CASCADES = {
    "site of a leaf": ("C:Paris", "C:Paris"),
    "site of the middle": ("B:Lyon", "B:Lyon C:Lyon"),
    "site at the top": ("A:Lille", "A:Lille B:Lille D:Lille V:Lille"),
    "site of the root": (
        "R:Lyon",
        "R:Lyon A:Lyon B:Lyon C:Lyon T:Lyon W:Lyon S:Lyon S1:Lyon",
    ),
    "feature of the middle": ("B:notes", "B:notes C:notes"),
    "feature at the top": (
        "A:manage_administrators",
        "A:manage_administrators B:manage_administrators C:manage_administrators "
        "T:manage_administrators D:manage_administrators",
    ),
}


def run(world: World, sql: str) -> None:
    """Plain SQL, with people and places by name; checked at the latest at its commit."""
    names = {
        **world.people,
        **world.places,
        **{name: one.pk for name, one in world.enterprises.items()},
        "of_site": SiteGrant.permission_pk(),
        "of_feature": FeatureGrant.permission_pk(),
    }
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql.format(**names))
        connection.check_constraints()


@pytest.mark.parametrize("sql", ATTACKS.values(), ids=ATTACKS)
def test_the_database_refuses(world: World, sql: str):
    before = world.grants()
    with pytest.raises(IntegrityError):
        run(world, sql)
    assert world.grants() == before


@pytest.mark.parametrize(
    "sql",
    [
        SITE + "{B}, {Nantes}, {A}, {E})",
        FEATURE + "{B}, 'dashboard', {A}, {E})",
        alter("A", "all_sites = true"),
        alter("S1", "all_sites = false"),
        edit("N", "Nantes", "content_object_id = {Lyon}"),
        alter("A", "first_name = 'Anne'"),
    ],
)
def test_what_the_rules_allow_is_allowed(world: World, sql: str):
    """So the attacks are refused for what they do, not for how they are written."""
    run(world, sql)


@pytest.mark.parametrize(("row", "gone"), CASCADES.values(), ids=CASCADES)
def test_a_row_deleted_takes_those_below_with_it(world: World, row: str, gone: str):
    name, item = row.split(":")
    sql = "DELETE FROM permissions_featuregrant WHERE user_id = {%s} AND content_object_id = '%s'"
    if item in world.places:
        sql = "DELETE FROM permissions_sitegrant WHERE user_id = {%s} AND content_object_id = {%s}"
    act = lambda: run(world, sql % (name, item))  # noqa: E731
    assert difference(world, act) == (set(), set(gone.split()))


def test_a_site_that_is_deleted_takes_its_grants_with_it(world: World):
    """A key that is used again must inherit nothing."""
    gone = {row for row in world.grants() if row.endswith(":Nantes")}
    act = lambda: run(world, f"DELETE FROM {PLACES} WHERE id = {{Nantes}}")  # noqa: E731
    assert difference(world, act) == (set(), gone)


def test_a_leaf_that_is_deleted_takes_their_grants_with_them(world: World):
    gone = {row for row in world.grants() if row.startswith("C:")}
    c = world.people.pop("C")
    with connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM {PEOPLE} WHERE id = %s", [c])
    assert not SiteGrant.objects.filter(user_id=c).exists()
    assert not FeatureGrant.objects.filter(user_id=c).exists()
    assert gone
