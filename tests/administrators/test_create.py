"""Creating a child: what is written, what is refused, and how it is said (ATTACKS 19, 25, 27)."""

import html
from typing import Any

import pytest
from django.core.exceptions import NON_FIELD_ERRORS
from django.http import HttpResponse
from django.test import Client

from administrators import services
from administrators.errors import TooDeep
from administrators.models import Administrator, OutgoingMail
from administrators.paths import DEEPEST
from permissions import delegation
from permissions.models import Act, AuditEntry, SiteGrant
from sites.models import Site
from tests import factories, pages, visitors
from tests.world import World

URL = "/administrators/create/"
DETAILS = {"username": "nina.roux", "first_name": "Nina", "last_name": "Roux",
           "email": "nina@exemple.fr", "country": "FR"}  # fmt: skip
CANNOT = "Vous ne pouvez pas attribuer ce dont l’administrateur parent ne dispose pas."
EXTRA = {
    "is_superuser": "on", "is_staff": "on", "enterprise": "2", "enterprise_id": "2",
    "parent": "1", "parent_id": "1", "path": "x", "id": "1", "pk": "1", "version": "99",
    "password": "md5$x$y", "groups": "1", "user_permissions": "1", "bound": "1",
    "session_epoch": "9", "is_active": "", "must_change_password": "", "temporary_used": "on",
    "password_expires_at": "2099-01-01", "language": "en", "sites": "5",
}  # fmt: skip


@pytest.fixture
def as_a(world: World) -> Client:
    return visitors.visitor(world["A"])


def created() -> Administrator | None:
    return Administrator.objects.filter(username="nina.roux").first()


def grants(world: World) -> set[str]:
    return {grant for grant in world.grants() if grant.startswith("nina.roux:")}


def refused(client: Client, data: dict[str, Any]) -> HttpResponse:
    """The page that comes back; nothing may have been written."""
    before = visitors.everything()
    response = client.post(URL, data)
    assert response.status_code == 200
    assert visitors.everything() == before
    return response


def test_a_child_with_exactly_what_was_ticked(world: World, as_a: Client) -> None:
    sites = {"picker-tick": world.ids("Paris Lille"), "features": ["notes", "reports"]}
    response = as_a.post(URL, DETAILS | sites, follow=True)
    child = created()
    assert child is not None
    assert child.parent == world["A"]
    assert child.enterprise == world.enterprises["E"]
    assert grants(world) == {f"nina.roux:{i}" for i in ("Paris", "Lille", "notes", "reports")}
    assert [mail.kind for mail in child.mails.all()] == [OutgoingMail.Kind.WELCOME]
    assert response.redirect_chain == [(f"/administrators/{child.pk}/account/", 302)]
    (message,) = visitors.messages(response)
    assert "Nina Roux" in message
    assert "nina@exemple.fr" in message


def test_nothing_ticked_is_nothing_held(world: World, as_a: Client) -> None:
    page = as_a.post(URL, DETAILS, follow=True)
    assert created() is not None
    assert grants(world) == set()
    assert "aucune fonctionnalité" in visitors.messages(page)[1]


def test_a_feature_without_a_site_is_said_too(world: World, as_a: Client) -> None:
    page = as_a.post(URL, DETAILS | {"features": ["notes"]}, follow=True)
    assert "aucun site" in visitors.messages(page)[1]


def test_all_sites_from_who_holds_all(world: World) -> None:
    visitors.visitor(world["S"]).post(URL, DETAILS | {"all_sites": "on"})
    held = {"Paris", "Lyon", "Lille", "Nantes", "Nice", "Rennes", "*"}
    assert grants(world) == {f"nina.roux:{site}" for site in held}


@pytest.mark.parametrize("field", EXTRA)
def test_a_field_that_is_not_on_the_page_has_no_effect(
    world: World, as_a: Client, field: str
) -> None:
    as_a.post(URL, DETAILS | {field: EXTRA[field]})
    child = created()
    assert child is not None
    assert child.pk > world.people["SU"]
    assert (child.parent_id, child.enterprise_id, bytes(child.path)) == (
        world.people["A"], world.enterprises["E"].pk, world["A"].child_path,
    )  # fmt: skip
    assert (child.is_superuser, child.is_staff, child.all_sites, child.is_active) == (
        False, False, False, True,
    )  # fmt: skip
    assert (child.version, child.session_epoch, child.language) == (1, 0, "fr")
    assert (child.must_change_password, child.temporary_used, child.has_usable_password()) == (
        True, False, False,
    )  # fmt: skip
    assert child.password_expires_at is None
    assert not child.groups.exists()
    assert not child.user_permissions.exists()
    assert grants(world) == set()


