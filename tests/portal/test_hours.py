"""Opening hours and holidays of a site, edited by who holds the profile."""

from datetime import date, time, timedelta

import pytest
from django.utils import timezone

from permissions.errors import OutOfScope
from permissions.features import FeatureCode as F
from permissions.models import Act, AuditEntry, FeatureGrant
from portal.acts.hours import HolidayTaken, add_holiday, remove_holiday, set_hours
from sites.models import Holiday, OpeningHours
from tests import pages, visitors
from tests.inventory import WEEK
from tests.portal import lists
from tests.world import World

MORNING, EVENING = (time(8), time(12)), (time(14), time(18))


@pytest.fixture
def world(furnished: World) -> World:
    return furnished


def url(world: World, site: str = "Paris", page: str = "hours/") -> str:
    return f"/sites/{world.places[site]}/{page}"


def hours(world: World, site: str = "Paris") -> list[tuple[int, time, time]]:
    rows = OpeningHours.objects.filter(site=world.places[site])
    return list(rows.values_list("weekday", "opens", "closes"))


def audited(act: Act) -> list[tuple[str, str]]:
    rows = AuditEntry.objects.filter(act=act).exclude(site=None).order_by("pk")
    return list(rows.values_list("before", "after"))


def holiday(world: World, site: str = "Paris") -> Holiday:
    return Holiday.objects.get(site=world.places[site])


@pytest.mark.parametrize("page", ["hours/", "holidays/"])
@pytest.mark.parametrize(("site", "status"), [("Paris", 200), ("Lyon", 404), ("Metz", 404)])
def test_the_hours_of_a_site_held(world: World, page: str, site: str, status: int) -> None:
    client = visitors.visitor(lists.holder(world, F.PROFILE))
    assert client.get(url(world, site, page)).status_code == status
    assert client.get(f"/holidays/{holiday(world, site).pk}/remove/").status_code == status


def test_reading_the_hours_does_not_let_edit_them(world: World) -> None:
    client = visitors.visitor(lists.holder(world, F.SERVICES, F.DASHBOARD))
    assert "Lundi 08:00–18:00" in visitors.words(client.get(url(world, page="")))
    asked = [url(world), url(world, page="holidays/"), f"/holidays/{holiday(world).pk}/remove/"]
    assert [client.get(one).status_code for one in asked] == [403] * 3
    assert url(world) not in visitors.links(client.get(url(world, page="")))


def test_two_periods_a_day(world: World) -> None:
    client = visitors.visitor(lists.holder(world, F.PROFILE))
    page = client.get(url(world))
    assert pages.form(page)["monday_0"] == ["08:00"]
    assert pages.form(page)["monday_1"] == ["18:00"]
    changes = {"monday_1": "12:00", "monday_2": "14:00", "monday_3": "18:00", "sunday_0": "10:00",
               "sunday_1": "11:00"}  # fmt: skip
    answer = client.post(url(world), pages.form(page, **changes))
    assert answer.headers["Location"] == url(world)
    assert hours(world) == [(0, *MORNING), (0, *EVENING), (6, time(10), time(11))]
    assert audited(Act.EDIT) == [
        ("lundi 08:00–18:00", "lundi 08:00–12:00, 14:00–18:00"),
        ("dimanche fermé", "dimanche 10:00–11:00"),
    ]
    assert (
        AuditEntry.objects.filter(act=Act.EDIT).values_list("site", flat=True)[0]
        == (world.places["Paris"])
    )
    assert hours(world, "Lyon") == [(0, time(8), time(18))]


def test_seconds_that_say_nothing_may_be_sent(world: World) -> None:
    client = visitors.visitor(lists.holder(world, F.PROFILE))
    form = pages.form(client.get(url(world)), monday_0="08:00:00", monday_1="12:00:00")
    assert client.post(url(world), form).status_code == 302
    assert hours(world) == [(0, *MORNING)]


def test_an_empty_day_is_closed(world: World) -> None:
    client = visitors.visitor(lists.holder(world, F.PROFILE))
    form = pages.form(client.get(url(world)), monday_0="", monday_1="")
    assert client.post(url(world), form).status_code == 302
    assert hours(world) == []
    assert audited(Act.EDIT) == [("lundi 08:00–18:00", "lundi fermé")]


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"monday_1": ""}, "Saisissez le début et la fin de chaque plage."),
        ({"monday_2": "19:00"}, "Saisissez le début et la fin de chaque plage."),
        ({"monday_1": "08:00"}, "Chaque plage doit finir après son début."),
        ({"monday_1": "07:00"}, "Chaque plage doit finir après son début."),
        ({"monday_2": "17:59", "monday_3": "19:00"}, "Deux plages d’un même jour"),
        ({"monday_2": "08:00", "monday_3": "18:00"}, "Deux plages d’un même jour"),
        ({"monday_0": "25:00"}, "Saisissez une heure valide."),
        ({"monday_0": "midi"}, "Saisissez une heure valide."),
        ({"monday_1": "18:00:30"}, "Saisissez une heure valide."),
    ],
)
def test_bad_hours_are_said_beside_the_day(
    world: World, changes: dict[str, str], said: str
) -> None:
    client = visitors.visitor(lists.holder(world, F.PROFILE))
    page = client.post(url(world), pages.form(client.get(url(world)), **changes))
    assert page.status_code == 200
    assert said in str(page.context["form"].errors["monday"])
    assert visitors.words(page).count(said) == 2  # in the summary, and beside the day
    assert {name: pages.form(page)[name] for name in changes} == {
        name: [value] for name, value in changes.items()
    }
    assert hours(world) == [(0, time(8), time(18))]
    assert audited(Act.EDIT) == []


