"""Choosing a site: for what, how to give up, and what every page says once one is chosen."""

import re
from typing import Any

import pytest
from django.test import Client

from permissions.features import FeatureCode as F
from permissions.models import Act, AuditEntry
from permissions.scopes import OFFERED
from sites.models import Device, Site
from tests import factories, pages, visitors
from tests.portal import lists
from tests.world import World

ALL = "Tous les sites"
URL = "/sites/choose/"
HINT = "Seul le site « Paris » est affiché."
SHOWN = "Le portail affiche maintenant le site Paris seulement."
FEATURES = (F.DASHBOARD, F.USER_ASSIGNMENTS, F.SERVICES, F.PROFILE, F.NOTES)


def chooser(world: World, *codes: str, sites: str = "Paris Lyon") -> Client:
    return visitors.visitor(lists.holder(world, *codes, sites=sites))


def offers_all(page: object) -> bool:
    """Whether a button chooses all sites; the header says the words as well."""
    return 'form="choose-site" name="site" value=""' in visitors.body(page)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("target", "title"),
    [
        ("/quick/user/", "Configurer un utilisateur"), ("/quick/phone/", "Ajouter un téléphone"),
        ("/quick/calls/", "Traitement des appels entrants"),
        ("/quick/hours/?x=1", "Configurer les heures d’ouverture"),
    ],
)  # fmt: skip
def test_a_quick_start_says_for_what_and_how_to_give_up(
    world: World, target: str, title: str
) -> None:
    """All sites would only lead back here."""
    page = chooser(world, *FEATURES).get(URL, {"next": target})
    assert f"Choisir un site : {title}" in visitors.words(page)
    assert not offers_all(page)
    assert visitors.links(page).count("/dashboard/") == 3  # menu, breadcrumb, «Annuler»
    without = chooser(world, *FEATURES[1:]).get(URL, {"next": target})
    assert not offers_all(without)
    assert "/dashboard/" not in visitors.links(without)


@pytest.mark.parametrize("target", ["", "/", "/sites/", "/notes/add/", "//x.fr/quick/user/", "/?"])
def test_elsewhere_all_sites_are_offered(world: World, target: str) -> None:
    page = chooser(world, *FEATURES).get(URL, {"next": target})
    assert offers_all(page)
    assert "Choisir un site :" not in visitors.words(page)
    assert "Ensuite, chaque page ne montre que ce site" in visitors.words(page)


def test_a_form_that_cannot_list_so_many_sites_is_no_loop(world: World) -> None:
    client = visitors.visitor(world["X"])
    assert offers_all(client.get(URL, {"next": "/notes/add/"}))
    factories.more_sites(world["X"], OFFERED - 1)
    page = client.get(URL, {"next": "/notes/add/"})
    assert not offers_all(page)
    assert "Choisir un site : Ajouter une remarque" in visitors.words(page)
    assert visitors.links(page).count("/notes/") == 3


def test_a_chosen_site_is_marked_in_the_header(world: World) -> None:
    """The mark by which a narrow screen shows its name in full."""
    client = chooser(world, F.NOTES)
    assert "site-header-narrowed" not in visitors.body(client.get("/notes/"))
    client.post("/sites/chosen/", {"site": world.places["Lyon"]})
    page = client.get("/notes/")
    assert "site-header-narrowed" in visitors.body(page)
    assert "Site : Lyon" in visitors.words(page)


