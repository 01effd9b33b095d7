"""Each act gives and takes exactly what it says, at all depths, with one audit row for each."""

from collections import Counter

import pytest

from permissions import delegation
from permissions.errors import OutOfScope, StaleVersion
from permissions.models import Act, AuditEntry
from sites.models import Site
from tests.permissions.acting import change, difference, state, trace
from tests.world import World

# actor, target, what; then exactly what came and what went in the whole world
ACTS = [
    pytest.param("A", "B", {"add": "Nantes"}, "B:Nantes", "", id="to a child"),
    pytest.param("R", "C", {"add": "Lille"}, "C:Lille", "", id="to somebody deep"),
    pytest.param("A", "B", {"add": "Paris"}, "", "", id="what is held already"),
    pytest.param("SU", "Z", {"add": "Paris Nice"}, "Z:Paris Z:Nice", "", id="by the carrier"),
    pytest.param("A", "C", {"remove": "Lyon"}, "", "C:Lyon", id="from a leaf"),
    pytest.param("A", "C", {"remove": "Nantes"}, "", "", id="what is not held"),
    pytest.param(
        "A", "B", {"remove": "Lyon Lille"}, "", "B:Lyon B:Lille C:Lyon", id="from the middle"
    ),
    pytest.param(
        "R", "A", {"remove": "Lyon"}, "", "A:Lyon B:Lyon C:Lyon T:Lyon W:Lyon", id="all depths"
    ),
    pytest.param(
        "A", "B", {"add": "Nantes", "remove": "Paris"}, "B:Nantes", "B:Paris C:Paris", id="both"
    ),
    pytest.param("R", "A", {"all_sites": True}, "A:* A:Nice A:Rennes", "", id="all sites"),
    pytest.param("R", "S", {"all_sites": True}, "", "", id="all sites, held already"),
    pytest.param("R", "S", {"all_sites": False}, "", "S:* S1:*", id="all sites ended"),
    pytest.param("S", "S1", {"all_sites": False}, "", "S1:*", id="all sites ended below"),
    pytest.param(
        "R", "S", {"remove": "Nice"}, "", "S:* S1:* S:Nice S1:Nice", id="one of all sites"
    ),
    pytest.param("R", "S", {"remove": "Rennes"}, "", "", id="a closed site is kept"),
    pytest.param("A", "B", {"features": "dashboard"}, "B:dashboard", "", id="a feature"),
    pytest.param(
        "SU", "B", {"features": "dashboard"}, "B:dashboard", "", id="a feature by the carrier"
    ),
    pytest.param("A", "B", {"features": "notes"}, "", "", id="a feature held already"),
    pytest.param("R", "A", {"without": "notes"}, "",
                 "A:notes B:notes N:notes T:notes D:notes C:notes M:notes W:notes V:notes",
                 id="a feature from all depths"),
    pytest.param("R", "B", {"without": "reports notes"}, "", "B:reports B:notes C:notes",
                 id="features from the middle"),
    pytest.param(
        "R", "A", {"without": "manage_administrators"}, "",
        "A:manage_administrators B:manage_administrators C:manage_administrators "
        "T:manage_administrators D:manage_administrators",
        id="the feature that manages",
    ),
    pytest.param(
        "SU", "R", {"without": "analytics"}, "", "R:analytics S:analytics", id="from a root"
    ),
]  # fmt: skip


@pytest.mark.parametrize(("actor", "target", "how", "came", "went"), ACTS)
def test_exactly_these_grants_change(world: World, actor, target, how, came, went):
    version = world[target].version
    expected = set(came.split()), set(went.split())
    assert difference(world, lambda: change(world, actor, target, **how)) == expected
    assert trace(world, Act.GRANT) == Counter(came.split())
    assert trace(world, Act.REVOKE) == Counter(went.split())
    assert world[target].version == version + bool(came or went)
    assert not AuditEntry.objects.exclude(actor=world[actor]).exists()


def test_the_act_tells_how_much_it_did(world: World):
    changed = change(world, "A", "B", add="Paris Nantes", remove="Lyon Lille")
    assert changed == delegation.Changed(added=1, removed=2)