@pytest.mark.parametrize(
    ("changes", "wrong"),
    [
        ({"monday_1": ""}, {"monday_1"}),
        ({"monday_3": "19:00"}, {"monday_2"}),
        ({"monday_1": "07:00"}, {"monday_1"}),
        ({"monday_2": "17:59", "monday_3": "19:00"}, {"monday_2"}),
        ({"monday_0": "midi"}, {"monday_0"}),
        ({"monday_2": "midi", "monday_3": "25:00"}, {"monday_2", "monday_3"}),
    ],
)
def test_only_the_wrong_clock_says_so(
    world: World, changes: dict[str, str], wrong: set[str]
) -> None:
    client = visitors.visitor(lists.holder(world, F.PROFILE))
    page = client.post(url(world), pages.form(client.get(url(world)), **changes))
    controls = pages.read(page).controls
    assert {name for name, one in controls.items() if one.get("aria-invalid")} == wrong
    (said,) = page.context["form"].errors["monday"]
    described = {name for name in controls if said in pages.described_by(page, name)}
    assert described == wrong
    assert f'href="#id_{min(wrong)}"' in visitors.body(page)


def test_each_clock_of_a_day_has_a_name_of_its_own(world: World) -> None:
    client = visitors.visitor(lists.holder(world, F.PROFILE))
    three = [MORNING, EVENING, (time(20), time(22))]
    set_hours(world.site("Paris"), {0: three}, by=world["R"], version=WEEK)
    labels = pages.labels(client.get(url(world)))
    assert labels[:6] == [
        "Première plage, Ouvre à", "Première plage, Ferme à", "Deuxième plage, Ouvre à",
        "Deuxième plage, Ferme à", "Plage 3, Ouvre à", "Plage 3, Ferme à",
    ]  # fmt: skip


def test_periods_that_touch_and_stand_in_any_order(world: World) -> None:
    week = {0: [(time(12), time(14)), (time(8), time(12))]}
    set_hours(world.site("Paris"), week, by=world["R"], version=WEEK)
    assert hours(world) == [(0, time(8), time(12)), (0, time(12), time(14))]


def test_a_third_period_is_shown_and_kept(world: World) -> None:
    three = [MORNING, EVENING, (time(20), time(22))]
    set_hours(world.site("Paris"), {0: three}, by=world["R"], version=WEEK)
    client = visitors.visitor(lists.holder(world, F.PROFILE))
    form = pages.form(client.get(url(world)), tuesday_0="09:00", tuesday_1="10:00")
    client.post(url(world), form)
    assert hours(world)[:3] == [(0, *period) for period in three]
    assert len(hours(world)) == 4


def test_the_same_week_again_leaves_no_trace(world: World) -> None:
    client = visitors.visitor(lists.holder(world, F.PROFILE))
    rows = list(OpeningHours.objects.values())
    client.post(url(world), pages.form(client.get(url(world))))
    assert list(OpeningHours.objects.values()) == rows
    assert audited(Act.EDIT) == []


def test_add_a_holiday(world: World) -> None:
    client = visitors.visitor(lists.holder(world, F.PROFILE))
    data = {"day": "2026-07-14", "name": "Fête nationale"}
    assert client.post(url(world, page="holidays/"), data).headers["Location"] == url(world)
    made = Holiday.objects.latest("pk")
    assert (made.site.name, made.day, made.name) == ("Paris", date(2026, 7, 14), "Fête nationale")
    assert audited(Act.ADD) == [("", "Fête nationale (14 juillet 2026)")]
    assert hours(world) == [(0, time(8), time(18))]


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("day", "", "Ce champ est obligatoire : renseignez-le."),
        ("day", "hier", "Saisissez une date valide."),
        ("day", "2026-12-25", "Ce jour est déjà un jour férié de ce site."),
        ("name", " ", "Ce champ est obligatoire : renseignez-le."),
        ("name", "x" * 101, "au plus 100 caractères"),
    ],
)
def test_a_bad_holiday_is_said_beside_the_field(
    world: World, field: str, value: str, said: str
) -> None:
    client = visitors.visitor(lists.holder(world, F.PROFILE))
    data = {"day": "2026-07-14", "name": "Fête", field: value}
    page = client.post(url(world, page="holidays/"), data)
    assert said in pages.described_by(page, field)
    assert Holiday.objects.filter(site=world.places["Paris"]).count() == 1
    assert audited(Act.ADD) == []


