"""What each page shows to whom: features, menus, sites, documentation (ATTACKS 24)."""

import pytest
from django.test import Client

from permissions import delegation
from permissions.features import FeatureCode as F
from permissions.models import SiteGrant
from portal.help import HELP_PAGES
from portal.pages import PAGES
from sites.models import Enterprise, Site
from tests import factories, visitors
from tests.world import World

OPENED_BY = {
    "dashboard": {F.DASHBOARD}, "numbers": {F.USER_ASSIGNMENTS}, "devices": {F.USER_ASSIGNMENTS},
    "users": {F.USER_ASSIGNMENTS}, "service_list": {F.USER_ASSIGNMENTS, F.SERVICES},
    "services": {F.SERVICES}, "sip_trunks": {F.SIP_TRUNKING}, "recordings": {F.CALL_RECORDING},
    "analytics": {F.ANALYTICS}, "reports": {F.REPORTS}, "notes": {F.NOTES}, "profile": {F.PROFILE},
    "orders": {F.ORDERS},
}  # fmt: skip
PATHS = {page.name: f"/{page.path}" for page in PAGES}
EVERY_LEFT = [
    "Tableau de bord", "Numéros", "Appareils", "Utilisateurs", "Liste par service",
    "Services avancés", "Jonction SIP", "Enregistrement des appels", "Analyse", "Sites",
    "Rapports", "Remarques", "Profil",
]  # fmt: skip
ALWAYS = ["Envoyer l’avis", "Documentation", "Sélectionner la langue",
          "Déclaration de confidentialité", "Déconnexion"]  # fmt: skip
OWN = ["Détails de connexion", "Mon compte"]
MENUS = {
    "R": (EVERY_LEFT,
          ["Profil Entreprise", *OWN, "Gérer les administrateurs", *ALWAYS], "Commandes"),
    "A": (["Tableau de bord", "Sites", "Rapports", "Remarques"],
          [*OWN, "Gérer les administrateurs", *ALWAYS], None),
    "S": (["Analyse", "Sites", "Remarques"], [*OWN, "Gérer les administrateurs", *ALWAYS], None),
    "N": (["Tableau de bord", "Sites", "Remarques"], [*OWN, *ALWAYS], None),
    "Z": (["Sites"], [*OWN, *ALWAYS], None),
    "SU": ([], [*OWN, "Administration de l’opérateur", *ALWAYS], None),
}  # fmt: skip


def only(world: World, *codes: str) -> Client:
    """Somebody with just these features."""
    person = factories.person("seul", parent=world["R"])
    person.save()
    factories.hold(person, [world.site("Paris")], codes)
    return visitors.visitor(person)


@pytest.mark.parametrize("code", F)
@pytest.mark.parametrize("name", OPENED_BY)
def test_a_page_opens_with_its_feature_only(world: World, name: str, code: F) -> None:
    expected = 200 if code in OPENED_BY[name] else 403
    assert only(world, code).get(PATHS[name]).status_code == expected


@pytest.mark.parametrize("name", OPENED_BY)
def test_all_other_features_do_not_open_it(world: World, name: str) -> None:
    codes = [code for code in F if code not in OPENED_BY[name]]
    assert only(world, *codes).get(PATHS[name]).status_code == 403


def test_every_page_is_listed_here() -> None:
    assert set(OPENED_BY) == set(PATHS)


@pytest.mark.parametrize(("who", "expected"), MENUS.items())
def test_the_menus_hold_what_opens_and_nothing_else(
    world: World, who: str, expected: tuple[list[str], list[str], str | None]
) -> None:
    menu = visitors.visitor(world[who]).get("/account/").context["menu"]
    left, profile = ([str(entry.label) for entry in part] for part in (menu.left, menu.profile))
    orders = next((str(entry.label) for entry in menu.orders), None)
    assert (left, profile, orders) == expected


@pytest.mark.parametrize("who", MENUS)
def test_the_words_of_the_menus_are_on_the_page(world: World, who: str) -> None:
    text = visitors.words(visitors.visitor(world[who]).get("/account/"))
    left, profile, orders = MENUS[who]
    assert not [label for label in [*left, *profile, orders or ""] if label not in text]


def test_every_link_of_the_menus_opens(world: World) -> None:
    client = visitors.visitor(world["R"])
    menu = client.get("/account/").context["menu"]
    links = [entry.url for entry in menu.left + menu.profile if entry.kind == "link"]
    assert {url: client.get(url).status_code for url in links} == dict.fromkeys(links, 200)


@pytest.mark.parametrize(
    ("codes", "landing"),
    [
        (list(F), "/dashboard/"), (["notes", "dashboard"], "/dashboard/"),
        (["notes", "reports"], "/reports/"), (["orders"], "/orders/"),
        (["user_assignments"], "/assignments/numbers/"), (["services"], "/assignments/services/"),
        (["manage_administrators"], "/administrators/"), ([], "/welcome/"),
        (["manage_administrators", "notes"], "/notes/"),
    ],
)  # fmt: skip
def test_the_landing_page(world: World, codes: list[str], landing: str) -> None:
    assert only(world, *codes).get("/").headers["Location"] == landing


def test_the_landing_page_of_the_carrier(world: World) -> None:
    assert visitors.visitor(world["SU"]).get("/").headers["Location"] == "/admin/"


def test_who_holds_nothing_is_told_whom_to_ask(world: World) -> None:
    text = visitors.words(visitors.visitor(world["Z"]).get("/", follow=True))
    assert "Adressez-vous à User-R Durand (user-r@exemple.fr), qui a créé votre compte." in text


