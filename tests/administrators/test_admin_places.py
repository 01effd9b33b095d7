"""Enterprises and sites in the carrier's Django admin, by the portal's own acts (rule 13)."""

from collections import Counter

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from administrators.models import Administrator
from permissions import delegation, places
from permissions.errors import OutOfScope
from permissions.models import Act, AuditEntry, SiteGrant
from sites.models import Enterprise, Site
from tests import factories
from tests.administrators.carrier import errors, url
from tests.world import PEOPLE, SITES, World


def test_the_list_of_enterprises_counts(staff: Client, world: World) -> None:
    answer = staff.get(url(Enterprise, "changelist"))
    rows = {e.name: (e.sites_n, e.people_n) for e in answer.context["cl"].result_list}
    people = Counter(row[1] for row in PEOPLE)
    assert rows == {
        f"Enterprise {name}": (len(sites.split()), people[name]) for name, sites in SITES.items()
    }
    found = staff.get(url(Enterprise, "changelist"), {"q": "prise f"}).context["cl"].result_list
    assert [e.name for e in found] == ["Enterprise F"]


def test_an_enterprise_is_added_and_leaves_a_trace(staff: Client, world: World) -> None:
    sent = {"name": "Boulangeries  Martin", "is_active": "on", "city": "Lyon", "country": "FR"}
    assert staff.post(url(Enterprise, "add"), sent).status_code == 302
    made = Enterprise.objects.get(name="Boulangeries Martin")
    assert (made.city, made.is_active) == ("Lyon", True)
    trace = AuditEntry.objects.get(act=Act.CREATE)
    assert (trace.actor_id, trace.item) == (world["SU"].pk, f"enterprise:{made.pk}")


def test_a_name_is_taken_once(staff: Client, world: World) -> None:
    sent = {"name": "Enterprise E", "country": "FR"}
    answer = staff.post(url(Enterprise, "add"), sent)
    assert (answer.status_code, set(errors(answer))) == (200, {"name"})
    answer = staff.post(url(Enterprise, "change", world.enterprises["F"].pk), sent)
    assert (answer.status_code, set(errors(answer))) == (200, {"name"})
    assert set(Enterprise.objects.values_list("name", flat=True)) == {
        "Enterprise E",
        "Enterprise F",
    }


def test_suspending_an_enterprise_ends_its_sessions(staff: Client, world: World) -> None:
    person = Client()
    person.force_login(world["A"], "administrators.backends.AdministratorBackend")
    assert person.get(reverse("my_account")).status_code == 200
    page = url(Enterprise, "change", world.enterprises["E"].pk)
    sent = {"name": "Enterprise E", "country": "FR", "confirmed": "on"}
    assert staff.post(page, sent).status_code == 302
    assert person.get(reverse("my_account")).status_code == 302
    trace = AuditEntry.objects.get(act=Act.EDIT)
    assert trace.item == f"enterprise:{world.enterprises['E'].pk}:is_active"
    assert (trace.before, trace.after) == ("Oui", "Non")


# Sites


def test_a_new_site_appears_for_holders_of_all_sites_at_every_depth(
    staff: Client, world: World
) -> None:
    before = world.grants()
    sent = {"enterprise": world.enterprises["E"].pk, "name": "Brest", "is_open": "on"}
    assert staff.post(url(Site, "add"), {**sent, "country": "FR"}).status_code == 302
    assert world.grants() - before == {"R:Brest", "S:Brest", "S1:Brest"}
    assert before - world.grants() == set()


def test_a_site_is_edited_field_by_field(staff: Client, world: World) -> None:
    site = world.site("Paris")
    before = world.grants()
    sent = {"name": "Paris", "city": "Paris", "country": "FR", "phone": "01 23 45 67 89"}
    answer = staff.post(url(Site, "change", site.pk), {**sent, "is_open": "on"})
    assert answer.status_code == 302
    traces = AuditEntry.objects.filter(act=Act.EDIT).values_list("item", "before", "after")
    assert list(traces) == [(f"site:{site.pk}:phone", "", "01 23 45 67 89")]
    assert world.grants() == before


def test_saving_a_site_untouched_leaves_no_trace(staff: Client, world: World) -> None:
    sent = {"name": "Paris", "city": "Paris", "country": "FR", "is_open": "on"}
    assert staff.post(url(Site, "change", world.places["Paris"]), sent).status_code == 302
    assert AuditEntry.objects.filter(act=Act.EDIT).count() == 0


def test_closing_a_site_keeps_its_grants(staff: Client, world: World) -> None:
    before = world.grants()
    sent = {"name": "Paris", "city": "Paris", "country": "FR", "confirmed": "on"}
    assert staff.post(url(Site, "change", world.places["Paris"]), sent).status_code == 302
    assert world.site("Paris").is_open is False
    assert world.grants() == before
    assert set(Site.objects.held_by(world["N"]).values_list("name", flat=True)) == {"Nantes"}


