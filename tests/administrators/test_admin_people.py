"""Administrators in the carrier's Django admin: edited and looked after by acts (rule 13)."""

from typing import Any

import pytest
from django.core.exceptions import NON_FIELD_ERRORS
from django.test import Client
from django.urls import reverse

from administrators import services, writing
from administrators.models import Administrator
from permissions.features import FeatureCode
from permissions.models import AuditEntry
from tests.administrators.carrier import ADMIN, FORGED, columns, errors, granted_features
from tests.world import World

FORBIDDEN = {
    "is_superuser", "is_staff", "is_active", "parent", "path", "password", "groups",
    "user_permissions", "all_sites", "session_epoch", "must_change_password", "bound",
}  # fmt: skip


def typed(person: Administrator, **changes: Any) -> dict[str, Any]:
    """What the change page sends back, untouched but for `changes`."""
    fields = ("username", *writing.CONTACT, *writing.ADDRESS, "version")
    sent = {name: str(getattr(person, name) or "") for name in fields}
    if not person.parent_id:
        sent["features"] = sorted(granted_features(person))
    return {**sent, **changes}


@pytest.mark.parametrize("name", ["A", "S1", "D"])
def test_forged_fields_of_somebody_have_no_effect(staff: Client, world: World, name: str) -> None:
    person, grants = world[name], world.grants()
    before = columns(person)
    del before["city"], before["version"], before["search_key"]
    forged = {**FORGED, "parent": world["C"].pk, "enterprise": world.enterprises["F"].pk}
    forged |= {"features": FeatureCode.values, "bound": world["C"].pk, "site_count": "9"}
    sent = forged | typed(person, city="Dax")
    assert staff.post(reverse(f"{ADMIN}_change", args=[person.pk]), sent).status_code == 302
    after = columns(person)
    assert (after["city"], after["version"]) == ("Dax", person.version + 1)
    assert {key: after[key] for key in before} == before
    assert world.grants() == grants


@pytest.mark.parametrize("name", ["R", "A", "C", "SU"])
def test_no_page_has_a_field_for_what_is_not_edited(staff: Client, world: World, name: str) -> None:
    page = staff.get(reverse(f"{ADMIN}_change", args=[world[name].pk]))
    fields = set(page.context["adminform"].form.fields)
    details = {"username", *writing.CONTACT, *writing.ADDRESS, "version"}
    expected = {"R": details | {"features", "confirmed", "announced"}, "SU": set()}.get(
        name, details
    )
    assert fields == expected
    assert world[name].password not in page.text
    added = set(staff.get(reverse(f"{ADMIN}_add")).context["adminform"].form.fields)
    assert (fields | added) & FORBIDDEN == set()


def test_an_edit_is_traced_as_the_staffs(staff: Client, world: World) -> None:
    sent = typed(world["B"], last_name="Lefèvre", username="b.lefevre")
    assert staff.post(reverse(f"{ADMIN}_change", args=[world["B"].pk]), sent).status_code == 302
    traces = AuditEntry.objects.of(world["B"]).values_list("actor_id", "item", "before", "after")
    assert set(traces) == {
        (world["SU"].pk, "username", "user-b", "b.lefevre"),
        (world["SU"].pk, "last_name", "Durand", "Lefèvre"),
    }


def test_a_taken_username_is_refused(staff: Client, world: World) -> None:
    sent = typed(world["B"], username="user-x", city="Dax")
    answer = staff.post(reverse(f"{ADMIN}_change", args=[world["B"].pk]), sent)
    assert (answer.status_code, set(errors(answer))) == (200, {"username"})
    assert (world["B"].username, world["B"].city) == ("user-b", "")


def test_an_old_page_is_not_saved(staff: Client, world: World) -> None:
    old = typed(world["B"], city="Dax", street="1 rue du Port")
    services.update_details(world["B"], {"city": "Pau"}, by=world["A"])
    page = reverse(f"{ADMIN}_change", args=[world["B"].pk])
    answer = staff.post(page, old)
    assert (answer.status_code, set(errors(answer))) == (200, {NON_FIELD_ERRORS, "city", "street"})
    assert (world["B"].city, world["B"].street) == ("Pau", "")
    again = typed(world["B"], city="Dax", street="1 rue du Port")
    assert staff.post(page, again).status_code == 302
    assert (world["B"].city, world["B"].street) == ("Dax", "1 rue du Port")


def test_taking_a_feature_from_a_root_takes_it_from_all_below(staff: Client, world: World) -> None:
    before = world.grants()
    kept = sorted(granted_features(world["R"]) - {"notes", "reports"})
    sent = typed(world["R"], features=kept, confirmed="on")
    assert staff.post(reverse(f"{ADMIN}_change", args=[world["R"].pk]), sent).status_code == 302
    lost = {g for g in before if g.split(":")[1] in {"notes", "reports"} and g[0] not in "XY"}
    assert before - world.grants() == lost
    sent = typed(world["R"], features=[*kept, "notes"])
    staff.post(reverse(f"{ADMIN}_change", args=[world["R"].pk]), sent)
    assert before - world.grants() == lost - {"R:notes"}


def test_a_root_saved_with_a_refused_part_is_not_saved_at_all(staff: Client, world: World) -> None:
    before = world.grants()
    sent = typed(world["R"], username="user-a", features=["notes"], confirmed="on")
    answer = staff.post(reverse(f"{ADMIN}_change", args=[world["R"].pk]), sent)
    assert (answer.status_code, set(errors(answer))) == (200, {"username"})
    assert world.grants() == before


def test_staff_is_only_looked_at(staff: Client, world: World) -> None:
    page = reverse(f"{ADMIN}_change", args=[world["SU"].pk])
    assert staff.get(page).status_code == 200
    before = columns(world["SU"])
    assert staff.post(page, {"username": "intrus", "first_name": "I"}).status_code == 403
    assert columns(world["SU"]) == before


def test_people_are_found_without_case_and_accents(staff: Client, world: World) -> None:
    services.update_details(world["C"], {"first_name": "Élodie"}, by=world["SU"])
    found = staff.get(reverse(f"{ADMIN}_changelist"), {"q": "elodie DURAND"})
    assert [one.pk for one in found.context["cl"].result_list] == [world["C"].pk]


@pytest.mark.parametrize(("state", "names"), [("disabled", {"D"}), ("owed", {"T"})])
def test_people_are_filtered_by_state(
    staff: Client, world: World, state: str, names: set[str]
) -> None:
    found = staff.get(reverse(f"{ADMIN}_changelist"), {"state": state}).context["cl"].result_list
    assert {world.name_of(one.pk) for one in found} == names


def test_the_page_of_somebody_says_where_they_stand(staff: Client, world: World) -> None:
    services.update_details(world["R"], {"first_name": "Rachel"}, by=world["SU"])
    text = staff.get(reverse(f"{ADMIN}_change", args=[world["C"].pk])).text
    assert "Rachel Durand › User-A Durand › User-B Durand" in text
