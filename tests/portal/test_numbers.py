"""«Numéros»: who sees which, assigning and taking back, the same list as a file."""

from importlib import import_module
from typing import Any
from unittest.mock import patch

import pytest
from django.apps import apps
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from openpyxl import load_workbook

from permissions.errors import Gone, OutOfScope, Refused
from permissions.features import FeatureCode
from permissions.models import Act, AuditEntry
from portal.acts import assignments
from portal.acts.assignments import AlreadyAssigned, LinesTaken, assign, unassign
from portal.acts.writing import holder_of
from sites.models import Device, PhoneNumber, Service, SipTrunk, Site, Subscriber
from sites.templatetags.phones import phone
from tests import factories, pages, visitors
from tests.world import World

spell_again = import_module("sites.migrations.0011_numbers_of_other_countries").spell_again
PATH = "/assignments/numbers/"


@pytest.fixture
def world(furnished: World) -> World:
    return furnished


@pytest.fixture
def clerk(world: World) -> Any:
    """Somebody who assigns at Paris and Lyon."""
    person = factories.person("commis", parent=world["R"])
    person.save()
    sites = [world.site("Paris"), world.site("Lyon")]
    factories.hold(person, sites, [FeatureCode.USER_ASSIGNMENTS])
    return person


@pytest.fixture
def client(clerk: Any) -> Client:
    return visitors.visitor(clerk)


def at(model: type, site: str) -> Any:
    return model.objects.get(site__name=site)


def sites_of(page: HttpResponse) -> list[str]:
    return [row.record.site.name for row in page.context["table"].paginated_rows]


def test_only_what_is_held_is_listed(client: Client) -> None:
    assert sorted(sites_of(client.get(PATH))) == ["Lyon", "Paris"]


def test_the_digits_are_found_however_grouped(client: Client) -> None:
    number = at(PhoneNumber, "Lyon")
    national = number.number.as_national
    for typed in (
        national,
        national.replace(" ", ""),
        str(number.number),
        national.replace(" ", "."),
    ):
        assert sites_of(client.get(PATH, {"q": typed})) == ["Lyon"]


def give_a_swedish_number(site: str) -> PhoneNumber:
    """Written 08-123 456 78 at home."""
    number = at(PhoneNumber, site)
    number.number = "+46812345678"
    number.save()
    return number


def test_so_are_those_of_a_country_that_writes_more_than_spaces(client: Client) -> None:
    number = give_a_swedish_number("Lyon")
    for typed in ("08-123 456 78", "0812345678", "+46 8 123 456 78"):
        assert sites_of(client.get(PATH, {"q": typed})) == ["Lyon"], number.search_key


def test_they_are_found_after_an_upgrade_too(client: Client) -> None:
    number = give_a_swedish_number("Lyon")
    new = number.search_key
    PhoneNumber.objects.filter(pk=number.pk).update(search_key="08-12345678 +46812345678")
    spell_again(apps, connection.schema_editor())
    assert PhoneNumber.objects.get(pk=number.pk).search_key == new


@pytest.mark.parametrize(("use", "found"), [("free", ["Paris"]), ("assigned", ["Lyon"])])
def test_the_filter_of_assignments(client: Client, clerk: Any, use: str, found: list[str]) -> None:
    assign(at(PhoneNumber, "Lyon"), at(Service, "Lyon"), by=clerk)
    assert sites_of(client.get(PATH, {"use": use})) == found


@pytest.mark.parametrize("model", [Subscriber, Device, Service, SipTrunk])
def test_assigning_leaves_a_trace_and_ends(clerk: Any, model: type) -> None:
    number, to = at(PhoneNumber, "Paris"), at(model, "Paris")
    assert assign(number, to, by=clerk).assignee == to
    entry = AuditEntry.objects.get(act=Act.ASSIGN)
    assert (entry.site.name, entry.after, entry.actor) == ("Paris", str(to), clerk)
    assert unassign(number, by=clerk, holder=holder_of(at(PhoneNumber, "Paris"))).assignee is None
    assert AuditEntry.objects.get(act=Act.UNASSIGN).before == str(to)


def test_a_number_is_assigned_once(clerk: Any) -> None:
    assign(at(PhoneNumber, "Paris"), at(Service, "Paris"), by=clerk)
    with pytest.raises(AlreadyAssigned):
        assign(at(PhoneNumber, "Paris"), at(Device, "Paris"), by=clerk)
    assert at(PhoneNumber, "Paris").assignee == at(Service, "Paris")


def test_a_device_has_no_more_numbers_than_lines(clerk: Any) -> None:
    device = at(Device, "Paris")
    site = device.site
    for last in range(device.model.lines):
        PhoneNumber.objects.create(site=site, number=f"+3319901000{last}", device=device)
    with pytest.raises(LinesTaken):
        assign(PhoneNumber.objects.get(site=site, device=None), device, by=clerk)


@pytest.mark.parametrize(("number", "to"), [("Paris", "Lyon"), ("Nice", "Nice"), ("Metz", "Metz")])
def test_elsewhere_is_out_of_scope(clerk: Any, number: str, to: str) -> None:
    with pytest.raises(OutOfScope):
        assign(at(PhoneNumber, number), at(Subscriber, to), by=clerk)
    assert at(PhoneNumber, number).assignee is None


def test_without_the_feature_nothing_is_assigned(world: World) -> None:
    with pytest.raises(Refused):
        assign(at(PhoneNumber, "Paris"), at(Subscriber, "Paris"), by=world["A"])