def test_a_site_stays_with_its_enterprise(staff: Client, world: World) -> None:
    sent = {"name": "Paris", "city": "Paris", "country": "FR", "is_open": "on"}
    forged = {**sent, "enterprise": world.enterprises["F"].pk, "search_key": "forged", "id": 999}
    assert staff.post(url(Site, "change", world.places["Paris"]), forged).status_code == 302
    site = world.site("Paris")
    assert (site.enterprise_id, site.search_key) == (world.enterprises["E"].pk, "paris paris")


def test_two_sites_of_an_enterprise_have_two_names(staff: Client, world: World) -> None:
    sent = {"name": "Lyon", "country": "FR", "is_open": "on"}
    sent["enterprise"] = world.enterprises["E"].pk
    added = staff.post(url(Site, "add"), sent)
    said = {"name": ["Cette entreprise a déjà un site de ce nom."]}
    assert (added.status_code, errors(added)) == (200, said)
    changed = staff.post(url(Site, "change", world.places["Paris"]), sent)
    assert errors(changed) == said
    assert world.site("Paris").name == "Paris"


@pytest.mark.parametrize("name", ["lyon", "LYÖN", " Lyon "])
def test_no_site_looks_like_another_of_the_enterprise(
    staff: Client, world: World, name: str
) -> None:
    sent = {"name": name, "country": "FR", "is_open": "on"}
    for page in (url(Site, "add"), url(Site, "change", world.places["Paris"])):
        answer = staff.post(page, sent | {"enterprise": world.enterprises["E"].pk})
        assert set(errors(answer)) == {"name"}
    elsewhere = staff.post(url(Site, "add"), sent | {"enterprise": world.enterprises["F"].pk})
    assert elsewhere.status_code == 302


def test_a_site_may_change_the_spelling_of_its_own_name(staff: Client, world: World) -> None:
    sent = {"name": "PARIS", "city": "Paris", "country": "FR", "is_open": "on"}
    assert staff.post(url(Site, "change", world.places["Paris"]), sent).status_code == 302
    assert world.site("Paris").name == "PARIS"


@pytest.mark.parametrize("name", ["Lyon", "LYÖN"])
def test_the_act_refuses_a_name_that_was_taken_meanwhile(
    staff: Client, world: World, name: str
) -> None:
    new = Site(enterprise=world.enterprises["E"], name=name)
    for refused in (
        lambda: places.edit_site(world.site("Paris"), {"name": name}, by=world["SU"]),
        lambda: delegation.add_site(new, by=world["SU"]),
    ):
        with pytest.raises(places.NameTaken):
            refused()
    assert AuditEntry.objects.filter(act=Act.REFUSED, actor=world["SU"].pk).count() == 2
    assert Site.objects.filter(name=name).count() == (name == "Lyon")


def test_sites_are_found_without_case_and_accents(staff: Client, world: World) -> None:
    delegation.add_site(
        Site(enterprise=world.enterprises["F"], name="Évry-Courcouronnes"), by=world["SU"]
    )
    found = staff.get(url(Site, "changelist"), {"q": "EVRY"}).context["cl"].result_list
    assert [site.name for site in found] == ["Évry-Courcouronnes"]
    of_f = {"enterprise__id__exact": world.enterprises["F"].pk}
    found = staff.get(url(Site, "changelist"), of_f).context["cl"].result_list
    assert {site.name for site in found} == {"Metz", "Dijon", "Évry-Courcouronnes"}


def test_places_are_written_by_staff_alone(world: World) -> None:
    enterprise, site = world.enterprises["E"], world.site("Paris")
    for refused in (
        lambda: places.add_enterprise(Enterprise(name="Ma société"), by=world["R"]),
        lambda: places.edit_enterprise(enterprise, {"name": "À moi"}, by=world["R"]),
        lambda: places.edit_site(site, {"is_open": False}, by=world["R"]),
        lambda: delegation.add_site(Site(enterprise=enterprise, name="Brest"), by=world["R"]),
    ):
        with pytest.raises(OutOfScope):
            refused()
    with pytest.raises(ValueError, match="enterprise"):
        places.edit_site(site, {"enterprise": world.enterprises["F"]}, by=world["SU"])
    assert Enterprise.objects.count() == 2
    assert Site.objects.count() == 8
    assert AuditEntry.objects.filter(act=Act.REFUSED, actor=world["R"].pk).count() == 4


def test_a_new_site_takes_as_many_queries_for_thirty_holders(staff: Client, world: World) -> None:
    sent = {"enterprise": world.enterprises["E"].pk, "is_open": "on", "country": "FR"}

    def add(name: str) -> int:
        with CaptureQueriesContext(connection) as asked:
            assert staff.post(url(Site, "add"), sent | {"name": name}).status_code == 302
        return len(asked)

    add("Vannes")  # what is read once
    first = add("Brest")
    factories.children(world["R"], 30)
    for holder in Administrator.objects.filter(username__regex=world["R"].username + r"\d+"):
        delegation.change_sites(holder, all_sites=True, by=world["R"])
    assert add("Quimper") == first
    assert SiteGrant.objects.filter(content_object__name="Quimper").count() == 33