def test_who_holds_no_site_is_told_whom_to_ask(world: World) -> None:
    """On every page: its lists are empty, and its quick starts lead nowhere."""
    client, told = only(world, "dashboard", "notes"), "Aucun site ne vous a encore été attribué"
    assert told not in visitors.words(client.get("/dashboard/"))
    SiteGrant.objects.filter(user__username="seul").delete()
    for url in ("/dashboard/", "/notes/"):
        text = visitors.words(client.get(url))
        assert told in text
        assert "User-R Durand (user-r@exemple.fr)" in text


@pytest.mark.parametrize(
    ("who", "sites"),
    [("R", "Lille Lyon Nantes Nice Paris"), ("A", "Lille Lyon Nantes Paris"), ("N", "Nantes Paris"),
     ("Z", ""), ("X", "Dijon Metz"), ("SU", "")],
)  # fmt: skip
def test_the_sites_listed_are_those_held(world: World, who: str, sites: str) -> None:
    page = visitors.visitor(world[who]).get("/sites/")
    assert [row.record.name for row in page.context["table"].paginated_rows] == sites.split()


@pytest.mark.parametrize("query", ["LYON", "lÿon", " lyon ", "69001", "lyo"])
def test_search_of_sites(world: World, query: str) -> None:
    site = world.site("Lyon")
    site.postal_code = "69001"
    site.save()
    page = visitors.visitor(world["A"]).get("/sites/", {"q": query})
    assert [row.record.name for row in page.context["table"].paginated_rows] == ["Lyon"]


def test_a_site_not_held_is_not_found(world: World) -> None:
    page = visitors.visitor(world["A"]).get("/sites/", {"q": "nice"})
    assert list(page.context["table"].paginated_rows) == []


@pytest.mark.parametrize(
    ("who", "site", "holders"),
    [("R", "Paris", "A B C M N S S1"), ("A", "Paris", "B C M N"), ("B", "Paris", "C"),
     ("C", "Paris", ""), ("S", "Nice", "S1"), ("X", "Metz", "Y"), ("A", "Lille", "B D V")],
)  # fmt: skip
def test_a_site_names_the_descendants_who_hold_it(
    world: World, who: str, site: str, holders: str
) -> None:
    page = visitors.visitor(world[who]).get(f"/sites/{world.places[site]}/")
    assert {world.name_of(one.pk) for one in page.context["holders"]} == set(holders.split())
    assert page.context["holder_count"] == len(holders.split())


def test_who_does_not_manage_sees_no_holder(world: World) -> None:
    text = visitors.words(visitors.visitor(world["N"]).get(f"/sites/{world.places['Paris']}/"))
    assert "User-M" not in text
    assert "Administrateurs de ce site" not in text


def test_the_page_of_a_site(world: World) -> None:
    Site.objects.filter(name="Paris").update(
        street="1 rue du Four", postal_code="75006", contact_name="Ève Roy", phone="+33123456789",
        contact_email="eve@exemple.fr",
    )  # fmt: skip
    text = visitors.words(visitors.visitor(world["A"]).get(f"/sites/{world.places['Paris']}/"))
    for part in ("1 rue du Four", "75006 Paris", "France", "Ève Roy", "01 23 45 67 89",
                 "eve@exemple.fr"):  # fmt: skip
        assert part in text


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("slug", [slug for slug, _title in HELP_PAGES])
def test_documentation(world: World, slug: str, language: str) -> None:
    client = visitors.visitor(world["Z"])
    client.post("/language/", {"language": language})
    page = client.get(f"/documentation/{slug}/")
    assert page.status_code == 200
    assert page.content.decode().count("<h1") == 1
    assert len(visitors.words(page)) > 1500
    links = [url for url in visitors.links(page) if url.startswith("/documentation/")]
    assert {client.get(url).status_code for url in links} == {200}


@pytest.mark.parametrize("slug", ["inconnu", "..", "fr", "premiers-pas.html", "%2e%2e"])
def test_documentation_that_is_not_there(world: World, slug: str) -> None:
    assert visitors.visitor(world["R"]).get(f"/documentation/{slug}/").status_code == 404


@pytest.mark.parametrize("who", ["", "A"])
def test_the_privacy_statement_is_public(world: World, who: str) -> None:
    page = visitors.visitor(world[who] if who else None).get("/privacy/")
    assert "Déclaration de confidentialité" in visitors.words(page)


def test_an_enterprise_that_is_suspended_signs_nobody_in(world: World) -> None:
    client = visitors.visitor(world["A"])
    Enterprise.objects.filter(name="Enterprise E").update(is_active=False)
    assert client.get("/notes/").headers["Location"].startswith("/sign-in/")
    answer = client.post("/sign-in/", {"username": "user-a", "password": factories.PASSWORD})
    assert "Le nom d’utilisateur ou le mot de passe est incorrect." in visitors.words(answer)


def test_another_enterprise_goes_on(world: World) -> None:
    Enterprise.objects.filter(name="Enterprise E").update(is_active=False)
    assert visitors.visitor(world["X"]).get("/notes/").status_code == 200


def test_a_new_site_appears_at_once_for_who_holds_all(world: World) -> None:
    site = Site(enterprise=world.enterprises["E"], name="Vannes", city="Vannes")
    delegation.add_site(site, by=world["SU"])
    found = {who: "Vannes" in visitors.words(visitors.visitor(world[who]).get("/sites/"))
             for who in ("R", "S", "S1", "A", "X")}  # fmt: skip
    assert found == {"R": True, "S": True, "S1": True, "A": False, "X": False}
