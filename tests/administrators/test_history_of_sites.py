"""What people did at sites is in the history of those above them, as far as these hold the site."""

from typing import Any

import pytest

from permissions import audit, audit_items, delegation
from permissions.features import FeatureCode
from permissions.models import Act, FeatureGrant
from permissions.scopes import OPENED_BY
from portal.acts.assignments import assign
from portal.acts.profile import edit_profile
from portal.acts.services import edit_service
from sites.models import PhoneNumber, Service, Site, Subscriber
from tests import factories, visitors
from tests.inventory import furnish
from tests.world import World

OPENING = OPENED_BY[PhoneNumber]
ASSIGNED = ["Élément attribué", "— → Léa Dupont Paris"]


@pytest.fixture
def clerk(world: World) -> Any:
    """A child of R who assigned a number at Paris."""
    furnish(Site.objects.all(), author=world["R"])
    person = factories.person("commis", parent=world["R"])
    person.save()
    factories.hold(person, [world.site("Paris")], [FeatureCode.USER_ASSIGNMENTS])
    number, to = (model.objects.get(site__name="Paris") for model in (PhoneNumber, Subscriber))
    assign(number, to, by=person)
    return person


def said(page: Any) -> list[list[str]]:
    rows = page.context["table"].paginated_rows
    return [[row.get_cell_value("act"), row.get_cell_value("change")] for row in rows]


def test_a_yes_and_a_no_are_words(world: World, clerk: Any) -> None:
    """Also those of before they were written in words; what somebody typed stays as it is."""
    service = Service.objects.get(site__name="Paris")
    changes = {"name": "True", "extension": service.extension, "is_active": False}
    edit_service(service, **changes, by=world["R"], version=service.version)
    written = audit.of_row(Act.EDIT, service, by=world["R"], before="False", after="True")
    written.item = audit_items.of_field(service, "is_active")
    written.save()
    page = visitors.visitor(world["R"]).get("/administrators/history/?act=edit")
    old = service.name
    assert [row for _act, row in said(page)] == ["Non → Oui", "Oui → Non", f"{old} → True"]


@pytest.mark.parametrize("query", ["", "?person=commis", "?act=assign"])
def test_those_above_read_it(world: World, clerk: Any, query: str) -> None:
    page = visitors.visitor(world["R"]).get(f"/administrators/history/{query}")
    assert ASSIGNED in said(page)


def test_it_says_where(world: World, clerk: Any) -> None:
    page = visitors.visitor(world["R"]).get("/administrators/history/?act=assign")
    (row,) = page.context["table"].paginated_rows
    assert row.get_cell_value("what").endswith(", Paris")


def test_it_stands_on_the_page_of_who_did_it(world: World, clerk: Any) -> None:
    page = visitors.visitor(world["R"]).get(f"/administrators/{clerk.pk}/history/")
    assert ASSIGNED in said(page)


def test_it_is_found_by_its_site_and_not_by_another(world: World, clerk: Any) -> None:
    client = visitors.visitor(world["R"])
    for name, found in {"Paris": True, "Lyon": False}.items():
        page = client.get("/administrators/history/", {"site": world.places[name]})
        assert (ASSIGNED in said(page)) == found


@pytest.mark.parametrize("query", ["", "?person=user-r", "?act=assign"])
def test_who_did_it_reads_it_as_long_as_the_site_is_held(world: World, query: str) -> None:
    furnish(Site.objects.all(), author=world["R"])
    number, to = (model.objects.get(site__name="Paris") for model in (PhoneNumber, Subscriber))
    assign(number, to, by=world["R"])
    client, url = visitors.visitor(world["R"]), f"/administrators/history/{query}"
    assert ASSIGNED in said(client.get(url))
    assert ASSIGNED not in said(visitors.visitor(world["A"]).get(url))
    Site.objects.filter(name="Paris").update(is_open=False)
    assert ASSIGNED not in said(client.get(url))


def test_who_edits_the_profile_reads_it(world: World) -> None:
    edit_profile(world.enterprises["E"], {"main_contact_name": "Nina"}, by=world["R"], version=1)
    for who, reads in {"R": True, "A": False, "X": False}.items():
        page = visitors.visitor(world[who]).get("/administrators/history/")
        assert (["Modification", "— → Nina"] in said(page)) == reads


@pytest.mark.parametrize("who", ["A", "S", "X"])
def test_nobody_beside_or_elsewhere_reads_it(world: World, clerk: Any, who: str) -> None:
    page = visitors.visitor(world[who]).get("/administrators/history/")
    assert ASSIGNED not in said(page)


def test_who_lost_the_site_reads_it_no_more(world: World) -> None:
    furnish(Site.objects.all(), author=world["R"])
    factories.hold(world["A"], [], [FeatureCode.USER_ASSIGNMENTS])
    factories.hold(world["N"], [], [FeatureCode.USER_ASSIGNMENTS])
    number, to = (model.objects.get(site__name="Paris") for model in (PhoneNumber, Subscriber))
    assign(number, to, by=world["N"])
    client = visitors.visitor(world["A"])
    assert ASSIGNED in said(client.get("/administrators/history/"))
    delegation.change_sites(world["A"], remove=[world.places["Paris"]], by=world["R"])
    assert ASSIGNED not in said(client.get("/administrators/history/"))


@pytest.mark.parametrize(("who", "reads"), [("R", True), ("S", False), ("X", False)])
def test_an_edit_of_the_profile_is_read_by_those_above(world: World, who: str, reads: bool) -> None:
    person = factories.person("commis", parent=world["R"])
    person.save()
    factories.hold(person, [], [FeatureCode.PROFILE])
    change = {"main_contact_name": "Nina Roux"}
    edit_profile(world.enterprises["E"], change, by=person, version=1)
    page = visitors.visitor(world[who]).get("/administrators/history/")
    assert (["Modification", "— → Nina Roux"] in said(page)) == reads
    assert ("Enterprise E (contact principal)" in visitors.words(page)) == reads


@pytest.mark.parametrize("kept", ["", "dashboard", "reports", "sip_trunking", "services"])
def test_who_lost_the_feature_reads_it_no_more(world: World, clerk: Any, kept: str) -> None:
    """What a feature opens is read with it alone: a remark's words stand in the history too.

    Features that open figures, or a name, tell nothing of it here either.
    """
    reader = world["R"]
    client, url = visitors.visitor(reader), "/administrators/history/"
    assert ASSIGNED in said(client.get(url))
    lost = FeatureGrant.objects.filter(content_object__in=OPENING - {kept})
    lost.filter(user=clerk).delete()
    lost.delete()
    assert ASSIGNED not in said(client.get(url))
    assert b"L\xc3\xa9a Dupont" not in b"".join(client.get(f"{url}export/").streaming_content)
