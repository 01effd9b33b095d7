"""What was changed since the page was shown is not overwritten unseen (rule 12)."""

from typing import Any, NamedTuple

import pytest
from django.http import HttpResponse

from permissions.errors import StaleVersion
from permissions.models import Act
from portal.acts.assignments import assign
from portal.acts.hours import set_hours
from portal.acts.services import edit_service
from portal.acts.users import DETAILS, edit_user
from sites.models import OpeningHours, PhoneNumber, Placed, Service, Subscriber
from tests import pages, visitors
from tests.inventory import WEEK
from tests.portal import holders
from tests.world import World

MEANWHILE = "a été modifiée entre-temps par User-N Durand"


class Edited(NamedTuple):
    """A row with a page of its own, and one field of it."""

    model: type[Placed]
    path: str
    field: str


USER = Edited(Subscriber, "/assignments/users/{}/", "last_name")
SERVICE = Edited(Service, "/services/{}/edit/", "name")
BOTH = pytest.mark.parametrize("of", [USER, SERVICE], ids=["user", "service"])


@pytest.fixture
def world(furnished: World) -> World:
    holders.hold(furnished, "user_assignments", "services", "profile")
    return furnished


def row(of: Edited) -> dict[str, Any]:
    return of.model.objects.filter(site__name="Paris").values().get()


def changed_by_another(world: World, of: Edited, **changes: str) -> tuple[Any, str, HttpResponse]:
    """A has the page open; N saves meanwhile. A's browser, the address and A's page."""
    mine, theirs = visitors.visitor(world["A"]), visitors.visitor(world["N"])
    url = of.path.format(row(of)["id"])
    page = mine.get(url)
    assert theirs.post(url, pages.form(theirs.get(url), **changes)).status_code == 302
    return mine, url, page


@BOTH
def test_a_stale_save_is_refused_shown_and_then_taken_up(world: World, of: Edited) -> None:
    client, url, page = changed_by_another(world, of, **{of.field: "De N"})
    before, audited = row(of), holders.audited(Act.EDIT)
    page = client.post(url, pages.form(page, **{of.field: "De A", "extension": "777"}))
    assert page.status_code == 200
    assert MEANWHILE in visitors.words(page)
    assert "Valeur actuelle" in pages.described_by(page, of.field)
    assert "De N" in pages.described_by(page, of.field)
    assert pages.form(page)[of.field] == ["De A"]
    assert (row(of), holders.audited(Act.EDIT), visitors.refusals()) == (before, audited, 1)
    assert client.post(url, pages.form(page)).status_code == 302
    assert (row(of)[of.field], row(of)["extension"], row(of)["version"]) == ("De A", "777", 3)


@BOTH
def test_what_another_changed_elsewhere_on_the_page_is_shown_too(world: World, of: Edited) -> None:
    client, url, page = changed_by_another(world, of, extension="555")
    page = client.post(url, pages.form(page, **{of.field: "De A"}))
    assert "555" in pages.described_by(page, "extension")
    assert row(of)["extension"] == "555"


@BOTH
@pytest.mark.parametrize("version", [None, "", "0", "2", "x", "9" * 30])
def test_only_the_present_version_is_saved(world: World, of: Edited, version: str | None) -> None:
    client, url = visitors.visitor(world["A"]), of.path.format(row(of)["id"])
    before, form = row(of), pages.form(client.get(url), **{of.field: "De A"})
    sent = {name: value for name, value in form.items() if name != "version"}
    sent |= {} if version is None else {"version": version}
    assert client.post(url, sent).status_code == 200
    assert row(of) == before


@BOTH
def test_the_same_again_leaves_no_trace(world: World, of: Edited) -> None:
    client, url = visitors.visitor(world["A"]), of.path.format(row(of)["id"])
    before = row(of)
    answer = client.post(url, pages.form(client.get(url)), follow=True)
    assert visitors.messages(answer) == ["Aucun changement à enregistrer."]
    assert (row(of), holders.audited(Act.EDIT)) == (before, [])


def test_a_tick_is_shown_in_words(world: World) -> None:
    client, url, page = changed_by_another(world, SERVICE, is_active="", confirmed="on")
    page = client.post(url, pages.form(page, name="De A"))
    assert "Valeur actuelle" in pages.described_by(page, "is_active")
    assert "Non" in pages.described_by(page, "is_active")


def test_who_was_quicker_is_not_named_to_who_may_not_know(world: World) -> None:
    user = Subscriber.objects.get(site__name="Paris")
    service = Service.objects.get(site__name="Paris")
    details = {name: getattr(user, name) for name in DETAILS} | {"last_name": "De A"}
    named = {"name": "De A", "extension": "", "is_active": True}
    edit_user(user, details, by=world["R"], version=1)
    edit_service(service, **named, by=world["R"], version=1)
    for work in (
        lambda: edit_user(user, details, by=world["N"], version=1),
        lambda: edit_service(service, **named, by=world["N"], version=1),
    ):
        with pytest.raises(StaleVersion) as refused:
            work()
        assert refused.value.name == "un autre administrateur"


