"""Every small case, against an oracle in plain sets (small_oracle.py).

A world is an enterprise with two sites and a tree of at most 4 administrators, who hold sites
(all of them "present and future" too), `manage_administrators` and one other feature in any way
that containment allows; and beside it another enterprise and carrier staff. Actors and targets are
everybody in it. Mirrored cases are tried once (small_enumeration.py).

The rules are asked about every tree of at most 2 with sites and features in every combination, and
about every tree of 3 and 4 with sites in every way where all hold both features, and features in
every way where all hold all sites; of everybody active, disabled, and owing a password. Whether a
page opens is asked in trees of at most 2: there one's own and one's parent's sites and features
stand in every combination, and no others could matter.

The acts are tried in every tree of at most 3, the whole world being compared after each:
- to change sites: in every way to hold sites, every argument where the actor may (in trees of 3
  every one that does not give and take the same); out of scope, one argument of each kind, with and
  without `manage_administrators`;
- to change features: the same with every way to hold features;
- to create: with sites, in every way to hold sites; with features, in every way to hold features;
- to disable one or a branch, enable, reset, edit: in every way to hold `manage_administrators`, and
  where all hold it, with each in turn disabled or owing a password.

PORTAL_LONG=1 asks the rules about all trees in every combination (opening: of at most 3), tries the
acts in trees of 4 too, and in those of at most 3 with every argument, state and way even out of
scope. Never combined are sites with the other feature in an act: no act reads both.
"""

import os
from itertools import product
from typing import Any

import pytest
from django.db import transaction

from administrators.models import Administrator
from permissions import rules
from permissions.features import FeatureCode
from tests.permissions import counted
from tests.permissions.small_acts import ACTS, looks
from tests.permissions.small_enumeration import FOREIGN, OUTSIDE, SITES, Parents, once, trees
from tests.permissions.small_oracle import (
    BOTH,
    World,
    after,
    manages,
    may_be_given,
    may_change,
    may_know,
    opens,
)
from tests.permissions.small_portal import Placed, attempt, facts, place, rows

LONG = bool(os.environ.get("PORTAL_LONG"))
ALL = [tree for people in (1, 2, 3, 4) for tree in trees(people)]
# The acts take minutes on the bigger trees: up to a grandchild always, all of them with `--long`.
ACTED_ON = ALL if LONG else [*trees(1), *trees(2), (None, 0, 1)]
Said = dict[Any, Any]
STATES = ((True, False), (False, False), (True, True))  # active, owes


@pytest.mark.parametrize("parents", ALL, ids=str)
def test_the_rules(db: None, parents: Parents) -> None:
    opening = len(parents) < (4 if LONG else 3)
    cases = once(looks(parents, whole=LONG or len(parents) < 3))
    found = [world for world, *_who in cases]
    whom = range(len(parents) + OUTSIDE)  # the same people stand outside of each of the trees
    for world, placed in zip(found, place(found), strict=True):
        said = what_the_rules_say(placed, whom, opening)
        assert said == what_the_oracle_says(world, whom, opening), world
        counted.cases["rules"] += len(said)
        whom = range(len(parents))


@pytest.mark.parametrize("kind", ACTS)
@pytest.mark.parametrize("parents", ACTED_ON, ids=str)
def test_the_acts(db: None, parents: Parents, kind: str) -> None:
    cases = once(ACTS[kind](parents, whole=LONG and len(parents) < 4))
    found = list(dict.fromkeys(world for world, *_what in cases))
    placed = dict(zip(found, place(found), strict=True))
    for world, actor, target, act in cases:
        why, then = after(world, actor, target, act)
        with transaction.atomic():
            said = attempt(placed[world], actor, target, act)
            found_then = rows(placed[world])
            transaction.set_rollback(True)
        assert (said, found_then) == (why, facts(then)), (world, actor, target, act)
    counted.cases[kind] += len(cases)


def what_the_rules_say(placed: Placed, whom: range, opening: bool) -> Said:
    names = {site.pk: name for name, site in placed.places.items()}
    said: Said = {}
    for at in whom:
        one = placed.people[at]
        said["sites", at] = {names[site.pk] for site in rules.held_sites(one)}
        said["features", at] = set(rules.held_features(one))
        said["may change", at] = {o for o, who in others(placed) if rules.may_change(one, who)}
        said["may know", at] = {o for o, who in others(placed) if rules.may_know(one, who)}
        if not one.is_superuser:
            said["given", at] = given(one, names)
        for active, owes in STATES:
            one.is_active, one.must_change_password = active, owes
            said["opens", at, active, owes] = opened(placed, one) if opening else set()
            managed = {o for o, who in others(placed) if rules.manages(one, who)}
            said["manages", at, active, owes] = managed
        one.is_active, one.must_change_password = True, False
    return said


def opened(placed: Placed, one: Administrator) -> set[tuple[str, str]]:
    return {
        (name, feature)
        for name, feature in product(placed.places, BOTH)
        if rules.may_open(one, placed.places[name], FeatureCode(feature))
    }


def others(placed: Placed) -> list[tuple[int, Administrator]]:
    return list(enumerate(placed.people))


def given(one: Administrator, names: dict[int, str]) -> tuple[set[str], set[str], bool]:
    sites = {names[site.pk] for site in rules.grantable_sites(one)}
    return sites, set(rules.grantable_features(one)) & BOTH, rules.may_hold_all_sites(one)


def what_the_oracle_says(world: World, whom: range, opening: bool) -> Said:
    said: Said = {}
    everybody, places = range(len(world)), {*SITES, FOREIGN}
    for at in whom:
        one = world[at]
        said["sites", at], said["features", at] = one.sites, one.features
        said["may change", at] = {o for o in everybody if may_change(world, at, o)}
        said["may know", at] = {o for o in everybody if may_know(world, at, o)}
        if one.enterprise:
            said["given", at] = may_be_given(world, at)
        for active, owes in STATES:
            now = one._replace(active=active, owes=owes)
            then = (*world[:at], now, *world[at + 1 :])
            pairs = product(places, BOTH) if opening else ()
            found = {(site, code) for site, code in pairs if opens(now, site, code)}
            said["opens", at, active, owes] = found
            said["manages", at, active, owes] = {o for o in everybody if manages(then, at, o)}
    return said
