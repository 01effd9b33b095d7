"""Grants and revocations at the same moment, and people who are created meanwhile."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.db import OperationalError, connection, transaction

from administrators import services
from permissions import acts, delegation, locks, rules
from permissions.features import FeatureCode
from tests.factories import details
from tests.races.racing import People, Race
from tests.races.scene import Scene
from tests.races.unprotected import (
    without_branch_locks,
    without_key,
    without_locks,
    without_within_bound,
)


def sites_of(scene: Scene) -> dict[str, int]:
    return scene.world.places


def grant_and_revoke(scene: Scene) -> Race:
    """B gives C a site while R takes the same site from A, above both."""
    lille = [sites_of(scene)["Lille"]]

    def grant(people: People) -> None:
        delegation.change_sites(people["C"], add=lille, by=people["B"])

    def revoke(people: People) -> None:
        delegation.change_sites(people["A"], remove=lille, by=people["R"])

    return Race("grant ∥ revoke", grant, revoke)


def test_grant_and_revoke(scene: Scene) -> None:
    grant_and_revoke(scene).check(scene)


def test_grant_and_revoke_without_the_key(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    """The locks of the branch alone would do; the key holds whoever writes without them."""
    race = grant_and_revoke(scene)
    serial = race.serial(scene)
    without_branch_locks(monkeypatch)
    with without_within_bound():
        assert race.fails(scene, serial)


def test_grant_and_revoke_without_the_locks_of_the_branch(
    scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is given below after the audit has read goes all the same, and nothing says so."""
    race = grant_and_revoke(scene)
    serial = race.serial(scene)
    without_branch_locks(monkeypatch)
    assert race.fails(scene, serial)


def test_two_who_take_the_same(scene: Scene) -> None:
    """R takes a site from A while A takes it from B, below: each loss is told once."""
    race = take_twice(scene)
    race.check(scene)


