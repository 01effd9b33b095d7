"""Enabling a branch beside acts on the people who come back with it."""

import pytest

from administrators import services
from tests.races.racing import People, Race
from tests.races.scene import Scene


def disabled(scene: Scene) -> None:
    """R has disabled A's branch, in one act."""
    services.disable(scene.world["A"], branch=True, by=scene.world["R"])
    scene.keep()


def enable_branch(people: People) -> int:
    return services.enable(people["A"], branch=True, by=people["R"])


def enable_inside(people: People) -> int:
    return services.enable(people["B"], branch=True, by=people["R"])


def enable_one(people: People) -> int:
    return services.enable(people["C"], by=people["R"])


def disable_one(people: People) -> int:
    return services.disable(people["C"], by=people["R"])


@pytest.mark.parametrize(
    ("name", "other"),
    [("a branch inside", enable_inside), ("one", enable_one), ("disable one", disable_one)],
)
def test_a_branch_is_enabled(scene: Scene, name: str, other: object) -> None:
    disabled(scene)
    Race(f"enable branch ∥ {name}", enable_branch, other).check(scene)
