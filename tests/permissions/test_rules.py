"""The rules as whole tables: who holds what, who manages whom, what may be granted to whom."""

import pytest

from administrators.models import Administrator
from permissions import rules
from permissions.features import FeatureCode
from permissions.guardian import holds
from permissions.models import Feature
from sites.models import Site
from tests.world import EVERYBODY, World

EVERY_SITE = "Paris Lyon Lille Nantes Nice"
EVERY_FEATURE = " ".join(FeatureCode.values)

# name  open sites                 features
HELD = {
    "R": (EVERY_SITE, EVERY_FEATURE),
    "A": ("Paris Lyon Lille Nantes", "manage_administrators dashboard notes reports"),
    "S": (EVERY_SITE, "manage_administrators analytics notes"),
    "Z": ("", ""),
    "B": ("Paris Lyon Lille", "manage_administrators notes reports"),
    "N": ("Paris Nantes", "dashboard notes"),
    "T": ("Lyon", "manage_administrators notes"),
    "D": ("Lille", "manage_administrators notes"),
    "S1": (EVERY_SITE, "manage_administrators notes"),
    "C": ("Paris Lyon", "manage_administrators notes"),
    "M": ("Paris", "notes"),
    "W": ("Lyon", "notes"),
    "V": ("Lille", "notes"),
    "X": ("Metz Dijon", EVERY_FEATURE),
    "Y": ("Metz", "manage_administrators notes"),
    "SU": ("", ""),
}
# actor: who is below                       whom they manage
BELOW = {
    "R": ("A S Z B N T D S1 C M W V", "A S Z B N T D S1 C M W V"),
    "A": ("B N T D C M W V", "B N T D C M W V"),
    "S": ("S1", "S1"),
    "Z": ("", ""),
    "B": ("C", "C"),
    "N": ("M", ""),
    "T": ("W", ""),
    "D": ("V", ""),
    "S1": ("", ""),
    "C": ("", ""),
    "M": ("", ""),
    "W": ("", ""),
    "V": ("", ""),
    "X": ("Y", "Y"),
    "Y": ("", ""),
    "SU": ("", ""),
}
EVERYBODY_ELSE = " ".join(name for name in EVERYBODY if name != "SU")
# target: what its parent holds, whoever acts   all sites, present and future
GRANTABLE = {
    "R": (EVERY_SITE, EVERY_FEATURE, True),
    "A": (*HELD["R"], True),
    "S": (*HELD["R"], True),
    "Z": (*HELD["R"], True),
    "B": (*HELD["A"], False),
    "N": (*HELD["A"], False),
    "T": (*HELD["A"], False),
    "D": (*HELD["A"], False),
    "S1": (*HELD["S"], True),
    "C": (*HELD["B"], False),
    "M": (*HELD["N"], False),
    "W": (*HELD["T"], False),
    "V": (*HELD["D"], False),
    "X": ("Metz Dijon", EVERY_FEATURE, True),
    "Y": ("Metz Dijon", EVERY_FEATURE, True),
}
MAY_OPEN = [
    ("A", "Paris", "notes", True),
    ("S", "Nice", "analytics", True),
    ("Y", "Metz", "notes", True),
    pytest.param("A", "Nice", "notes", False, id="holds the feature only"),
    pytest.param("A", "Paris", "analytics", False, id="holds the site only"),
    pytest.param("A", "Nice", "analytics", False, id="holds neither"),
    pytest.param("R", "Rennes", "notes", False, id="the site is closed"),
    pytest.param("R", "Metz", "notes", False, id="another enterprise's site"),
    pytest.param("T", "Lyon", "notes", False, id="owes a password change"),
    pytest.param("D", "Lille", "notes", False, id="is disabled"),
    pytest.param("Z", "Paris", "notes", False, id="no site ticked means no site"),
    pytest.param("SU", "Paris", "notes", False, id="carrier staff is outside"),
]


def words(text: str) -> set[str]:
    return set(text.split())


def names_of_sites(sites) -> set[str]:
    return set(sites.values_list("name", flat=True))


