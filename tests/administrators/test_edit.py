"""Editing a descendant: what a save changes, says, and refuses (ATTACKS 19–23, 25)."""

from typing import Any

import pytest
from django.test import Client

from permissions import delegation
from permissions.models import Act, AuditEntry
from tests import pages, visitors
from tests.administrators.test_create import CANNOT, EXTRA
from tests.world import World

HELD = ["manage_administrators", "notes", "reports"]
SAVED = "Les modifications ont été enregistrées."
STALE = (
    "Cette fiche a été modifiée entre-temps par User-R Durand. Vos changements n’ont pas été "
    "enregistrés."
)
ALLOWED = {"account": set(), "contact": set(), "address": set(), "sites": {"all_sites"},
           "features": set()}  # fmt: skip


@pytest.fixture
def as_a(world: World) -> Client:
    return visitors.visitor(world["A"])


def screen(world: World, section: str, who: str = "B") -> str:
    return f"/administrators/{world.people[who]}/{section}/"


def save(client: Client, url: str, **typed: Any) -> Any:
    """Open the page, type that, press Enregistrer, and see what comes."""
    return client.post(url, pages.form(client.get(url), **typed), follow=True)


def grants(world: World, who: str = "B") -> set[str]:
    return {item.split(":")[1] for item in world.grants() if item.startswith(f"{who}:")}


@pytest.mark.parametrize(
    ("section", "typed", "said"),
    [
        ("account", {"username": "nina.roux"}, "Nom d’utilisateur"),
        ("contact", {"first_name": "Nina", "email": "n@exemple.fr"}, "Prénom, E-mail"),
        ("contact", {"mobile_number": "0612345678"}, "Numéro de téléphone portable"),
        ("address", {"city": "Reims", "country": "BE"}, "Ville, Pays"),
        ("features", {"features": ["dashboard", "notes", "manage_administrators"]},
         "1 ajout, 1 retrait"),
    ],
)  # fmt: skip
def test_a_save_says_what_was_saved(
    world: World, as_a: Client, section: str, typed: dict[str, Any], said: str
) -> None:
    (message,) = visitors.messages(save(as_a, screen(world, section), **typed))
    assert message.startswith(f"{SAVED} ")
    assert message.endswith(f"{said}.")


def test_a_save_of_sites_says_how_many(world: World, as_a: Client) -> None:
    ticks = [str(pk) for pk in world.ids("Paris Lyon Nantes")]
    response = save(as_a, screen(world, "sites"), **{"picker-tick": ticks})
    assert visitors.messages(response) == [f"{SAVED} 1 ajout, 1 retrait."]
    assert grants(world) & set(world.places) == {"Paris", "Lyon", "Nantes"}


TAKING = [
    ("sites", "picker-tick", "Lyon Lille", "Paris"), ("features", "features",
     "manage_administrators reports", "Remarques"),
]  # fmt: skip


@pytest.mark.parametrize(("section", "field", "kept", "taken"), TAKING)
def test_taking_from_people_below_is_said_before(
    world: World, as_a: Client, section: str, field: str, kept: str, taken: str
) -> None:
    before, ticks = visitors.everything(), [str(world.places.get(x, x)) for x in kept.split()]
    page = save(as_a, screen(world, section), **{field: ticks})
    assert visitors.everything() == before
    assert f"{taken} " in visitors.words(page)
    assert "User-C Durand (user-c)" in visitors.words(page)
    done = as_a.post(screen(world, section), pages.form(page), follow=True)
    (message,) = visitors.messages(done)
    assert message.endswith(" Retiré aussi à 1 administrateur placé au-dessous.")
    item = {"sites": "Paris", "features": "notes"}[section]
    assert item not in grants(world, "B") | grants(world, "C")


@pytest.mark.parametrize("section", ALLOWED)
def test_a_save_without_change_writes_nothing(world: World, as_a: Client, section: str) -> None:
    before, audit = visitors.everything(), AuditEntry.objects.count()
    response = save(as_a, screen(world, section))
    assert visitors.messages(response) == ["Aucun changement à enregistrer."]
    assert visitors.everything() == before
    assert AuditEntry.objects.count() == audit


@pytest.mark.parametrize("field", [name for name in EXTRA if name != "version"])
@pytest.mark.parametrize("section", ALLOWED)
def test_a_field_of_another_page_has_no_effect(
    world: World, as_a: Client, section: str, field: str
) -> None:
    before = visitors.everything()
    save(as_a, screen(world, section), **{field: EXTRA[field]})
    assert visitors.everything() == before