def test_from_the_list_to_the_person_and_back(client: Client) -> None:
    number, person = at(PhoneNumber, "Paris"), at(Subscriber, "Paris")
    path = f"{PATH}{number.pk}/assign/"
    offered = [row.record for row in client.get(path).context["table"].paginated_rows]
    assert offered == [person]
    page = client.post(path, {"to": person.pk}, follow=True)
    assert any("est désormais attribué à Léa Dupont Paris" in m for m in visitors.messages(page))
    path = f"{PATH}{number.pk}/unassign/"
    page = client.post(path, pages.form(client.get(path)), follow=True)
    said = f"Le {number.number.as_national} est de nouveau libre."
    assert visitors.messages(page) == [said]
    assert "Revenir à la liste" in visitors.words(client.get(path))
    assert at(PhoneNumber, "Paris").assignee is None


@pytest.mark.parametrize(
    ("number", "said"), [("+33199001234", "01 99 00 12 34"), ("+3225551212", "+32 2 555 12 12")]
)
def test_a_number_reads_as_people_write_it(number: str, said: str) -> None:
    assert str(PhoneNumber(number=number)) == said


@pytest.mark.parametrize("service_too", [True, False])
@pytest.mark.parametrize("model", [Subscriber, Device, Service, SipTrunk])
def test_the_assignee_is_a_link_to_what_may_be_opened(
    world: World, clerk: Any, model: type, service_too: bool
) -> None:
    if service_too:
        factories.hold(clerk, [], [FeatureCode.SERVICES])
    to = at(model, "Paris")
    assign(at(PhoneNumber, "Paris"), to, by=clerk)
    url = {
        Subscriber: f"/assignments/users/{to.pk}/",
        Device: f"/assignments/devices/{to.pk}/",
        Service: f"/services/{to.pk}/",
    }.get(model)
    links = visitors.links(visitors.visitor(clerk).get(PATH, {"use": "assigned"}))
    opened = url is not None and (model is not Service or service_too)
    assert (url in links) is opened


@pytest.mark.parametrize("to", ["0", "x", "-1", "9" * 30])
def test_nobody_else_is_offered(client: Client, to: str) -> None:
    number = at(PhoneNumber, "Paris")
    other = at(Subscriber, "Lyon").pk
    for asked in (to, other):
        assert client.post(f"{PATH}{number.pk}/assign/", {"to": asked}).status_code == 404
    assert at(PhoneNumber, "Paris").assignee is None


@pytest.mark.parametrize("act", ["assign", "unassign"])
@pytest.mark.parametrize("site", ["Nice", "Metz", "Rennes"])
def test_numbers_elsewhere_are_missing(client: Client, act: str, site: str) -> None:
    assert client.get(f"{PATH}{at(PhoneNumber, site).pk}/{act}/").status_code == 404


def test_the_file_holds_what_the_list_holds(client: Client, clerk: Any) -> None:
    assign(at(PhoneNumber, "Paris"), at(Subscriber, "Paris"), by=clerk)
    answer = client.get(PATH, {"export": "csv", "use": "assigned"})
    text = b"".join(answer).decode("utf-8-sig")
    head, *lines = [line.split(";") for line in text.splitlines()]
    number = at(PhoneNumber, "Paris")
    assert head[:4] == ["Numéro", "Type", "Attribué à", "Site"]
    assert [line[:4] for line in lines] == [
        [phone(number.number), "Géographique", "Utilisateur\u202f: Léa Dupont Paris", "Paris"]
    ]
    assert 'filename="numeros.csv"' in answer["Content-Disposition"]
    assert AuditEntry.objects.filter(act=Act.EXPORT, item="numbers", actor=clerk).count() == 1


def test_a_spreadsheet_holds_no_formula(client: Client, tmp_path: Any) -> None:
    Subscriber.objects.filter(site__name="Paris").update(first_name="=1+1")
    number = at(PhoneNumber, "Paris")
    PhoneNumber.objects.filter(pk=number.pk).update(subscriber=at(Subscriber, "Paris"))
    file = tmp_path / "numbers.xlsx"
    file.write_bytes(b"".join(client.get(PATH, {"export": "xlsx", "use": "assigned"})))
    cells = list(load_workbook(file).active.iter_rows(min_row=2))[0]
    assert [cell.data_type for cell in cells if "1+1" in str(cell.value)] == ["s"]


@pytest.mark.parametrize("query", ["kind=x", "status=x", "use=x", "sort=x", "page=x", "export=x"])
def test_what_is_not_offered_is_ignored(client: Client, query: str) -> None:
    assert client.get(f"{PATH}?{query}").status_code == 200


def test_what_moved_meanwhile_is_told_as_such(world: World, clerk: Any) -> None:
    """Past the act's own look only the key knows it, and no right of anybody is missing."""
    elsewhere = Subscriber.objects.filter(site__name="Lyon")[0]
    number = PhoneNumber.objects.filter(site__name="Paris", subscriber=None)[0]
    with pytest.raises(Gone), patch.object(assignments, "at_site", lambda *_: moved(elsewhere)):
        assign(number, elsewhere, by=clerk)
    assert AuditEntry.objects.get(act=Act.REFUSED).item == "assign: Gone"
    assert PhoneNumber.objects.get(pk=number.pk).subscriber is None


def moved(user: Subscriber) -> Subscriber:
    """As it was read before it moved."""
    user.site_id = Site.objects.get(name="Paris", enterprise=user.enterprise_id).pk
    return user