def test_the_tables_name_everybody():
    assert set(HELD) == set(BELOW) == {*GRANTABLE, "SU"} == set(EVERYBODY)


@pytest.mark.parametrize("name", HELD)
def test_held(world: World, name: str):
    sites, features = HELD[name]
    assert names_of_sites(rules.held_sites(world[name])) == words(sites)
    assert rules.held_features(world[name]) == words(features)


@pytest.mark.parametrize("actor", BELOW)
def test_manages(world: World, actor: str):
    below, managed = BELOW[actor]
    everybody = {name: world[name] for name in EVERYBODY}
    assert {n for n, one in everybody.items() if one.is_below(everybody[actor])} == words(below)
    found = {n for n, one in everybody.items() if rules.manages(everybody[actor], one)}
    assert found == words(managed)


@pytest.mark.parametrize("actor", BELOW)
def test_may_change(world: World, actor: str):
    """As `manages`, and carrier staff any administrator but no carrier staff."""
    expected = EVERYBODY_ELSE if actor == "SU" else BELOW[actor][1]
    found = {name for name in EVERYBODY if rules.may_change(world[actor], world[name])}
    assert found == words(expected)


@pytest.mark.parametrize("target", GRANTABLE)
def test_grantable(world: World, target: str):
    sites, features, every = GRANTABLE[target]
    assert names_of_sites(rules.grantable_sites(world[target])) == words(sites)
    assert rules.grantable_features(world[target]) == words(features)
    assert rules.may_hold_all_sites(world[target]) is every


@pytest.mark.parametrize(("actor", "site", "feature", "opens"), MAY_OPEN)
def test_may_open(world: World, actor: str, site: str, feature: str, opens: bool):
    assert rules.may_open(world[actor], world.site(site), FeatureCode(feature)) is opens


@pytest.mark.parametrize("name", EVERYBODY)
def test_guardian_says_the_same_of_every_site(world: World, name: str):
    """guardian alone also refuses somebody disabled, and knows no closed sites."""
    person, granted = world[name], Site.objects.granted_to(world[name])
    expected = names_of_sites(granted) if person.is_active else set()
    assert {s.name for s in Site.objects.all() if holds(person, s)} == expected
    is_open = names_of_sites(Site.objects.open())
    assert names_of_sites(Site.objects.held_by(person)) == names_of_sites(granted) & is_open


@pytest.mark.parametrize("name", EVERYBODY)
def test_guardian_says_the_same_of_every_feature(world: World, name: str):
    person = world[name]
    expected = rules.held_features(person) if person.is_active else set()
    assert {f.code for f in Feature.objects.all() if holds(person, f)} == expected


@pytest.mark.parametrize("name", [name for name in EVERYBODY if name != "SU"])
def test_has_perm_answers_in_plain_django(world: World, name: str):
    person = world[name]
    sites = {s for s in Site.objects.all() if person.has_perm("sites.manage_site", s)}
    codes = {f for f in Feature.objects.all() if person.has_perm("permissions.use_feature", f)}
    assert sites == {s for s in Site.objects.all() if holds(person, s)}
    assert codes == {f for f in Feature.objects.all() if holds(person, f)}


@pytest.mark.parametrize("permission", ["sites.manage_site", "permissions.use_feature"])
def test_nobody_holds_everything_at_once(world: World, permission: str):
    """A global permission would pass by every grant."""
    assert not world["R"].has_perm(permission)


@pytest.mark.parametrize("actor", EVERYBODY)
def test_the_scopes_say_the_same_as_the_rules(world: World, actor: str):
    me, everybody = world[actor], list(Administrator.objects.all())
    below = {one for one in everybody if one.is_below(me)}
    assert set(Administrator.objects.below(me)) == below
    if not me.is_superuser:
        assert set(Administrator.objects.branch_of(me)) == {me, *below}


def test_an_unknown_feature_raises_and_never_means_no():
    with pytest.raises(ValueError, match="bogus"):
        FeatureCode("bogus")
