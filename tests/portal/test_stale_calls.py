"""Two people at the handling of one site's calls: nothing is overwritten unseen (rule 12)."""

from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client

from permissions.errors import StaleVersion
from permissions.features import FeatureCode as F
from permissions.models import Act
from portal.acts.quick import set_call_handling, version_of
from sites.models import CallHandling, Service, Site, Subscriber
from tests import factories, pages, visitors
from tests.portal import holders
from tests.world import World

URL = "/quick/calls/"
VOICEMAIL = {"action": "voicemail", "subscriber": None, "service": None, "forward_to": ""}
FORWARD = {**VOICEMAIL, "action": "forward", "forward_to": "+33199000009"}


@pytest.fixture
def world(furnished: World) -> World:
    holders.hold(furnished, "services")
    return furnished


@pytest.fixture
def browser(world: World) -> Client:
    """Of a clerk who holds one site alone."""
    person = factories.person("commis", parent=world["A"])
    person.save()
    factories.hold(person, [world.site("Paris")], [F.SERVICES])
    return visitors.visitor(person)


def handled(site: str = "Paris") -> dict[str, list[Any]]:
    rows = CallHandling.objects.filter(site__name=site)
    fields = ("situation", "action", "subscriber__last_name", "service__name", "forward_to")
    return {name: rest for name, *rest in rows.values_list(*fields)}


def versions() -> dict[str, str]:
    site, rows = Site.objects.get(name="Paris"), CallHandling.objects.filter(site__name="Paris")
    found = {row.situation: row for row in rows}
    return {name: version_of(site, found.get(name)) for name in CallHandling.Situation.values}


def n_saves(world: World, situation: str = "open", **fields: Any) -> None:
    wanted = {situation: {**VOICEMAIL, **fields}}
    set_call_handling(world.site("Paris"), wanted, by=world["N"], versions=versions())


def now_beside(page: HttpResponse, field: str) -> str:
    return pages.described_by(page, field).partition("Valeur actuelle")[2].strip(" :\u202f\u00a0")


def test_a_stale_save_is_refused_shown_and_then_taken_up(world: World, browser: Client) -> None:
    page = browser.get(URL)
    n_saves(world, **FORWARD)
    before, audited = handled(), holders.audited(Act.EDIT)
    typed = {"open-action": "subscriber", "closed-action": "announcement"}
    typed["open-subscriber"] = str(Subscriber.objects.get(site__name="Paris").pk)
    page = browser.post(URL, pages.form(page, **typed))
    assert page.status_code == 200
    said = "Cette fiche a été modifiée entre-temps par un autre administrateur."
    assert said in visitors.words(page)
    assert now_beside(page, "open-action") == "Renvoyer vers un autre numéro"
    assert now_beside(page, "open-forward_to") == "01 99 00 00 09"
    assert now_beside(page, "open-subscriber") == "—"
    assert now_beside(page, "open-service") == ""
    assert now_beside(page, "closed-action") == "Messagerie vocale du site"
    assert {name: pages.form(page)[name] for name in typed} == {
        name: [value] for name, value in typed.items()
    }
    assert (handled(), holders.audited(Act.EDIT), visitors.refusals()) == (before, audited, 1)
    assert browser.post(URL, pages.form(page)).status_code == 302
    assert handled()["open"] == ["subscriber", "Dupont Paris", None, ""]
    assert handled()["closed"][0] == "announcement"


@pytest.mark.parametrize("situation", CallHandling.Situation.values)
def test_any_situation_makes_the_page_old(world: World, browser: Client, situation: str) -> None:
    page = browser.get(URL)
    n_saves(world, situation, **FORWARD)
    before = handled()
    page = browser.post(URL, pages.form(page, **{"open-action": "announcement"}))
    assert page.status_code == 200
    assert now_beside(page, f"{situation}-action") == "Renvoyer vers un autre numéro"
    assert handled() == before


def test_who_or_what_is_rung_makes_the_page_old_and_is_named(world: World, browser: Client) -> None:
    page, site = browser.get(URL), world.site("Paris")
    other = Service.objects.create(site=site, kind="conference", name="Salle Verte")
    n_saves(world, action="service", service=other)
    page = browser.post(URL, pages.form(page, **{"closed-action": "announcement"}))
    assert now_beside(page, "open-service") == "Salle Verte"
    assert now_beside(page, "open-action") == ""
    ada = {"first_name": "Ada", "last_name": "Roy", "user_id": "ada@exemple.fr"}
    n_saves(world, action="subscriber", subscriber=Subscriber.objects.create(site=site, **ada))
    page = browser.post(URL, pages.form(page))
    assert now_beside(page, "open-subscriber") == "Ada Roy"
    assert now_beside(page, "open-action") == "Faire sonner un utilisateur"


@pytest.mark.parametrize("name", CallHandling.Situation.values)
@pytest.mark.parametrize("sent", [None, "", "voicemail", "service:0", "x" * 5000, "\0"])
def test_only_what_the_page_showed_is_replaced(
    world: World, browser: Client, name: str, sent: str | None
) -> None:
    before = handled()
    form = pages.form(browser.get(URL), **{"open-action": "announcement", f"{name}-version": sent})
    data = {field: value for field, value in form.items() if value is not None}
    assert browser.post(URL, data).status_code == 200
    assert handled() == before


def test_who_may_know_reads_who_was_quicker(world: World) -> None:
    site, old = world.site("Paris"), versions()
    n_saves(world, **FORWARD)
    with pytest.raises(StaleVersion) as refused:
        set_call_handling(site, {"open": VOICEMAIL}, by=world["A"], versions=old)
    assert refused.value.name == "User-N Durand"


def test_the_same_again_leaves_no_trace(world: World, browser: Client) -> None:
    n_saves(world, "closed")
    n_saves(world, "holiday")
    before = handled(), holders.audited(Act.EDIT)
    answer = browser.post(URL, pages.form(browser.get(URL)), follow=True)
    assert visitors.messages(answer) == ["Aucun changement à enregistrer."]
    assert (handled(), holders.audited(Act.EDIT)) == before


def test_what_was_typed_for_one_site_is_not_saved_at_another(world: World) -> None:
    """The site may be chosen anew in another window."""
    browser = visitors.visitor(world["A"])
    CallHandling.objects.all().delete()
    browser.post("/sites/chosen/", {"site": world.places["Paris"]})
    page = browser.get(URL)
    browser.post("/sites/chosen/", {"site": world.places["Lyon"]})
    assert browser.post(URL, pages.form(page)).status_code == 200
    assert (handled(), handled("Lyon")) == ({}, {})
