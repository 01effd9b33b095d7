"""A reset is the last word, whatever the person was doing with the old password meanwhile."""

from typing import Any

import pytest
from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.hashers import PBKDF2PasswordHasher, make_password
from django.test import Client

from administrators import own, services
from administrators.models import Administrator
from tests.factories import PASSWORD
from tests.races.racing import People, Race
from tests.races.scene import Scene

CHOSEN = "Lanterne-Verte-88"
SIGN_IN = {"username": "user-b", "password": PASSWORD}


class NewerHasher(PBKDF2PasswordHasher):
    """What today's hashes are to be upgraded to; slow enough for something to happen meanwhile."""

    iterations = 20_000


@pytest.fixture
def upgrading(scene: Scene, settings: Any) -> Scene:
    """B's password has an old hash, which the next sign-in upgrades."""
    old = make_password(PASSWORD)
    settings.PASSWORD_HASHERS = [f"{__name__}.NewerHasher", *settings.PASSWORD_HASHERS]
    Administrator.objects.filter(pk=scene.world.people["B"]).update(password=old)
    scene.keep()
    return scene


def reset(people: People) -> None:
    services.reset_password(people["B"], by=people["A"])


def reset_and_sign_in(scene: Scene) -> Race:
    """Afterwards: does B's session open a page, does the old password still work?"""
    browsers: list[Client] = []

    def sign_in(people: People) -> int:
        browsers.append(Client())
        return browsers[-1].post("/sign-in/", SIGN_IN).status_code

    def after() -> tuple[int, bool]:
        opened = browsers.pop().get("/account/sign-in/").status_code
        return opened, scene.world["B"].check_password(PASSWORD)

    return Race("reset ∥ sign-in with hash upgrade", reset, sign_in, after)


def test_reset_and_sign_in(upgrading: Scene) -> None:
    reset_and_sign_in(upgrading).check(upgrading)


def test_reset_and_sign_in_with_djangos_own_upgrade(
    upgrading: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It saves the old password's new hash over the reset."""
    race = reset_and_sign_in(upgrading)
    serial = race.serial(upgrading)
    monkeypatch.setattr(Administrator, "check_password", AbstractBaseUser.check_password)
    assert race.fails(upgrading, serial)


def test_reset_and_sign_in_without_the_hash_in_the_session(
    upgrading: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A session that was begun with the old password outlives it."""
    race = reset_and_sign_in(upgrading)
    serial = race.serial(upgrading)
    monkeypatch.setattr(Administrator, "_get_session_auth_hash", lambda person, secret=None: "same")
    assert race.fails(upgrading, serial)


def reset_and_change(scene: Scene, *, fresh: bool = False) -> Race:
    """B chooses a password; `fresh` reads B again first, so that the condition always holds."""

    def change(people: People) -> None:
        person = scene.world["B"] if fresh else people["B"]
        own.change_own_password(person, CHOSEN, by=person)

    return Race(
        "reset ∥ own password change",
        reset,
        change,
        lambda: scene.world["B"].check_password(CHOSEN),
    )


def test_reset_and_change(scene: Scene) -> None:
    reset_and_change(scene).check(scene)


def test_reset_and_change_without_the_condition(scene: Scene) -> None:
    serial = reset_and_change(scene).serial(scene)
    assert reset_and_change(scene, fresh=True).fails(scene, serial)
