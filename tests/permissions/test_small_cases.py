"""Every small case, against an oracle in plain sets (small_oracle.py).

A world is an enterprise with two sites and a tree of at most 4 administrators, who hold sites
(all of them "present and future" too), `manage_administrators` and one other feature in any way
that containment allows; and beside it another enterprise and carrier staff. Actors and targets are
everybody in it. Mirrored cases are tried once (small_enumeration.py).

The rules are asked about every tree of at most 3 with sites and features in every combination, and
about every tree of 4 with sites in every way, then features in every way; of everybody active,
disabled, and owing a password.

The acts are tried in every tree of at most 3, the whole world being compared after each:
- to change sites: in every way to hold sites, every argument where the actor may; out of scope, one
  argument of each kind, with and without `manage_administrators`;
- to change features: the same with every way to hold features;
- to create: with sites, in every way to hold sites; with features, in every way to hold features;
- to disable one or a branch, enable, reset, edit: in every way to hold `manage_administrators`, and
  where all hold it, with each in turn disabled or owing a password.

PORTAL_LONG=1 asks the rules about trees of 4 in every combination, tries the acts in trees of 4
too, and in those of at most 3 with every argument, state and way even out of scope. Never combined
are sites with the other feature in an act: no act reads both.
"""

import os
from itertools import product

import pytest
from django.db import transaction

from permissions import rules
from permissions.features import FeatureCode
from tests.permissions import counted
from tests.permissions.small_acts import ACTS, looks
from tests.permissions.small_enumeration import Parents, once, trees
from tests.permissions.small_oracle import (
    BOTH,
    World,
    after,
    manages,
    may_be_given,
    may_change,
    opens,
)
from tests.permissions.small_portal import Placed, attempt, facts, place, rows

LONG = bool(os.environ.get("PORTAL_LONG"))
SMALL = [tree for people in (1, 2, 3) for tree in trees(people)]
ALL = [*SMALL, *trees(4)]
STATES = ((True, False), (False, False), (True, True))  # active, owes


@pytest.mark.parametrize("parents", ALL, ids=str)
def test_the_rules(db: None, parents: Parents) -> None:
    cases = once(looks(parents, whole=LONG or len(parents) < 4))
    found = [world for world, *_who in cases]
    for world, placed in zip(found, place(found), strict=True):
        said = what_the_rules_say(placed)
        assert said == what_the_oracle_says(world), world
        counted.cases["rules"] += len(said)


@pytest.mark.parametrize("kind", ACTS)
@pytest.mark.parametrize("parents", ALL if LONG else SMALL, ids=str)
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


def what_the_rules_say(placed: Placed) -> dict[object, object]:
    names = {site.pk: name for name, site in placed.places.items()}
    said: dict[object, object] = {}
    for at, one in enumerate(placed.people):
        said["sites", at] = {names[site.pk] for site in rules.held_sites(one)}
        said["features", at] = set(rules.held_features(one))
        if not one.is_superuser:
            said["given", at] = (
                {names[site.pk] for site in rules.grantable_sites(one)},
                set(rules.grantable_features(one)) & BOTH,
                rules.may_hold_all_sites(one),
            )
        for active, owes in STATES:
            one.is_active, one.must_change_password = active, owes
            said["opens", at, active, owes] = {
                (name, feature)
                for name, feature in product(placed.places, BOTH)
                if rules.may_open(one, placed.places[name], FeatureCode(feature))
            }
            said["manages", at, active, owes] = {
                other for other, who in enumerate(placed.people) if rules.manages(one, who)
            }
            said["may change", at, active, owes] = {
                other for other, who in enumerate(placed.people) if rules.may_change(one, who)
            }
        one.is_active, one.must_change_password = True, False
    return said


def what_the_oracle_says(world: World) -> dict[object, object]:
    said: dict[object, object] = {}
    for at, one in enumerate(world):
        said["sites", at], said["features", at] = one.sites, one.features
        if one.enterprise:
            said["given", at] = may_be_given(world, at)
        for active, owes in STATES:
            now = one._replace(active=active, owes=owes)
            then = (*world[:at], now, *world[at + 1 :])
            others = range(len(world))
            sites = set().union(*(somebody.sites for somebody in world))
            said["opens", at, active, owes] = {
                (site, feature)
                for site, feature in product(sites, BOTH)
                if opens(now, site, feature)
            }
            said["manages", at, active, owes] = {o for o in others if manages(then, at, o)}
            said["may change", at, active, owes] = {o for o in others if may_change(then, at, o)}
    return said
