"""Disabling: one person, or a branch; never oneself, never a root."""

import pytest

from administrators import services
from administrators.backends import AdministratorBackend
from permissions.errors import LastRoot, OutOfScope
from permissions.models import Act, AuditEntry
from tests import visitors
from tests.permissions.acting import refusals, state
from tests.world import EVERYBODY, World

# actor, target, whole branch; exactly who is disabled by it
DISABLED = [
    ("R", "A", False, "A"),
    ("R", "A", True, "A B N T C M W V"),  # D is disabled already
    ("A", "B", True, "B C"),
    ("R", "D", True, "V"),
    ("A", "D", False, ""),
    ("A", "C", True, "C"),
    ("SU", "S", True, "S S1"),
]


@pytest.mark.parametrize(("actor", "target", "branch", "gone"), DISABLED)
def test_exactly_these_are_disabled(world: World, actor, target, branch, gone):
    active = {name for name in EVERYBODY if world[name].is_active}
    hashes = {name: world[name].get_session_auth_hash() for name in EVERYBODY}
    grants = world.grants()
    count = services.disable(world[target], by=world[actor], branch=branch)
    expected = set(gone.split())
    assert count == len(expected)
    assert active - {name for name in EVERYBODY if world[name].is_active} == expected
    ended = {name for name in EVERYBODY if world[name].get_session_auth_hash() != hashes[name]}
    assert ended == expected
    assert world.grants() == grants
    rows = AuditEntry.objects.filter(act=Act.DISABLE, actor=world[actor])
    recorded = expected | {target}  # who was out already stays out by this act, too
    assert sorted(world.name_of(row.target_id) for row in rows) == sorted(recorded)


@pytest.mark.parametrize("branch", [False, True])
@pytest.mark.parametrize(
    ("actor", "error"), [("SU", LastRoot), ("R", OutOfScope), ("A", OutOfScope)]
)
def test_a_root_is_never_disabled(world: World, actor: str, error, branch: bool):
    before = state(world)
    with pytest.raises(error):
        services.disable(world["R"], by=world[actor], branch=branch)
    assert state(world) == before
    assert refusals(world) == [(actor, "R")]


def test_a_page_says_of_whom_who_is_out_already(world: World) -> None:
    for expected in ("ne peut plus se connecter.", "le reste même si sa branche est réactivée"):
        page = visitors.visitor(world["R"]).get(f"/administrators/{world['C'].pk}/disable/")
        sent = {"version": world["C"].version, "branch": "person"}
        said = visitors.visitor(world["R"]).post(page.request["PATH_INFO"], sent, follow=True)
        assert f"{world['C']} " in visitors.words(said)
        assert expected in visitors.words(said)


def test_a_stale_page_says_only_that_it_is(world: World) -> None:
    """`branch` is a field of the form, and something else of the person: no value to show."""
    client, url = visitors.visitor(world["A"]), f"/administrators/{world['C'].pk}/disable/"
    page = client.post(url, {"version": world["C"].version - 1, "branch": "person"})
    assert "entre-temps" in visitors.words(page)
    assert "Valeur actuelle" not in visitors.words(page)
    assert "Branch(" not in page.content.decode()


def test_disabling_gives_a_new_version(world: World):
    version = world["B"].version
    services.disable(world["B"], by=world["A"])
    assert world["B"].version == version + 1


@pytest.mark.parametrize("target", ["V", "D"])
def test_an_ancestor_manages_below_somebody_who_left(world: World, target: str):
    services.update_details(world[target], {"city": "Brest"}, by=world["A"])
    assert world[target].city == "Brest"


@pytest.mark.parametrize(("name", "may"), [("B", True), ("T", True), ("D", False), ("SU", True)])
def test_who_may_sign_in(world: World, name: str, may: bool):
    assert AdministratorBackend().user_can_authenticate(world[name]) is may


def test_nobody_of_a_suspended_enterprise_may_sign_in(world: World):
    enterprise = world.enterprises["E"]
    type(enterprise).objects.filter(pk=enterprise.pk).update(is_active=False)
    backend = AdministratorBackend()
    may = {name for name in EVERYBODY if backend.user_can_authenticate(world[name])}
    assert may == {"X", "Y", "SU"}