def week(site: str = "Paris") -> dict[int, list[str]]:
    rows = OpeningHours.objects.filter(site__name=site).order_by("weekday", "opens")
    found: dict[int, list[str]] = {}
    for one in rows:
        found.setdefault(one.weekday, []).append(f"{one.opens:%H:%M}-{one.closes:%H:%M}")
    return found


@pytest.fixture
def hours_url(world: World) -> str:
    return f"/sites/{world.places['Paris']}/hours/"


def test_a_stale_week_is_refused_whole_and_then_taken_up(world: World, hours_url: str) -> None:
    mine, theirs = visitors.visitor(world["A"]), visitors.visitor(world["N"])
    page = mine.get(hours_url)
    theirs.post(hours_url, pages.form(theirs.get(hours_url), monday_0="07:30", friday_0="09:00",
                                      friday_1="11:00"))  # fmt: skip
    before, audited = week(), holders.audited(Act.EDIT)
    page = mine.post(hours_url, pages.form(page, tuesday_0="10:00", tuesday_1="11:00"))
    assert page.status_code == 200
    text = visitors.words(page)
    assert MEANWHILE in text
    for said in ("lundi 07:30–18:00", "vendredi 09:00–11:00", "mardi fermé"):
        assert f"Valeur actuelle : {said}" in text
    assert "Valeur actuelle : mercredi" not in text
    assert (week(), holders.audited(Act.EDIT), visitors.refusals()) == (before, audited, 1)
    assert mine.post(hours_url, pages.form(page)).status_code == 302
    assert week() == {0: ["08:00-18:00"], 1: ["10:00-11:00"]}


def test_a_period_that_is_gone_stays_typed(world: World, hours_url: str) -> None:
    site, mine = world.site("Paris"), visitors.visitor(world["A"])
    for n in (20, 21):
        OpeningHours.objects.create(site=site, weekday=0, opens=f"{n}:00", closes=f"{n}:30")
    page = mine.get(hours_url)
    OpeningHours.objects.filter(site=site, opens__gt="19:00").delete()
    page = mine.post(hours_url, pages.form(page, monday_4="22:00", monday_5="23:00"))
    assert pages.form(page)["monday_4"] == ["22:00"]
    assert week() == {0: ["08:00-18:00"]}
    mine.post(hours_url, pages.form(page))
    assert week() == {0: ["08:00-18:00", "20:00-20:30", "22:00-23:00"]}


@pytest.mark.parametrize("version", ["", "0=08:00:00-18:00:01", "1=08:00:00-18:00:00", "\0"])
def test_only_the_present_week_is_replaced(world: World, version: str) -> None:
    with pytest.raises(StaleVersion):
        set_hours(world.site("Paris"), {0: []}, by=world["A"], version=version)
    assert week() == {0: ["08:00-18:00"]}


@pytest.mark.parametrize("day", range(7))
def test_a_change_of_any_day_makes_the_page_old(world: World, day: int) -> None:
    paris = world.site("Paris")
    OpeningHours.objects.create(site=paris, weekday=day, opens="20:00", closes="21:00")
    with pytest.raises(StaleVersion):
        set_hours(paris, {0: []}, by=world["A"], version=WEEK)


def test_another_site_is_another_week(world: World, hours_url: str) -> None:
    mine = visitors.visitor(world["A"])
    page = mine.get(hours_url)
    set_hours(world.site("Lyon"), {0: []}, by=world["A"], version=WEEK)
    assert mine.post(hours_url, pages.form(page, monday_0="07:00")).status_code == 302
    assert (week(), week("Lyon")) == ({0: ["07:00-18:00"]}, {})


def test_the_second_who_assigns_a_number_is_told(world: World) -> None:
    number = PhoneNumber.objects.get(site__name="Paris")
    user = Subscriber.objects.get(site__name="Paris")
    client, url = visitors.visitor(world["A"]), f"/assignments/numbers/{number.pk}/assign/"
    assert str(user) in visitors.words(client.get(url))
    assign(number, Service.objects.get(site__name="Paris"), by=world["N"])
    answer = client.post(url, {"to": user.pk}, follow=True)
    assert visitors.messages(answer) == [
        "Ce numéro a été attribué entre-temps. Libérez-le d’abord."
    ]
    assert "Accueil Paris" in visitors.words(answer)
    assert PhoneNumber.objects.get(pk=number.pk).assignee == Service.objects.get(site__name="Paris")
    assert [after for *_rest, after in holders.audited(Act.ASSIGN)] == ["Accueil Paris"]
