"""What the acts refuse: one row for each reason, where every other reason would accept."""

import pytest

from administrators.models import Administrator
from permissions import delegation
from permissions.errors import BeyondParent, OutOfScope, Refused
from permissions.models import Act, AuditEntry
from tests.permissions.acting import change, refusals, state
from tests.world import World

BEYOND = [
    pytest.param("R", "C", {"add": "Nantes"}, id="skips a level"),
    pytest.param("A", "B", {"add": "Nice"}, id="the actor lacks it too"),
    pytest.param("A", "B", {"add": "Metz"}, id="another enterprise's"),
    pytest.param("SU", "B", {"add": "Nice"}, id="the carrier skips a level"),
    pytest.param("R", "A", {"add": "Rennes"}, id="a closed site"),
    pytest.param("A", "B", {"add": "Nantes Nice"}, id="one good, one not"),
    pytest.param("A", "B", {"add": "Nice", "remove": "Paris"}, id="with something taken"),
    pytest.param("A", "B", {"all_sites": True}, id="all sites, which the parent has not"),
    pytest.param("R", "C", {"all_sites": True}, id="all sites, skipping levels"),
    pytest.param("R", "C", {"features": "dashboard"}, id="a feature, skipping a level"),
    pytest.param("A", "B", {"features": "analytics"}, id="a feature that the actor lacks"),
    pytest.param("SU", "B", {"features": "analytics"}, id="a feature, by the carrier"),
    pytest.param("A", "B", {"features": "dashboard analytics"}, id="features, one good, one not"),
    pytest.param("A", "B", {"features": "bogus"}, id="an unknown feature"),
    pytest.param("A", "B", {"features": "DASHBOARD"}, id="a feature in capitals"),
    pytest.param("A", "B", {"features": "analytics", "without": "notes"}, id="with one taken"),
]
NOT_MINE = [
    pytest.param("A", "A", id="oneself"),
    pytest.param("R", "R", id="oneself, a root"),
    pytest.param("A", "R", id="an ancestor"),
    pytest.param("A", "S", id="a sibling"),
    pytest.param("A", "S1", id="a sibling's child"),
    pytest.param("B", "M", id="a sibling's child, deeper"),
    pytest.param("R", "Y", id="another enterprise's"),
    pytest.param("X", "A", id="another enterprise's, a root acts"),
    pytest.param("R", "SU", id="carrier staff"),
    pytest.param("SU", "SU", id="carrier staff itself"),
    pytest.param("N", "M", id="without the feature"),
    pytest.param("T", "W", id="owing a password"),
    pytest.param("D", "V", id="disabled"),
]
CHANGES = [{"add": "Paris"}, {"remove": "Paris"}, {"all_sites": False},
           {"features": "notes"}, {"without": "notes"}]  # fmt: skip
STRANGE_IDS = [0, -1, 987654321, 2**63 - 1, 2**63, -(2**70)]


@pytest.mark.parametrize(("actor", "target", "how"), BEYOND)
def test_beyond_the_parent(world: World, actor: str, target: str, how):
    before = state(world)
    with pytest.raises(BeyondParent):
        change(world, actor, target, **how)
    assert state(world) == before
    assert refusals(world) == [(actor, target)]
    assert AuditEntry.objects.count() == 1


@pytest.mark.parametrize("how", CHANGES, ids=str)
@pytest.mark.parametrize(("actor", "target"), NOT_MINE)
def test_out_of_scope(world: World, actor: str, target: str, how):
    before = state(world)
    with pytest.raises(OutOfScope):
        change(world, actor, target, **how)
    assert state(world) == before
    assert refusals(world) == [(actor, target)]


@pytest.mark.parametrize("pk", STRANGE_IDS)
def test_an_id_that_no_site_has(world: World, pk: int):
    before = state(world)
    with pytest.raises(BeyondParent):
        delegation.change_sites(world["B"], add=[*world.ids("Nantes"), pk], by=world["A"])
    assert state(world) == before


@pytest.mark.parametrize("code", ["", " ", "notes ", "notes\x00", "1"])
def test_a_code_that_no_feature_has(world: World, code: str):
    before = state(world)
    with pytest.raises(BeyondParent):
        delegation.change_features(world["B"], add=["dashboard", code], by=world["A"])
    assert state(world) == before


@pytest.mark.parametrize("how", [{"add": "Nantes Nantes"}, {"features": "dashboard dashboard"}])
def test_what_is_named_twice(world: World, how):
    before = state(world)
    with pytest.raises(Refused):
        change(world, "A", "B", **how)
    assert state(world) == before
    assert refusals(world) == [("A", "B")]


@pytest.mark.parametrize(
    "how", [{"add": "Paris"}, {"remove": "Paris"}, {"all_sites": False}, {"all_sites": True}]
)
def test_a_root_holds_all_sites_always(world: World, how):
    before = state(world)
    with pytest.raises(Refused):
        change(world, "SU", "R", **how)
    assert state(world) == before


def test_all_sites_but_one_is_a_contradiction(world: World):
    before = state(world)
    with pytest.raises(Refused):
        change(world, "R", "A", all_sites=True, remove="Paris")
    assert state(world) == before


@pytest.mark.parametrize(("actor", "target"), [("R", "R"), ("SU", "A"), ("X", "R")])
def test_only_the_carrier_fills_a_root(world: World, actor: str, target: str):
    before = state(world)
    with pytest.raises(OutOfScope):
        delegation.grant_root(world[target], ["notes"], by=world[actor])
    assert state(world) == before


def test_the_refusal_names_the_act_and_the_reason(world: World):
    with pytest.raises(BeyondParent) as refused:
        change(world, "A", "B", add="Nice")
    row = AuditEntry.objects.get()
    assert (row.act, row.item) == (Act.REFUSED, "change_sites: BeyondParent")
    assert (row.actor_name, row.target_name) == (str(world["A"]), str(world["B"]))
    assert (row.before, row.after) == ("", refused.value.message)


@pytest.mark.parametrize("stop", [{"is_active": False}, {"must_change_password": True}], ids=str)
def test_an_actor_who_was_stopped_meanwhile(world: World, stop: dict[str, bool]):
    """Who acts is read again in the transaction, not as they were when the page began."""
    actor = world["A"]
    Administrator.objects.filter(pk=actor.pk).update(**stop)
    before = state(world)
    with pytest.raises(OutOfScope):
        delegation.change_sites(world["B"], add=world.ids("Nantes"), by=actor)
    assert state(world) == before
