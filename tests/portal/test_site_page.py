"""The page of a site: hours, inventory and people, each with a feature that opens it."""

from datetime import date

import pytest

from permissions.features import FeatureCode as F
from permissions.scopes import OPENED_BY
from sites.models import CallHandling, Holiday, OpeningHours, PhoneNumber, Subscriber
from tests import visitors
from tests.portal import lists
from tests.world import World


@pytest.fixture
def world(furnished: World) -> World:
    return furnished


def url(world: World, site: str = "Paris", page: str = "hours/") -> str:
    return f"/sites/{world.places[site]}/{page}"


LINES = {
    "numbers": "Numéros", "devices": "Appareils", "users": "Utilisateurs",
    "services": "Services avancés", "sip_trunks": "Jonction SIP",
    "recordings": "Enregistrement des appels", "notes": "Remarques", "orders": "Commandes",
}  # fmt: skip
ASSIGNED = "numbers devices users services"


@pytest.mark.parametrize(
    ("code", "lines", "links"),
    [
        (F.USER_ASSIGNMENTS, ASSIGNED, "numbers devices users"), (F.SERVICES, ASSIGNED, "services"),
        (F.DASHBOARD, f"{ASSIGNED} orders", ""), (F.REPORTS, ASSIGNED, ""),
        (F.SIP_TRUNKING, "numbers sip_trunks", "sip_trunks"), (F.NOTES, "notes", "notes"),
        (F.CALL_RECORDING, "users recordings", "recordings"), (F.ORDERS, "orders", "orders"),
        (F.PROFILE, "", ""), (F.ANALYTICS, "", ""), (F.MANAGE_ADMINISTRATORS, "", ""),
    ],
)  # fmt: skip
def test_each_block_with_the_feature_that_opens_it(
    world: World, code: F, lines: str, links: str
) -> None:
    page = visitors.visitor(lists.holder(world, code, sites="Paris Lyon")).get(url(world, page=""))
    found = page.context["inventory"]
    assert [str(line["label"]) for line in found] == [LINES[name] for name in lines.split()]
    assert {line["count"] for line in found} <= {1}
    assert [line["page"] for line in found if line["page"]] == links.split()
    opens = page.context["week"] is not None
    assert opens == (code in {F.PROFILE, F.SERVICES, F.DASHBOARD})
    named = code in {F.USER_ASSIGNMENTS, F.SERVICES, F.CALL_RECORDING}
    assert ("Léa Dupont Paris" in visitors.words(page)) == named


@pytest.mark.parametrize("code", F)
def test_call_handling_is_read_with_services_or_the_dashboard(world: World, code: F) -> None:
    site = world.site("Paris")
    user = Subscriber.objects.get(site=site)
    rows = {"closed": {"action": "subscriber", "subscriber": user},
            "holiday": {"action": "forward", "forward_to": "+33199000009"}}  # fmt: skip
    for situation, about in rows.items():
        CallHandling.objects.create(site=site, situation=situation, **about)
    CallHandling.objects.filter(site__name="Lyon").update(action="voicemail", service=None)
    page = visitors.visitor(lists.holder(world, code, sites="Paris Lyon")).get(url(world, page=""))
    if code not in OPENED_BY[CallHandling]:
        assert page.context["handling"] is None
        assert "Faire sonner" not in visitors.words(page)
        return
    person = f" – {user}" if code == F.SERVICES else ""
    service = CallHandling.objects.get(site=site, situation="open").service
    assert [what for _situation, what, _off in page.context["handling"]] == [
        f"Faire sonner un service – {service}", f"Faire sonner un utilisateur{person}",
        "Renvoyer vers un autre numéro – 01 99 00 00 09",
    ]  # fmt: skip
    assert ("Modifier le traitement" in visitors.words(page)) == (code == F.SERVICES)


def test_the_administrators_of_a_site_stand_in_a_part_of_their_own(world: World) -> None:
    body = visitors.body(visitors.visitor(world["R"]).get(url(world, page="")))
    assert '<section class="panel" aria-labelledby="holders">' in body


def test_the_page_of_a_site_is_not_narrowed_by_the_chosen_one(world: World) -> None:
    client = visitors.visitor(world["R"])
    client.post("/sites/chosen/", {"site": world.places["Lyon"]})
    page = client.get(url(world, page=""))
    assert {line["count"] for line in page.context["inventory"]} == {1}
    assert "Léa Dupont Paris" in visitors.words(page)


def test_the_page_of_a_site_offers_to_show_it_alone(world: World) -> None:
    client = visitors.visitor(world["R"])
    form = client.get(url(world, page="")).content.decode()
    assert f'name="site" value="{world.places["Paris"]}"' in form


def test_as_many_queries_for_three_rows_as_for_thirty(world: World) -> None:
    client = visitors.visitor(world["R"])
    asked = [url(world, page=""), url(world)]
    few = [lists.queries(lambda one=one: client.get(one)) for one in asked]
    site = world.site("Paris")
    for number in range(28):
        Holiday.objects.create(site=site, day=date(2027, 1, number + 1), name="Fermé")
        PhoneNumber.objects.create(site=site, number=f"+331990199{number:02}")
        Subscriber.objects.create(
            site=site, first_name="Jim", last_name="Fennell", user_id=f"jim{number}@exemple.fr"
        )
    assert [lists.queries(lambda one=one: client.get(one)) for one in asked] == few


def test_hours_that_nobody_has_filled_in_are_not_said_to_be_closed(world: World) -> None:
    OpeningHours.objects.filter(site__name="Paris").delete()
    client = visitors.visitor(world["R"])
    said = "Les heures d’ouverture ne sont pas encore renseignées."
    assert said in visitors.words(client.get(url(world, page="")))
    assert "Lundi fermé" not in visitors.words(client.get(url(world, page="")))
    elsewhere = visitors.words(client.get(url(world, "Lyon", page="")))
    assert said not in elsewhere
    assert "Mardi fermé" in elsewhere


@pytest.mark.parametrize(("coming", "more"), [(5, False), (6, True)])
def test_of_many_holidays_the_next_are_shown_and_that_there_are_more(
    world: World, coming: int, more: bool
) -> None:
    Holiday.objects.all().delete()
    for number in range(coming):
        Holiday.objects.create(
            site=world.site("Paris"), day=date(2099, 1, number + 1), name=f"Jour {number + 1}"
        )
    words = visitors.words(visitors.visitor(world["R"]).get(url(world, page="")))
    assert "Jour 5" in words
    assert "Jour 6" not in words
    assert ("Ce sont les 5 prochains jours fériés ; d’autres suivent." in words) is more