@pytest.mark.parametrize("section", ["contact", "address", "sites", "features"])
def test_only_the_account_screen_changes_the_username(
    world: World, as_a: Client, section: str
) -> None:
    save(as_a, screen(world, section), username="nina.roux")
    assert world["B"].username == "user-b"


@pytest.mark.parametrize("version", ["", "abc", "-1", "0", "2", "9" * 30, "1.5"])
def test_an_absurd_version_saves_nothing(world: World, as_a: Client, version: str) -> None:
    before = visitors.everything()
    response = save(as_a, screen(world, "contact"), first_name="Nina", version=version)
    assert response.status_code == 200
    assert response.context["form"].errors
    assert visitors.everything() == before


@pytest.mark.parametrize("site", ["Nice", "Rennes", "Metz"])
def test_a_forged_site_is_refused(world: World, as_a: Client, site: str) -> None:
    before = visitors.everything()
    response = save(as_a, screen(world, "sites"), **{"picker-added": str(world.places[site])})
    assert CANNOT in visitors.words(response)
    assert visitors.everything() == before
    refusal = AuditEntry.objects.get(act=Act.REFUSED)
    assert (refusal.actor, refusal.target) == (world["A"], world["B"])


@pytest.mark.parametrize("code", ["orders", "dashbord", "", "\0"])
def test_a_forged_feature_is_refused(world: World, as_a: Client, code: str) -> None:
    before = visitors.everything()
    response = save(as_a, screen(world, "features"), features=[*HELD, code])
    assert CANNOT in visitors.words(response)
    assert visitors.everything() == before
    assert visitors.refusals() == 1


def test_the_boxes_of_features_are_one_group(world: World, as_a: Client) -> None:
    page = visitors.body(as_a.get(screen(world, "features")))
    group = page.partition("<fieldset")[2].partition("</fieldset>")[0]
    assert ">Autorisations des fonctionnalités</legend>" in group
    assert group.count('name="features"') == page.count('name="features"') > 1


def test_all_sites_beyond_the_parent_is_refused(world: World, as_a: Client) -> None:
    before = visitors.everything()
    response = save(as_a, screen(world, "sites"), all_sites="on")
    assert CANNOT in visitors.words(response)
    assert visitors.everything() == before
    assert visitors.refusals() == 1


def test_all_sites_is_not_offered_below_who_has_not_got_them(world: World, as_a: Client) -> None:
    assert "all_sites" not in pages.read(as_a.get(screen(world, "sites"))).controls


def test_no_level_can_be_skipped(world: World, as_a: Client) -> None:
    before = visitors.everything()
    nantes = str(world.places["Nantes"])
    response = save(as_a, screen(world, "sites", "C"), **{"picker-added": nantes})
    assert CANNOT in visitors.words(response)
    assert visitors.everything() == before


def test_what_the_actor_lost_meanwhile_cannot_be_given(world: World, as_a: Client) -> None:
    url, lyon = screen(world, "sites", "N"), world.places["Lyon"]
    typed = pages.form(as_a.get(url))
    typed["picker-tick"].append(str(lyon))
    delegation.change_sites(world["A"], remove=[lyon], by=world["R"])
    assert CANNOT in visitors.words(as_a.post(url, typed))
    assert grants(world, "N") & set(world.places) == {"Paris", "Nantes"}


CHANGES = {
    "account": ({"username": "nina.roux"}, "username"),
    "contact": ({"first_name": "Nina"}, "first_name"),
    "address": ({"city": "Reims"}, "city"),
}


MEANWHILE = {
    "features": "Donné entre-temps : Tableau de bord. Retiré entre-temps : Remarques.",
    "sites": "Donné entre-temps : Nantes. Retiré entre-temps : Lille, Paris.",
}


@pytest.mark.parametrize("section", MEANWHILE)
def test_two_editors_of_rights(world: World, as_a: Client, section: str) -> None:
    """What the other one gave and took is named; what came before the page is not."""
    delegation.change_features(world["B"], remove=["reports"], by=world["R"])
    url = screen(world, section)
    opened = pages.form(as_a.get(url))
    if section == "features":
        delegation.change_features(world["B"], add=["dashboard"], remove=["notes"], by=world["R"])
    else:
        delegation.change_sites(
            world["B"], add=world.ids("Nantes"), remove=world.ids("Paris Lille"), by=world["R"]
        )
    before = grants(world)
    text = visitors.words(as_a.post(url, opened))
    assert STALE in text
    assert MEANWHILE[section] in text
    assert "Rapports" not in text.split("Retiré entre-temps")[1].split(".")[0]
    assert grants(world) == before


