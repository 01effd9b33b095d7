"""«Journal» in the carrier's Django admin: how it is narrowed, searched and read."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from administrators import services
from permissions import admin_filters, audit, delegation, places
from permissions.models import Act, AuditEntry
from sites.models import Device, Enterprise, Site
from tests import visitors
from tests.administrators.carrier import url
from tests.world import World

JOURNAL = url(AuditEntry, "changelist")


def listed(staff: Client, **asked: Any) -> list[AuditEntry]:
    answer = staff.get(JOURNAL, asked, follow=True)
    assert answer.status_code == 200
    return list(answer.context["cl"].result_list)


@pytest.fixture
def done(world: World) -> World:
    """Something of everybody."""
    services.update_details(world["B"], {"first_name": "Élodie"}, by=world["A"])
    services.update_details(world["C"], {"city": "Dax"}, by=world["B"])
    services.update_details(world["Y"], {"city": "Pau"}, by=world["X"])
    delegation.change_sites(world["C"], remove=[world.places["Lyon"]], by=world["B"])
    places.edit_site(world.site("Lyon"), {"city": "Lyon 3e"}, by=world["SU"])
    places.edit_enterprise(world.enterprises["F"], {"city": "Metz"}, by=world["SU"])
    audit.record(Act.SIGN_IN, by=world["SU"], to=world["SU"])
    return world


def told(entries: list[AuditEntry]) -> set[tuple[str, str]]:
    return {(entry.act, entry.item) for entry in entries}


def test_it_is_narrowed_to_an_enterprise(staff: Client, done: World) -> None:
    owner = done.enterprises["F"].pk
    found = listed(staff, enterprise__id__exact=owner)
    assert told(found) == {("edit", "city"), ("edit", f"enterprise:{owner}:city")}
    assert told(listed(staff, enterprise__isnull="True")) == {("sign_in", "")}


def test_of_many_enterprises_one_is_looked_for(
    staff: Client, done: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without case and accents; a page never offers more than a few."""
    monkeypatch.setattr(admin_filters, "OFFERED", 1)
    first, second = done.enterprises["E"], done.enterprises["F"]
    Enterprise.objects.filter(pk=first.pk).update(name="Électricité Morel")
    page = staff.get(JOURNAL)
    assert "Électricité Morel" not in page.text
    assert 'name="enterprise_name"' in page.text
    page = staff.get(JOURNAL, {"enterprise_name": "ELECTRICITE", "act__exact": "edit"})
    filters = page.text.partition('id="changelist-filter"')[2]
    assert "Électricité Morel" in filters
    assert second.name not in filters
    assert '<input type="hidden" name="act__exact" value="edit">' in filters
    chosen = staff.get(JOURNAL, {"enterprise__id__exact": first.pk})
    filters = chosen.text.partition('id="changelist-filter"')[2]
    assert "Électricité Morel" in filters
    search = filters.partition('role="search"')[2].partition("</form>")[0]
    assert 'name="enterprise__id__exact"' not in search


def test_it_is_narrowed_to_days(staff: Client, done: World) -> None:
    today = timezone.localdate()
    tomorrow, yesterday = today + timedelta(days=1), today - timedelta(days=1)
    everything = len(listed(staff))
    assert len(listed(staff, since=today.isoformat())) == everything
    assert len(listed(staff, since=yesterday.isoformat(), until=today.isoformat())) == everything
    assert listed(staff, since=tomorrow.isoformat()) == []
    assert listed(staff, until=yesterday.isoformat()) == []


@pytest.mark.parametrize("text", ["x", "2026-13-01", "0001-01-01", "9999-12-31", "2026-02-30"])
def test_what_is_no_day_narrows_nothing(staff: Client, done: World, text: str) -> None:
    answer = staff.get(JOURNAL, {"since": text}, follow=True)
    assert answer.redirect_chain in ([], [(f"{JOURNAL}?e=1", 302)])
    assert answer.status_code == 200


def test_of_a_person_it_says_what_they_did_and_what_was_done_to_them(
    staff: Client, done: World
) -> None:
    found = listed(staff, of=f"administrator:{done['B'].pk}")
    lyon = f"site:{done.places['Lyon']}"
    assert told(found) == {("edit", "first_name"), ("edit", "city"), ("revoke", lyon)}
    assert told(listed(staff, of=f"administrator:{done['C'].pk}")) == {
        ("edit", "city"), ("revoke", lyon),
    }  # fmt: skip


def test_of_carrier_staff_it_says_what_they_did_anywhere(staff: Client, done: World) -> None:
    found = listed(staff, of=f"administrator:{done['SU'].pk}")
    assert {act for act, _item in told(found)} == {"edit", "sign_in"}
    assert len(found) == 3