def test_two_who_take_the_same_without_the_locks_of_the_branch(
    scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    race = take_twice(scene)
    serial = race.serial(scene)
    without_branch_locks(monkeypatch)
    assert race.fails(scene, serial)


def take_twice(scene: Scene) -> Race:
    lyon = [sites_of(scene)["Lyon"]]

    def from_above(people: People) -> None:
        delegation.change_sites(people["A"], remove=lyon, by=people["R"])

    def from_below(people: People) -> None:
        delegation.change_sites(people["B"], remove=lyon, by=people["A"])

    return Race("revoke ∥ revoke below", from_above, from_below)


def create_and_take(scene: Scene) -> Race:
    """A creates somebody with rights while R takes one of these from A."""

    def create(people: People) -> None:
        told = {"sites": [], "features": ["notes"], "details": details()}
        services.create_administrator(by=people["A"], **told)

    def take(people: People) -> None:
        delegation.change_features(people["A"], remove=["notes"], by=people["R"])

    return Race("create ∥ revoke from the creator", create, take)


def save_root_and_create(scene: Scene) -> Race:
    """Carrier staff take a feature from R on the page of R, who creates somebody meanwhile."""
    kept = rules.held_features(scene.world["R"]) - {FeatureCode.NOTES}

    def save(people: People) -> None:
        services.update_root(people["R"], {"city": "Brest"}, features=kept, by=people["SU"])

    def create(people: People) -> None:
        told = {"sites": [], "features": ["reports"], "details": details()}
        services.create_administrator(by=people["R"], **told)

    return Race("a root is saved ∥ creates", save, create)


@pytest.mark.parametrize("racing", [create_and_take, save_root_and_create])
def test_no_deadlock(
    scene: Scene, monkeypatch: pytest.MonkeyPatch, racing: Callable[[Scene], Race]
) -> None:
    """None is hidden by a second try: the branch is locked before people are."""
    monkeypatch.setattr(acts, "TRIES", 1)
    racing(scene).check(scene)


@pytest.mark.parametrize(
    ("racing", "first"),
    [(create_and_take, "lock_giving"), (save_root_and_create, "lock_branch")],
)
def test_a_deadlock_if_people_are_locked_first(
    scene: Scene, monkeypatch: pytest.MonkeyPatch, racing: Callable[[Scene], Race], first: str
) -> None:
    race = racing(scene)
    serial = race.serial(scene)
    monkeypatch.setattr(acts, "TRIES", 1)
    monkeypatch.setattr(services, first, lambda *whom, **how: None)
    assert race.fails(scene, serial)


def test_who_gives_does_not_wait_for_who_gives(scene: Scene) -> None:
    """Only for who takes from somebody above both."""
    with ThreadPoolExecutor(1) as pool, transaction.atomic():
        locks.lock_giving(scene.world["C"].above)
        assert pool.submit(waits, locks.lock_giving, scene.world["C"].above).result() is False
        assert pool.submit(waits, locks.lock_taking, scene.world["A"]).result() is True
        assert pool.submit(waits, locks.lock_taking, scene.world["C"]).result() is False


def waits(lock: Callable[[Any], None], whom: Any) -> bool:
    """Whether another connection has to wait for that lock."""
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET LOCAL lock_timeout = '200ms'")
            lock(whom)
    except OperationalError:
        return True
    finally:
        connection.close()
    return False


def test_features_granted_and_revoked(scene: Scene) -> None:
    """Without the key as for sites: one mechanism."""

    def grant(people: People) -> None:
        delegation.change_features(people["C"], add=["reports"], by=people["B"])

    def revoke(people: People) -> None:
        delegation.change_features(people["A"], remove=["reports", "notes"], by=people["R"])

    Race("grant ∥ revoke of features", grant, revoke).check(scene)


def test_manage_taken_from_who_grants(scene: Scene) -> None:
    """A loses `manage_administrators` while giving B a site, and takes part in no deadlock.

    No unprotected variant can be told apart: a grant whose rights were read before they went, and
    that is written after, leaves the very rows of "first granted, then revoked"; the two acts
    write no row in common. What A gives of `manage_administrators` itself is kept by the key.
    """
    nantes = [sites_of(scene)["Nantes"]]

    def grant(people: People) -> None:
        delegation.change_sites(people["B"], add=nantes, by=people["A"])

    def revoke(people: People) -> None:
        delegation.change_features(people["A"], remove=["manage_administrators"], by=people["R"])

    Race("revoke manage ∥ grant by its loser", grant, revoke).check(scene)


def double_create() -> Race:
    """The same form, sent twice."""

    def create(people: People) -> None:
        told = {"sites": [], "features": ["notes"], "details": details()}
        services.create_administrator(by=people["B"], **told)

    return Race("create ∥ create", create, create)


def test_a_form_sent_twice(scene: Scene) -> None:
    double_create().check(scene)


def test_a_form_sent_twice_without_the_key(scene: Scene) -> None:
    """The name is what is unique; without that key, there are two people of one name."""
    race = double_create()
    serial = race.serial(scene)
    scene.restore()
    with without_key("administrators_administrator", "administrators_administrator_username_key"):
        assert race.fails(scene, serial, rounds=1)


@pytest.mark.parametrize("creator", ["A", "C"], ids=["by the disabled", "deep below"])
def test_disable_branch_and_create(scene: Scene, creator: str) -> None:
    disable_and_create(creator).check(scene)


@pytest.mark.parametrize("creator", ["A", "C"], ids=["by the disabled", "deep below"])
def test_disable_branch_and_create_without_locks(
    scene: Scene, monkeypatch: pytest.MonkeyPatch, creator: str
) -> None:
    race = disable_and_create(creator)
    serial = race.serial(scene)
    without_locks(monkeypatch)
    assert race.fails(scene, serial)


def disable_and_create(creator: str) -> Race:
    """Nobody who is active comes into a branch that is being disabled whole."""

    def create(people: People) -> None:
        services.create_administrator(by=people[creator], details=details(), features=["notes"])

    def disable(people: People) -> int:
        return services.disable(people["A"], branch=True, by=people["R"])

    return Race(f"disable branch ∥ create by {creator}", create, disable)
