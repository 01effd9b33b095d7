"""Two people at the same row of a site: one of them is told, and nothing is lost unseen."""

from collections.abc import Iterator
from datetime import time
from pathlib import Path

import pytest

from portal.acts.assignments import assign
from portal.acts.hours import set_hours
from portal.acts.services import edit_service
from portal.acts.users import DETAILS, edit_user
from portal.acts.writing import ExtensionTaken
from portal.imports.writing import import_file
from sites.models import Device, OpeningHours, PhoneNumber, Placed, Service, Site, Subscriber
from tests import factories
from tests.inventory import WEEK, furnish_one
from tests.races.racing import People, Race
from tests.races.scene import Scene, State
from tests.races.unprotected import without_locks

FEATURES = ("user_assignments", "services", "profile")
NOBODY = dict.fromkeys(PhoneNumber.ASSIGNEES)


class Furnished(Scene):
    """Paris is furnished; A and N, who hold it, may assign and edit there."""

    def __init__(self, folder: Path) -> None:
        super().__init__()
        self.file = folder / "services.csv"
        self.site: Site = self.world.site("Paris")
        self.made: dict[str, Placed] = furnish_one(self.site, author=self.world["R"])
        for name in ("A", "N"):
            factories.hold(self.world[name], [], FEATURES)
        self.keep()

    def restore(self) -> None:
        super().restore()
        PhoneNumber.objects.update(**NOBODY)
        Subscriber.objects.update(last_name="Dupont", extension="201", version=1)
        Service.objects.update(extension="", version=1)
        OpeningHours.objects.all().delete()
        OpeningHours.objects.create(site=self.site, weekday=0, opens="08:00", closes="18:00")

    def state(self) -> State:
        numbers = PhoneNumber.objects.values_list(*PhoneNumber.ASSIGNEES)
        users = Subscriber.objects.values_list("last_name", "extension", "version")
        services = Service.objects.values_list("extension", "version")
        hours = OpeningHours.objects.values_list("weekday", "opens", "closes")
        rows = [("number", *numbers), ("user", *users), ("service", *services), ("hours", *hours)]
        return (*super().state(), *rows)


@pytest.fixture
def scene(transactional_db: None, tmp_path: Path) -> Iterator[Furnished]:
    scene = Furnished(tmp_path)
    yield scene
    scene.close()


def assignments(scene: Furnished) -> Race:
    """A and N have the page of the same free number open."""

    def give(who: str, to: type[Subscriber | Device | Service], people: People) -> None:
        number = PhoneNumber.objects.get()
        assign(number, to.objects.get(), by=people[who])

    return Race(
        "assign ∥ assign",
        lambda people: give("A", Subscriber, people),
        lambda people: give("N", Service, people),
    )


def edits(scene: Furnished) -> Race:
    """A and N have the page of the same user open."""
    user = scene.made["subscriber"]
    details = {name: getattr(user, name) for name in DETAILS}

    def edit(who: str, people: People) -> None:
        edit_user(user, details | {"last_name": who}, by=people[who], version=1)

    return Race(
        "edit a user ∥ edit a user",
        lambda people: edit("A", people),
        lambda people: edit("N", people),
    )


def extensions(scene: Furnished) -> Race:
    """A gives an extension to a service, and N the same one to a user of the site."""
    user, service = scene.made["subscriber"], scene.made["service"]
    details = {name: getattr(user, name) for name in DETAILS} | {"extension": "305"}
    kept = {"name": service.name, "is_active": True, "version": 1}
    return Race(
        "an extension to a service ∥ to a user",
        lambda people: edit_service(service, **kept, extension="305", by=people["A"]),
        lambda people: edit_user(user, details, by=people["N"], version=1),
    )


def files(scene: Furnished) -> Race:
    """A file gives an extension to a service, and N the same one to a user of the site."""
    user, service = scene.made["subscriber"], scene.made["service"]
    details = {name: getattr(user, name) for name in DETAILS} | {"extension": "305"}
    line = f"Paris;{service.kind};{service.name};305"
    scene.file.write_text(f"site;kind;name;extension\n{line}\n")

    def give(people: People) -> int:
        done = import_file("services", scene.file, scene.site.enterprise)
        if done.problems.count:
            raise ExtensionTaken
        return done.changed

    return Race(
        "a file gives an extension to a service ∥ to a user",
        give,
        lambda people: edit_user(user, details, by=people["N"], version=1),
    )


def weeks(scene: Furnished) -> Race:
    """A and N have the opening hours of the same site open."""

    def save(who: str, opens: int, people: People) -> int:
        week = {day: [(time(opens), time(18))] for day in range(5)}
        return set_hours(scene.site, week, by=people[who], version=WEEK)

    return Race(
        "save a week ∥ save a week",
        lambda people: save("A", 7, people),
        lambda people: save("N", 9, people),
    )


KINDS = [assignments, edits, extensions, files, weeks]
RACES = pytest.mark.parametrize("of", KINDS, ids=lambda of: of.__name__)


@RACES
def test_one_of_two_is_told(scene: Furnished, of: type[Race]) -> None:
    race = of(scene)
    assert {outcome for outcomes, _state in race.serial(scene) for outcome in outcomes} & {
        "AlreadyAssigned", "ExtensionTaken", "StaleVersion",
    }  # fmt: skip
    race.check(scene)


@RACES
def test_without_locks_both_would_be_done(
    scene: Furnished, of: type[Race], monkeypatch: pytest.MonkeyPatch
) -> None:
    race = of(scene)
    serial = race.serial(scene)
    without_locks(monkeypatch)
    assert race.fails(scene, serial)