def test_past_holidays_stand_under_a_fold_after_those_to_come(world: World) -> None:
    site, today = world.site("Paris"), timezone.localdate()
    Holiday.objects.filter(site=site).delete()
    client = visitors.visitor(lists.holder(world, F.PROFILE))
    assert "Aucun jour férié pour le moment." in visitors.words(client.get(url(world)))
    for name, days in {"Avant-hier": -2, "Hier": -1}.items():
        add_holiday(site, today + timedelta(days), name, by=world["R"])
    text = visitors.words(client.get(url(world)))
    assert "Aucun jour férié à venir." in text
    for name, days in {"Aujourd": 0, "Demain": 1}.items():
        add_holiday(site, today + timedelta(days), name, by=world["R"])
    page = client.get(url(world))
    shown = {name: [one.name for one in page.context[name]] for name in ("coming", "past")}
    assert shown == {"coming": ["Aujourd", "Demain"], "past": ["Hier", "Avant-hier"]}
    assert "Jours fériés passés (2)" in visitors.words(page)


def test_the_first_of_a_month_is_said_as_in_french(world: World) -> None:
    add_holiday(world.site("Paris"), date(2099, 1, 1), "An", by=world["R"])
    client = visitors.visitor(lists.holder(world, F.PROFILE))
    for page in ("", "hours/"):
        said = visitors.words(client.get(url(world, page=page)))
        assert ("1er janvier 2099" in said) == (page == "hours/" or "Noël" in said)
    assert "Heures d’ouverture : Paris" in said


@pytest.mark.parametrize(
    ("codes", "query", "leads"),
    [
        ((F.PROFILE, F.DASHBOARD), "", "site"), ((F.PROFILE, F.DASHBOARD), "?from=x", "site"),
        ((F.PROFILE, F.DASHBOARD), "?from=dashboard", "dashboard"),
        ((F.PROFILE,), "?from=dashboard", "site"),
    ],
)  # fmt: skip
def test_cancel_leads_back_to_where_one_came_from(
    world: World, codes: tuple[F, ...], query: str, leads: str
) -> None:
    page = visitors.visitor(lists.holder(world, *codes)).get(url(world) + query)
    expected = "/dashboard/" if leads == "dashboard" else url(world, page="")
    assert page.context["cancel_url"] == expected
    assert f'href="{expected}">Annuler</a>' in visitors.body(page)


def test_the_quick_start_says_where_one_came_from(world: World) -> None:
    client = visitors.visitor(lists.holder(world, F.PROFILE, F.DASHBOARD))
    assert client.get("/quick/hours/").headers["Location"] == f"{url(world)}?from=dashboard"


def test_the_same_day_at_another_site(world: World) -> None:
    add_holiday(world.site("Paris"), date(2026, 7, 14), "Fête", by=world["R"])
    add_holiday(world.site("Lyon"), date(2026, 7, 14), "Fête", by=world["R"])
    with pytest.raises(HolidayTaken):
        add_holiday(world.site("Lyon"), date(2026, 7, 14), "Encore", by=world["R"])


def test_a_holiday_is_removed_after_saying_so(world: World) -> None:
    client, found = visitors.visitor(lists.holder(world, F.PROFILE)), holiday(world)
    remove = f"/holidays/{found.pk}/remove/"
    text = visitors.words(client.get(remove))
    assert "Noël ne sera plus un jour férié du site Paris" in text
    assert "25 décembre 2026" in text
    assert Holiday.objects.filter(pk=found.pk).exists()
    assert client.post(remove).headers["Location"] == url(world)
    assert not Holiday.objects.filter(pk=found.pk).exists()
    assert audited(Act.REMOVE) == [("Noël (25 décembre 2026)", "")]


@pytest.mark.parametrize(("who", "site"), [("A", "Paris"), ("X", "Paris"), ("R", "Rennes")])
def test_nobody_acts_out_of_scope(world: World, who: str, site: str) -> None:
    place, by = world.site(site), world[who]
    with pytest.raises(OutOfScope):
        set_hours(place, {1: [MORNING]}, by=by, version=WEEK)
    with pytest.raises(OutOfScope):
        add_holiday(place, date(2026, 7, 14), "Fête", by=by)
    with pytest.raises(OutOfScope):
        remove_holiday(holiday(world, site), by=by)


def test_the_feature_is_asked_afresh(world: World) -> None:
    person = lists.holder(world, F.PROFILE)
    FeatureGrant.objects.filter(user=person).delete()
    with pytest.raises(OutOfScope):
        set_hours(world.site("Paris"), {1: [MORNING]}, by=person, version=WEEK)