def test_a_page_of_another_site_says_how_to_come_to_it(furnished: World) -> None:
    """In the same words as for what is nobody's: it is not told which of the two it is."""
    client = chooser(furnished, F.USER_ASSIGNMENTS)
    other, foreign = (Device.objects.get(site__name=name) for name in ("Lyon", "Metz"))
    page = f"/assignments/devices/{other.pk}/"
    assert HINT not in visitors.words(client.get(f"/assignments/devices/{foreign.pk}/"))
    client.post("/sites/chosen/", {"site": furnished.places["Paris"], "next": URL})
    answers = [client.get(page), client.get(f"/assignments/devices/{foreign.pk}/")]
    assert [answer.status_code for answer in answers] == [404, 404]
    assert HINT in visitors.words(answers[0])
    assert visitors.words(answers[0]) == visitors.words(answers[1])
    assert f'name="next" value="{page}"' in visitors.body(answers[0])
    shown = client.post("/sites/chosen/", {"site": "", "next": page}, follow=True)
    assert shown.redirect_chain == [(page, 302)]
    assert shown.status_code == 200


def test_what_was_sent_is_not_offered_as_a_page(furnished: World) -> None:
    client = chooser(furnished, F.USER_ASSIGNMENTS)
    client.post("/sites/chosen/", {"site": furnished.places["Paris"], "next": URL})
    other = Device.objects.get(site__name="Lyon")
    answer = client.post(f"/assignments/devices/{other.pk}/restart/")
    assert answer.status_code == 404
    assert HINT not in visitors.words(answer)


@pytest.mark.parametrize("as_file", ["csv", "xlsx"])
def test_the_sites_held_are_taken_away_as_a_file(world: World, as_file: str) -> None:
    Site.objects.filter(name="Paris").update(phone="+33123456789", city="Paris")
    client = chooser(world, F.NOTES)
    assert f"?q=p&export={as_file}".replace("&", "&amp;") in visitors.body(
        client.get("/sites/", {"q": "p"})
    )
    head, *rows = lists.rows_of(client, "/sites/", as_file)
    assert head == ["Nom", "Ville", "Code postal", "Téléphone"]
    assert [row[0] for row in rows] == ["Lyon", "Paris"]
    assert rows[1][3] == "01 23 45 67 89"
    assert AuditEntry.objects.filter(act=Act.EXPORT, item="sites").count() == 1


def shortcut(client: Client, world: World, words: str) -> Any:
    """A button of the page of Paris is pressed, as a browser does."""
    page = client.get(f"/sites/{world.places['Paris']}/")
    (target,) = re.findall(rf'name="next" value="([^"]*)">{words}<', visitors.body(page))
    form = pages.form(page)
    return client.post("/sites/chosen/", form | {"next": target}, follow=True)


@pytest.mark.parametrize(
    "words", ["Numéros", "Modifier le traitement des appels entrants", "N’afficher que ce site"]
)
def test_a_shortcut_says_that_one_site_is_shown_and_how_to_go_back(
    furnished: World, words: str
) -> None:
    client, site = chooser(furnished, *FEATURES), furnished.places["Paris"]
    page = shortcut(client, furnished, words)
    assert SHOWN in visitors.words(page)
    assert {f"/sites/{site}/", f"{URL}?next=/sites/{site}/"} <= set(visitors.links(page))
    assert offers_all(client.get(URL, {"next": f"/sites/{site}/"}))
    assert SHOWN not in visitors.words(shortcut(client, furnished, words))


def test_nothing_is_said_to_who_chooses_the_site_in_the_header(world: World) -> None:
    chosen = {"site": world.places["Paris"], "next": "/notes/"}
    page = chooser(world, F.NOTES).post("/sites/chosen/", chosen, follow=True)
    assert visitors.messages(page) == []


def test_the_handling_of_calls_leads_back_to_the_site_from_which_one_came(furnished: World) -> None:
    client, site = chooser(furnished, *FEATURES), f"/sites/{furnished.places['Paris']}/"
    page = shortcut(client, furnished, "Modifier le traitement des appels entrants")
    here = page.redirect_chain[-1][0]
    again = client.get(here)
    assert visitors.links(again).count(site) == 2  # breadcrumb, «Annuler»
    assert client.post(here, pages.form(again)).headers["Location"] == here
    usual = client.get("/quick/calls/")
    assert visitors.links(usual).count(site) == 0