def test_what_the_cascade_took_names_where_it_began(world: World):
    change(world, "R", "B", remove="Lyon")
    rows = AuditEntry.objects.filter(act=Act.REVOKE).values_list(
        "target", "cause_name", "item_name"
    )
    b, c = world["B"], world["C"]
    assert set(rows) == {(b.pk, "", "Lyon"), (c.pk, str(b), "Lyon")}


@pytest.mark.parametrize(
    ("taken", "given", "back"),
    [
        ({"remove": "Lyon"}, {"add": "Lyon"}, {"A:Lyon"}),
        ({"without": "notes"}, {"features": "notes"}, {"A:notes"}),
    ],
)
def test_giving_back_gives_to_nobody_below(world: World, taken, given, back):
    change(world, "R", "A", **taken)
    assert difference(world, lambda: change(world, "R", "A", **given)) == (back, set())


def test_beginning_all_sites_again_gives_to_nobody_below(world: World):
    change(world, "R", "S", all_sites=False)
    came, went = difference(world, lambda: change(world, "R", "S", all_sites=True))
    assert (came, went) == ({"S:*"}, set())


def test_who_lost_the_feature_manages_nobody_and_the_root_manages_them(world: World):
    change(world, "R", "A", without="manage_administrators")
    with pytest.raises(OutOfScope):
        change(world, "A", "B", remove="Paris")
    change(world, "R", "B", remove="Paris")


@pytest.mark.parametrize("ended", [False, True])
def test_a_new_site_appears_for_those_who_hold_all(world: World, ended: bool):
    if ended:
        change(world, "R", "S", all_sites=False)
    brest = Site(enterprise=world.enterprises["E"], name="Brest")
    expected = {"R:Brest"} if ended else {"R:Brest", "S:Brest", "S1:Brest"}
    act = lambda: delegation.add_site(brest, by=world["SU"])  # noqa: E731
    assert difference(world, act) == (expected, set())
    assert set(trace(world, Act.GRANT)) == expected
    assert AuditEntry.objects.get(act=Act.CREATE).item == f"site:{brest.pk}"


@pytest.mark.parametrize("actor", ["R", "A", "X"])
def test_only_the_carrier_opens_sites(world: World, actor: str):
    before = state(world), Site.objects.count()
    with pytest.raises(OutOfScope):
        delegation.add_site(Site(enterprise=world.enterprises["E"], name="Brest"), by=world[actor])
    assert (state(world), Site.objects.count()) == before


@pytest.mark.parametrize("how", [{"add": "Nantes"}, {"features": "dashboard"}])
def test_an_old_version_is_refused_and_names_who_was_quicker(world: World, how):
    version = world["B"].version
    change(world, "R", "B", remove="Lille")
    before = state(world)
    with pytest.raises(StaleVersion) as refused:
        change(world, "A", "B", version=version, **how)
    assert refused.value.name == str(world["R"])
    assert state(world) == before


@pytest.mark.parametrize("how", [{"add": "Nantes"}, {"features": "dashboard"}])
def test_the_present_version_is_accepted(world: World, how):
    assert change(world, "A", "B", version=world["B"].version, **how).added == 1


@pytest.mark.parametrize(
    "how",
    [
        {"add": "Nantes", "remove": "Paris"},
        {"features": "dashboard", "without": "notes"},
        {"remove": "Lyon"},
    ],
)
@pytest.mark.parametrize("step", ["_record", "touch"])
def test_all_or_nothing(world: World, monkeypatch: pytest.MonkeyPatch, how, step: str):
    """Something breaks after a part was written: nothing of it remains."""
    real = delegation._record if step == "_record" else None

    def fail(*args, **kwargs):
        if real:
            real(*args, **kwargs)
        raise RuntimeError("power cut")

    before = state(world), AuditEntry.objects.count()
    monkeypatch.setattr(delegation, step, fail)
    with pytest.raises(RuntimeError, match="power cut"):
        change(world, "A", "B", **how)
    assert (state(world), AuditEntry.objects.count()) == before