@pytest.mark.parametrize("section", MEANWHILE)
def test_a_version_that_there_never_was(world: World, as_a: Client, section: str) -> None:
    url = screen(world, section)
    text = visitors.words(as_a.post(url, pages.form(as_a.get(url), version="99")))
    assert "modifiée entre-temps" in text
    assert "Donné entre-temps" not in text


@pytest.mark.parametrize("section", CHANGES)
def test_two_editors(world: World, as_a: Client, section: str) -> None:
    url, (typed, field) = screen(world, section), CHANGES[section]
    opened = pages.form(as_a.get(url), **typed)
    other = {field: "roger.petit"}
    save(visitors.visitor(world["R"]), url, **other)
    response = as_a.post(url, opened)
    text = visitors.words(response)
    assert STALE in text
    assert "Contenu modifié entre-temps" in text
    assert "à corriger" not in text
    assert "Valeur actuelle : roger.petit" in pages.described_by(response, field).replace(
        "\u202f", " "
    )
    assert getattr(world["B"], field) == "roger.petit"
    assert pages.read(response).data[field] == [typed[field]]
    again = as_a.post(url, pages.form(response), follow=True)
    assert visitors.messages(again)[0].startswith(SAVED)
    assert getattr(world["B"], field) == typed[field]


def test_another_persons_change_of_other_sites_is_kept(world: World, as_a: Client) -> None:
    url = screen(world, "sites")
    opened = pages.form(as_a.get(url))
    opened["picker-tick"].append(str(world.places["Nantes"]))
    delegation.change_sites(world["B"], remove=world.ids("Paris"), by=world["R"])
    response = as_a.post(url, opened)
    assert STALE in visitors.words(response)
    assert grants(world) & set(world.places) == {"Lyon", "Lille"}
    as_a.post(url, pages.form(response))
    assert grants(world) & set(world.places) == {"Lyon", "Lille", "Nantes"}


def test_another_persons_change_of_other_features_is_kept(world: World, as_a: Client) -> None:
    url = screen(world, "features")
    opened = pages.form(as_a.get(url))
    opened["features"].append("dashboard")
    delegation.change_features(world["B"], remove=["reports"], by=world["R"])
    response = as_a.post(url, opened)
    assert STALE in visitors.words(response)
    as_a.post(url, pages.form(response))
    kept = {"manage_administrators", "notes", "dashboard"}
    assert grants(world) - set(world.places) == kept


def test_the_list_survives_a_save(world: World, as_a: Client) -> None:
    listed = as_a.get("/administrators/", {"q": "user", "sort": "-name", "per_page": "25"})
    link = next(
        url for url in visitors.links(listed) if url.startswith(screen(world, "contact")[:-8])
    )
    account = as_a.get(link)
    tab = next(url for url in visitors.links(account) if "/contact/" in url)
    response = as_a.post(tab, pages.form(as_a.get(tab), first_name="Nina"), follow=True)
    back = next(url for url in visitors.links(response) if url.startswith("/administrators/?"))
    assert back == "/administrators/?q=user&sort=-name&per_page=25"


@pytest.mark.parametrize(
    "value",
    ["https://ailleurs.example/", "//ailleurs.example", "\r\nSet-Cookie: a=b", "javascript:x"],
)
def test_the_list_to_go_back_to_is_always_ours(world: World, as_a: Client, value: str) -> None:
    response = as_a.get(screen(world, "contact"), {"list": value})
    ours = ("/", "#", "mailto:")
    assert all(
        url.startswith(ours) and not url.startswith("//") for url in visitors.links(response)
    )
    saved = as_a.post(response.request["PATH_INFO"] + "?list=" + value, pages.form(response))
    assert saved.headers["Location"].startswith(screen(world, "contact"))


def test_of_what_was_shown_only_features_are_read(world: World) -> None:
    client = visitors.visitor(world["R"])
    url = f"/administrators/{world['A'].pk}/features/"
    sent = pages.form(client.get(url))
    shown = ",".join([*sent["shown"], *map(str, range(260_000))])
    before = world.grants()
    assert client.post(url, sent | {"shown": shown}).status_code == 302
    assert world.grants() == before