def test_only_what_can_be_given_is_offered(world: World, as_a: Client) -> None:
    page = pages.read(as_a.get(URL))
    assert set(page.choices["picker-tick"]) == {
        str(pk) for pk in world.ids("Paris Lyon Lille Nantes")
    }
    assert page.choices["features"] == ["dashboard", "manage_administrators", "notes", "reports"]
    assert "all_sites" not in page.controls


@pytest.mark.parametrize("site", ["Nice", "Rennes", "Metz"])
@pytest.mark.parametrize("how", ["picker-tick", "picker-added"])
def test_a_forged_site_is_refused(world: World, as_a: Client, how: str, site: str) -> None:
    response = refused(as_a, DETAILS | {how: world.places[site], "features": ["notes"]})
    assert CANNOT in visitors.words(response)
    assert visitors.refusals() == 1


@pytest.mark.parametrize("pk", ["0", "-1", "987654321", "abc", "9" * 30, "1.5", "½", "\0", "٣٣٣"])
def test_an_unknown_site_is_refused(as_a: Client, pk: str) -> None:
    assert CANNOT in visitors.words(refused(as_a, DETAILS | {"picker-tick": pk}))
    assert visitors.refusals() == 1


def test_an_id_in_other_digits_is_none(world: World, as_a: Client) -> None:
    other = str(world.places["Paris"]).translate(str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩"))
    assert CANNOT in visitors.words(refused(as_a, DETAILS | {"picker-added": other}))


@pytest.mark.parametrize("code", ["orders", "analytics", "root", "", "Notes", "notes ", "\0"])
def test_a_feature_that_cannot_be_given_is_refused(as_a: Client, code: str) -> None:
    response = refused(as_a, DETAILS | {"features": ["notes", code]})
    assert list(response.context["form"].errors) == [NON_FIELD_ERRORS]
    assert visitors.refusals() == 1


def test_all_sites_from_who_has_not_got_them_is_refused(as_a: Client) -> None:
    """Also on a page that was opened while the parent had them."""
    assert CANNOT in visitors.words(refused(as_a, DETAILS | {"all_sites": "on"}))
    assert visitors.refusals() == 1


def test_a_feature_given_twice_is_refused(as_a: Client) -> None:
    refused(as_a, DETAILS | {"features": ["notes", "notes"]})
    assert visitors.refusals() == 1


@pytest.mark.parametrize(
    ("typed", "kept"),
    [("Nina.Roux", "nina.roux"), ("  nina.roux ", "nina.roux"), ("ＮＩＮＡ.roux", "nina.roux"),
     ("nina.roux\u200b", "nina.roux"), ("\u202anina.roux", "nina.roux"), ("007", "007"),
     ("x" * 64, "x" * 64), ("a_b-c.d", "a_b-c.d")],
)  # fmt: skip
def test_a_username_has_one_spelling(as_a: Client, typed: str, kept: str) -> None:
    response = as_a.post(URL, DETAILS | {"username": typed})
    assert response.status_code == 302
    assert Administrator.objects.filter(username=kept).count() == 1


@pytest.mark.parametrize(
    "typed",
    ["", "   ", "\u202e", "ab", "x" * 65, "nina roux", "nina\u202eroux", "nіna", "nına", "élodie",
     "nina😀", "nina@exemple.fr", "-nina", ".nina", "nina/roux", "nina\nroux", "%", "nina\0roux",
     "user-b", "USER-B", "user-x", "ｕｓｅｒ-x", "su"],
)  # fmt: skip
def test_usernames_refused(as_a: Client, typed: str) -> None:
    response = refused(as_a, DETAILS | {"username": typed})
    assert pages.control(response, "username")["aria-invalid"] == "true"


def test_the_answer_to_a_taken_name_does_not_tell_whose(as_a: Client) -> None:
    own, foreign = (
        visitors.words(refused(as_a, DETAILS | {"username": name})) for name in ("user-b", "user-x")
    )
    assert "Ce nom d’utilisateur n’est pas disponible." in own
    assert own.replace("user-b", "") == foreign.replace("user-x", "")


@pytest.mark.parametrize(
    ("field", "typed", "said"),
    [("first_name", "", "Ce champ est obligatoire : renseignez-le."),
     ("last_name", " ", "obligatoire"),
     ("email", "", "obligatoire"),
     ("email", "nina@", "Saisissez une adresse e-mail telle que nom@exemple.fr."),
     ("email", "a@exemple.fr\nBcc: b@exemple.fr", "Saisissez une adresse e-mail"),
     ("first_name", "x" * 101, "100 caractères"), ("postal_code", "1" * 13, "12 caractères"),
     ("work_phone", "123", "Saisissez un numéro tel que 01 23 45 67 89"),
     ("home_phone", "abc", "Saisissez un numéro tel que"), ("country", "ZZ", "choix"),
     ("mobile_number", "01 23 45 67", "Saisissez un numéro tel que"),
     ("fax_number", "+33 1 23", "Saisissez un numéro tel que")],
)  # fmt: skip
def test_an_error_stands_beside_its_field(as_a: Client, field: str, typed: str, said: str) -> None:
    response = refused(as_a, DETAILS | {field: typed})
    assert pages.control(response, field)["aria-invalid"] == "true"
    assert said in html.unescape(pages.described_by(response, field)).replace("\xa0", " ")


def test_what_was_typed_is_kept(world: World, as_a: Client) -> None:
    lyon = str(world.places["Lyon"])
    typed = DETAILS | {"email": "nina@", "city": "Le Mans", "work_phone": "12",
                       "features": ["notes"], "picker-tick": [lyon]}  # fmt: skip
    kept = pages.read(refused(as_a, typed)).data
    for field in ("username", "first_name", "email", "city", "work_phone", "country"):
        assert kept[field] == [typed[field]]
    assert kept["features"] == ["notes"]
    assert kept["picker-tick"] == typed["picker-tick"]


def chain(top: Administrator, levels: int) -> list[Administrator]:
    """Everybody from `top` down, each the parent of the next, who all manage and hold one site."""
    people, sites = [top], list(Site.objects.filter(name="Paris"))
    while people[-1].level < levels:
        child = factories.person(f"niveau{people[-1].level + 1}", parent=people[-1])
        child.save()
        factories.hold(child, sites, ["manage_administrators"])
        people.append(child)
    return people


@pytest.fixture
def line(world: World) -> list[Administrator]:
    return chain(world["A"], DEEPEST)


def test_nobody_is_created_deeper_than_can_be_taken_back(line: list[Administrator]) -> None:
    client = visitors.visitor(line[-1])
    before = visitors.everything()
    for answer in (client.get(URL, follow=True), client.post(URL, DETAILS, follow=True)):
        assert "Avec 100 niveaux d’administrateurs" in html.unescape(answer.content.decode())
    assert visitors.everything() == before


def test_the_act_refuses_it_too(line: list[Administrator]) -> None:
    with pytest.raises(TooDeep):
        services.create_administrator(by=line[-1], details=DETAILS)
    assert created() is None


def test_the_deepest_is_created(line: list[Administrator]) -> None:
    assert visitors.visitor(line[-2]).post(URL, DETAILS).status_code == 302
    child = created()
    assert child is not None
    assert child.level == DEEPEST


def test_a_site_is_taken_from_all_levels_at_once(world: World, line: list[Administrator]) -> None:
    paris = world.places["Paris"]
    delegation.change_sites(world["A"], remove=[paris], by=world["R"])
    assert not SiteGrant.objects.filter(user__in=line, content_object=paris).exists()
    lost = AuditEntry.objects.filter(act=Act.REVOKE, item=f"site:{paris}", target__in=line)
    assert lost.count() == len(line)


def test_above_the_longest_branch_every_page_opens(world: World, line: list[Administrator]) -> None:
    page = visitors.visitor(world["R"]).get(f"/administrators/{world['A'].pk}/account/")
    assert page.status_code == 200
    words = visitors.words(page)
    assert "Niveau11 Durand" in words
    assert "Niveau12 Durand" not in words
    assert "Cette branche n’est pas montrée en entier" in words
