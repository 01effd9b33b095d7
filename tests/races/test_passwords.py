"""A reset is the last word, whatever the person was doing with the old password meanwhile."""

from typing import Any

import pytest
from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.hashers import PBKDF2PasswordHasher, make_password
from django.test import Client

from administrators import emails, own, services
from administrators.models import Administrator
from permissions import audit
from permissions.models import Act
from tests.factories import PASSWORD
from tests.races.racing import People, Race, Work
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
    """Does the old password still work and, once the mail has left, B's session?"""
    browsers: list[Client] = []

    def sign_in(people: People) -> int:
        browsers.append(Client())
        return browsers[-1].post("/sign-in/", SIGN_IN).status_code

    def after() -> tuple[int, bool]:
        old_works = scene.world["B"].check_password(PASSWORD)
        emails.send_due()
        return browsers.pop().get("/password/").status_code, old_works

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
    """A session begun with the old password would reach the page that asks for a new one."""
    race = reset_and_sign_in(upgrading)
    serial = race.serial(upgrading)
    monkeypatch.setattr(Administrator, "_get_session_auth_hash", lambda person, secret=None: "same")
    assert race.fails(upgrading, serial)


def reset_and_change(scene: Scene, change: Work) -> Race:
    """B chooses a password while A resets it."""
    after = lambda: scene.world["B"].check_password(CHOSEN)  # noqa: E731
    return Race("reset ∥ own password change", reset, change, after)


def change(people: People) -> None:
    own.change_own_password(people["B"], CHOSEN, by=people["B"])


def unconditional(people: People) -> None:
    """The same act, for whom a reset meanwhile makes no difference."""
    mine = Administrator.objects.filter(pk=people["B"].pk)
    mine.update(password=make_password(CHOSEN), must_change_password=False)
    audit.record(Act.PASSWORD, by=people["B"], to=people["B"])


def test_reset_and_change(scene: Scene) -> None:
    reset_and_change(scene, change).check(scene)


def test_reset_and_change_without_the_condition(scene: Scene) -> None:
    serial = reset_and_change(scene, change).serial(scene)
    assert reset_and_change(scene, unconditional).fails(scene, serial)