def test_of_a_site_it_says_who_got_it_and_what_was_done_there(
    staff: Client, furnished: World
) -> None:
    world, lyon = furnished, furnished.places["Lyon"]
    delegation.change_sites(world["C"], remove=[lyon], by=world["B"])
    delegation.change_sites(world["N"], add=world.ids("Lyon Lille"), by=world["A"])
    places.edit_site(world.site("Lyon"), {"city": "Lyon 3e"}, by=world["SU"])
    places.edit_site(world.site("Paris"), {"city": "Paris 3e"}, by=world["SU"])
    audit.of_row(Act.EDIT, world.site("Lyon").enterprise, by=world["R"]).save()
    found = listed(staff, of=f"site:{lyon}")
    assert told(found) == {
        ("revoke", f"site:{lyon}"), ("grant", "sites:2"), ("edit", f"site:{lyon}:city"),
    }  # fmt: skip


@pytest.mark.parametrize("text", ["administrator:x", "administrator:987654321", "x:1", "site", ""])
def test_what_is_nobody_narrows_nothing(staff: Client, done: World, text: str) -> None:
    assert len(listed(staff, of=text)) == AuditEntry.objects.count()


@pytest.mark.parametrize("query", ["ELODIE", "Élodie", "user-b"])
def test_people_are_found_without_accents_and_by_username(
    staff: Client, done: World, query: str
) -> None:
    found = listed(staff, q=query)
    assert {entry.actor_id for entry in found} >= {done["B"].pk, done["A"].pk}
    assert {entry.enterprise_id for entry in found} == {done.enterprises["E"].pk}


def test_sites_are_found_without_accents(staff: Client, world: World) -> None:
    site = Site(enterprise=world.enterprises["E"], name="Évry")
    delegation.add_site(site, by=world["SU"])
    places.edit_site(site, {"is_open": False}, by=world["SU"])
    found = told(listed(staff, q="evry"))
    assert found >= {("create", f"site:{site.pk}"), ("edit", f"site:{site.pk}:is_open")}
    assert ("grant", "sites:1") in found or ("grant", f"site:{site.pk}") in found


def test_features_are_found_by_their_present_name(staff: Client, world: World) -> None:
    delegation.change_features(world["N"], remove=["notes"], by=world["A"])
    assert {item for _act, item in told(listed(staff, q="REMARQUES"))} == {"feature:notes"}


def test_it_says_where_to_search(staff: Client, world: World) -> None:
    assert "nom d’utilisateur ou e-mail" in visitors.words(staff.get(JOURNAL))


def test_no_filter_counts_what_it_offers(staff: Client, world: World) -> None:
    page = staff.get(JOURNAL, {"_facets": "1"})
    assert "Afficher les nombres" not in page.text
    assert page.context["cl"].add_facets is False


def test_what_machines_ask_for_stands_apart(staff: Client, done: World) -> None:
    """Folded, and no two lines of the page have one name."""
    entry = AuditEntry.objects.filter(act=Act.REVOKE)[0]
    page = staff.get(url(AuditEntry, "change", entry.pk)).text
    before, _mark, technical = page.partition("<details")
    assert str(entry.act_id) in technical
    assert str(entry.act_id) not in before
    names = [label.partition("</label>")[0] for label in page.split("<label>")[1:]]
    assert len(names) == len(set(names))


def test_its_queries_do_not_grow_with_the_rows(staff: Client, done: World) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            listed(staff)
        return len(captured)

    queries()
    few = queries()
    for city in ("Brest", "Nice", "Lens"):
        services.update_details(done["C"], {"city": city}, by=done["B"])
    assert queries() == few


# «Historique»


def led_to(staff: Client, row: Any) -> list[AuditEntry]:
    """What the button of its page leads to, and the address of Django's own history."""
    page = staff.get(url(type(row), "change", row.pk))
    (link,) = {link for link in visitors.links(page) if link.startswith(f"{JOURNAL}?")}
    assert "Historique" in page.text
    assert staff.get(url(type(row), "history", row.pk)).url == link
    return list(staff.get(link).context["cl"].result_list)


def test_the_history_of_somebody_is_in_the_journal(staff: Client, done: World) -> None:
    for row in (done["B"], done["SU"], done.site("Lyon")):
        assert led_to(staff, row) == list(AuditEntry.objects.about(row).order_by("-at", "-pk"))
    found = led_to(staff, done.enterprises["F"])
    assert {entry.enterprise_id for entry in found} == {done.enterprises["F"].pk}


def test_the_history_of_a_device_is_there_too(staff: Client, furnished: World) -> None:
    device = Device.objects.filter(site=furnished.places["Lyon"])[0]
    other = Device.objects.filter(site=furnished.places["Paris"])[0]
    for row in (device, other):
        audit.record_all(audit.edits_of(row, {"name": "Bureau"}, by=furnished["R"]))
    assert {entry.item for entry in led_to(staff, device)} == {f"device:{device.pk}:name"}


def test_a_line_of_the_journal_has_no_history(staff: Client, done: World) -> None:
    entry = AuditEntry.objects.all()[0]
    page = staff.get(url(AuditEntry, "change", entry.pk))
    assert "Historique" not in page.text
    assert staff.get(url(AuditEntry, "history", entry.pk)).url == "/admin/"


def test_what_is_not_there_has_no_history(staff: Client, done: World) -> None:
    assert staff.get(url(Site, "history", 987654321)).url == "/admin/"
    assert staff.get(url(Site, "history", "x")).url == "/admin/"
