"""A file that moves a row to another site: records stay and name it, assignments hold it back."""

import pytest
from django.utils import translation

from permissions.models import Act, AuditEntry
from sites import models
from sites.models import EquipmentRequest, Recording, ServiceMember, Site
from tests import visitors
from tests.files import Files, stored
from tests.world import World

pytestmark = pytest.mark.django_db
MOVED_USER = "site;user_id;first_name;last_name;station\nLyon;{};Zoé;Roux;\n"
MOVED_DEVICE = "site;mac;model\nLyon;{};Exemple T2\n"


def moved_user(files: Files) -> str:
    return MOVED_USER.format(files.rows["subscriber"].user_id)


def moved_device(files: Files) -> str:
    return MOVED_DEVICE.format(files.rows["device"].mac)


def messages(files: Files, kind: str, content: str) -> list[str]:
    with translation.override("fr"):
        return [one.message for one in files.give(kind, content).problems.first]


def test_recordings_stay_with_the_name_of_who_left(files: Files, world: World) -> None:
    ServiceMember.objects.all().delete()
    name = str(files.rows["subscriber"])
    assert files.give("users", moved_user(files)).changed == 1
    user = models.Subscriber.objects.get(pk=files.rows["subscriber"].pk)
    assert (user.site.name, str(user)) == ("Lyon", "Zoé Roux")
    kept = Recording.objects.get(pk=files.rows["recording"].pk)
    assert (kept.site, kept.subscriber, kept.user_name) == (files.site, None, name)
    page = visitors.visitor(world["R"]).get("/recordings/")
    assert visitors.columns(page, "subscriber") == [name]
    assert name in visitors.words(page)
    for query in (name, name.upper(), "lea paris", kept.reference):
        found = visitors.visitor(world["R"]).get("/recordings/", {"q": query})
        assert visitors.columns(found, "subscriber") == [name]
    guessed = visitors.visitor(world["R"]).get("/recordings/", {"q": "exemple.fr"})
    assert visitors.columns(guessed, "subscriber") == []
    file = visitors.visitor(world["R"]).get("/recordings/?export=csv").getvalue().decode()
    assert name in file


def test_a_file_from_before_the_move_may_come_again(files: Files, world: World) -> None:
    """It names the user at the old site: the recording keeps the name, and the rest is read."""
    ServiceMember.objects.all().delete()
    user, kept = files.rows["subscriber"], files.rows["recording"]
    recording = f"Paris;{{}};2026-03-12 08:30;{user.user_id};0199001200;61\n"
    head = "site;reference;at;subscriber;number;seconds\n"
    assert files.give("users", moved_user(files)).changed == 1
    before = Recording.objects.get(pk=kept.pk)
    assert files.give("recordings", head + recording.format(kept.reference)).changed == 1
    after = Recording.objects.get(pk=kept.pk)
    assert (after.subscriber, after.user_name, after.seconds) == (None, before.user_name, 61)
    assert Recording.objects.search(before.user_name).get() == after
    both = head + recording.format(kept.reference) + recording.format("never-seen")
    assert files.said("recordings", both) == [(3, "subscriber")]


def test_only_who_has_left_is_not_looked_for(files: Files) -> None:
    """A recording that was nobody's names somebody unknown: that is a mistake of the file."""
    kept = files.rows["recording"]
    Recording.objects.update(subscriber=None)
    head = "site;reference;at;subscriber;number;seconds\n"
    line = f"Paris;{kept.reference};2026-03-12 08:30;nobody;0199001200;60\n"
    assert files.said("recordings", head + line) == [(2, "subscriber")]


def test_a_user_who_stays_keeps_the_recordings(files: Files) -> None:
    same = moved_user(files).replace("Lyon", "Paris")
    assert files.give("users", same).changed == 1
    kept = Recording.objects.get(pk=files.rows["recording"].pk)
    assert (kept.subscriber_id, kept.user_name) == (files.rows["subscriber"].pk, "")


def test_what_was_asked_of_a_device_stays_with_its_address(files: Files) -> None:
    asked = files.rows["equipmentrequest"]
    answered = EquipmentRequest.objects.create(
        site=files.site, device=files.rows["device"], action="restart", state="done",
        asked_by_id=asked.asked_by_id,
    )  # fmt: skip
    assert files.give("devices", moved_device(files)).changed == 1
    for request in (asked, answered):
        request.refresh_from_db()
        assert (request.device, request.mac) == (None, files.rows["device"].mac)
        assert request.site == files.site
    assert (asked.state, answered.state) == ("failed", "done")
    assert asked.answer
    edits = AuditEntry.objects.filter(act=Act.EDIT, item__startswith="equipmentrequest:")
    assert edits.exists()


@pytest.mark.parametrize(
    ("kind", "named"), [("users", "membres de services"), ("devices", "numéros")]
)
def test_what_is_assigned_holds_a_row_back(files: Files, kind: str, named: str) -> None:
    models.PhoneNumber.objects.update(device=files.rows["device"])
    content = moved_user(files) if kind == "users" else moved_device(files)
    before = [stored(one) for one in ("users", "devices", "recordings")]
    (message,) = messages(files, kind, content)
    assert message.endswith(f": {named}.")
    assert [stored(one) for one in ("users", "devices", "recordings")] == before
    assert EquipmentRequest.objects.get().state == "waiting"


def test_a_station_that_the_file_does_not_name_holds_back(files: Files) -> None:
    ServiceMember.objects.all().delete()
    user = files.rows["subscriber"]
    content = f"site;user_id;first_name;last_name\nLyon;{user.user_id};A;B\n"
    (message,) = messages(files, "users", content)
    assert message.endswith(": station.")


def test_an_extension_must_be_free_at_the_new_site(files: Files, world: World) -> None:
    """Also in a file that does not name it: a user and a service share no key."""
    ServiceMember.objects.all().delete()
    lyon = Site.objects.get(name="Lyon")
    models.Service.objects.create(site=lyon, kind="hunt_group", name="Accueil", extension="201")
    assert files.said("users", moved_user(files)) == [(2, "extension")]
    assert models.Subscriber.objects.get(pk=files.rows["subscriber"].pk).site == files.site


def test_a_trial_leaves_everything(files: Files) -> None:
    ServiceMember.objects.all().delete()
    before = [stored(one) for one in ("users", "recordings")]
    assert files.give("users", moved_user(files), dry_run=True).changed == 1
    assert [stored(one) for one in ("users", "recordings")] == before


def test_somebody_is_found_at_the_new_site(files: Files, world: World) -> None:
    """Once moved, the next files name them there."""
    ServiceMember.objects.all().delete()
    files.give("users", moved_user(files))
    user = files.rows["subscriber"].user_id
    content = f"site;number;subscriber\nLyon;0199001288;{user}\n"
    assert files.give("numbers", content).added == 1
    assert Site.objects.get(name="Lyon").pk in models.PhoneNumber.objects.values_list(
        "site", flat=True
    )
