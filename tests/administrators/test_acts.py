"""Disable, enable, reset: what the page before says, what the act does (ATTACKS 6, 9, 12, 18)."""

from collections.abc import Callable

import pytest
from django.test import Client

from administrators import services
from administrators.models import Administrator, OutgoingMail
from permissions import delegation
from permissions.models import Act, AuditEntry
from tests import factories, pages, visitors
from tests.factories import PASSWORD
from tests.world import World, username_of

RESET = (
    "Un e-mail avec un mot de passe temporaire a été envoyé à user-b@exemple.fr. Il devra être "
    "modifié à la prochaine connexion."
)


@pytest.fixture
def as_a(world: World) -> Client:
    return visitors.visitor(world["A"])


def url(world: World, who: str, act: str) -> str:
    return f"/administrators/{world.people[who]}/{act}/"


def active(world: World) -> set[str]:
    people = Administrator.objects.filter(is_active=True).values_list("pk", flat=True)
    return {world.name_of(pk) for pk in people}


@pytest.mark.parametrize("act", ["disable", "enable", "reset-password"])
def test_reading_the_page_changes_nothing(world: World, as_a: Client, act: str) -> None:
    before, audit = visitors.everything(), AuditEntry.objects.count()
    assert as_a.get(url(world, "B", act), {"branch": "branch"}).status_code == 200
    assert visitors.everything() == before
    assert AuditEntry.objects.count() == audit


@pytest.mark.parametrize(("branch", "gone"), [("person", {"B"}), ("branch", {"B", "C"})])
def test_disable(world: World, as_a: Client, branch: str, gone: set[str]) -> None:
    before = active(world)
    response = as_a.post(url(world, "B", "disable"), {"branch": branch}, follow=True)
    assert before - active(world) == gone
    (message,) = visitors.messages(response)
    alone, together = f"{world['B']} ne peut plus se connecter.", "2 comptes ont été désactivés."
    assert message == (together if branch == "branch" else alone)
    audited = AuditEntry.objects.filter(act=Act.DISABLE).values_list("target", flat=True)
    assert {world.name_of(pk) for pk in audited} == gone


@pytest.mark.parametrize("branch", ["", "both", "BRANCH", "\0"])
@pytest.mark.parametrize(("who", "act"), [("B", "disable"), ("D", "enable")])
def test_whom_is_asked(world: World, as_a: Client, who: str, act: str, branch: str) -> None:
    before = visitors.everything()
    response = as_a.post(url(world, who, act), {"branch": branch})
    assert response.context["form"].errors
    assert visitors.everything() == before


def test_disable_takes_no_grant(world: World, as_a: Client) -> None:
    before = world.grants()
    as_a.post(url(world, "B", "disable"), {"branch": "branch"})
    assert world.grants() == before


def test_disable_ends_the_session(world: World, as_a: Client) -> None:
    as_b = visitors.visitor(world["B"])
    as_a.post(url(world, "B", "disable"), {"branch": "person"})
    assert as_b.get("/account/").headers["Location"].startswith("/sign-in/")


def test_those_below_keep_their_session(world: World, as_a: Client) -> None:
    as_c = visitors.visitor(world["C"])
    as_a.post(url(world, "B", "disable"), {"branch": "person"})
    assert as_c.get("/account/").status_code == 200


def test_the_page_before_disabling_says_who_and_how_many(world: World, as_a: Client) -> None:
    text = visitors.words(as_a.get(url(world, "B", "disable")))
    for part in ("User-B Durand (user-b) ne pourra plus se connecter", "1 administrateur actif",
                 "User-C Durand (user-c)", "Désactiver User-B Durand", "Annuler"):  # fmt: skip
        assert part in text


def test_only_ten_names_and_the_true_number(world: World, as_a: Client) -> None:
    factories.children(world["B"], 30)
    text = visitors.words(as_a.get(url(world, "B", "disable")))
    assert "31 administrateurs actifs" in text
    assert text.count("(user-b") - text.count("(user-b)") == 10 - text.count("(user-c)")


def test_who_has_nobody_below_is_not_asked_about_a_branch(world: World, as_a: Client) -> None:
    response = as_a.get(url(world, "C", "disable"))
    assert pages.control(response, "branch")["type"] == "hidden"
    as_a.post(url(world, "C", "disable"), pages.form(response))
    assert not world["C"].is_active


def test_enable(world: World, as_a: Client) -> None:
    response = as_a.post(url(world, "D", "enable"), {"branch": "person"}, follow=True)
    assert world["D"].is_active
    assert visitors.messages(response) == ["User-D Durand peut de nouveau se connecter."]
    assert AuditEntry.objects.get(act=Act.ENABLE).target == world["D"]


def test_enable_with_those_disabled_at_the_same_time(world: World, as_a: Client) -> None:
    factories.children(world["B"], 1)
    other = Administrator.objects.order_by("pk").last()
    services.disable(other, by=world["A"])
    before = active(world)
    as_a.post(url(world, "B", "disable"), {"branch": "branch"})
    page = as_a.get(url(world, "B", "enable"))
    text = visitors.words(page)
    assert other.username not in text
    assert "1 administrateur placé au-dessous a été désactivé en même temps" in text
    assert "User-C Durand (user-c)" in text
    assert pages.form(page)["branch"] == ["person"]
    response = as_a.post(url(world, "B", "enable"), {"branch": "branch"}, follow=True)
    assert visitors.messages(response) == ["2 comptes ont été réactivés."]
    assert active(world) == before


def test_after_one_the_others_can_still_be_enabled(world: World, as_a: Client) -> None:
    before, page = active(world), url(world, "B", "enable")
    as_a.post(url(world, "B", "disable"), {"branch": "branch"})
    response = as_a.post(page, {"branch": "person"}, follow=True)
    *_, message = visitors.messages(response)
    offer = "Réactiver aussi l’administrateur désactivé en même temps"
    assert message == f'User-B Durand peut de nouveau se connecter. <a href="{page}">{offer}</a>'
    assert page in visitors.LINK.findall(response.content.decode())
    later = as_a.get(page)
    assert "pourra de nouveau se connecter" not in visitors.words(later)
    response = as_a.post(page, pages.form(later), follow=True)
    assert visitors.messages(response) == ["1 compte a été réactivé."]
    assert active(world) == before


def test_a_name_in_the_offer_is_no_markup(world: World, as_a: Client) -> None:
    Administrator.objects.filter(pk=world["B"].pk).update(first_name="<b>X</b>")
    as_a.post(url(world, "B", "disable"), {"branch": "branch"})
    response = as_a.post(url(world, "B", "enable"), {"branch": "person"}, follow=True)
    assert "<b>X</b>" not in response.content.decode()


@pytest.mark.parametrize(("who", "said"), [("D", False), ("T", True)])
def test_the_page_before_enabling_says_who_is_mailed(
    world: World, as_a: Client, who: str, said: bool
) -> None:
    Administrator.objects.filter(pk=world[who].pk).update(is_active=False)
    text = visitors.words(as_a.get(url(world, who, "enable")))
    assert ("en reçoivent un nouveau par e-mail" in text) is said


def test_enable_does_not_revive_a_session(world: World, as_a: Client) -> None:
    as_b = visitors.visitor(world["B"])
    as_a.post(url(world, "B", "disable"), {"branch": "person"})
    as_a.post(url(world, "B", "enable"), {"branch": "person"})
    assert as_b.get("/account/").status_code == 302


@pytest.mark.parametrize(
    ("who", "act", "said"),
    [("D", "enable", "Réactiver User-D Durand"), ("B", "reset-password", "user-b@exemple.fr"),
     ("B", "reset-password", "Réinitialiser le mot de passe : User-B Durand")],
)  # fmt: skip
def test_the_page_before_says_to_whom(
    world: World, as_a: Client, who: str, act: str, said: str
) -> None:
    assert said in visitors.words(as_a.get(url(world, who, act)))


def test_reset(world: World, as_a: Client) -> None:
    as_b = visitors.visitor(world["B"])
    response = as_a.post(url(world, "B", "reset-password"), follow=True)
    assert visitors.messages(response) == [RESET]
    mail = OutgoingMail.objects.get()
    assert (mail.kind, mail.person, mail.sent_at) == (OutgoingMail.Kind.RESET, world["B"], None)
    assert world["B"].must_change_password
    assert as_b.get("/account/").headers["Location"].startswith("/sign-in/")
    old = {"username": username_of("B"), "password": PASSWORD}
    assert visitors.visitor().post("/sign-in/", old).status_code == 200


def test_a_reset_of_somebody_disabled_is_refused(world: World, as_a: Client) -> None:
    before = visitors.everything()
    response = as_a.post(url(world, "D", "reset-password"), follow=True)
    assert "Cette action n’est pas autorisée." in visitors.words(response)
    assert visitors.everything() == before
    assert visitors.refusals() == 1


@pytest.mark.parametrize("act", ["disable", "enable", "reset-password"])
@pytest.mark.parametrize("who", ["A", "R"])
def test_oneself_and_the_root_are_as_missing(
    world: World, as_a: Client, act: str, who: str
) -> None:
    before = visitors.everything()
    assert as_a.post(url(world, who, act), {"branch": "person"}).status_code == 404
    assert visitors.everything() == before
    assert visitors.refusals() == 1


def disable(world: World) -> None:
    services.disable(world["A"], by=world["R"])


def disable_branch(world: World) -> None:
    services.disable(world["A"], branch=True, by=world["R"])


def reset(world: World) -> None:
    services.reset_password(world["A"], by=world["R"])


def take_feature(world: World) -> None:
    delegation.change_features(world["A"], remove=["manage_administrators"], by=world["R"])


def take_site(world: World) -> None:
    delegation.change_sites(world["A"], remove=world.ids("Paris"), by=world["R"])


def close_site(world: World) -> None:
    type(world.site("Paris")).objects.filter(name="Paris").update(is_open=False)


def suspend(world: World) -> None:
    type(world.enterprises["E"]).objects.filter(pk=world["A"].enterprise_id).update(is_active=False)


MANAGING = "/administrators/"
MEANWHILE = [
    (disable, MANAGING, 302), (disable_branch, MANAGING, 302), (reset, MANAGING, 302),
    (suspend, MANAGING, 302), (take_feature, MANAGING, 403), (take_site, "/sites/{Paris}/", 404),
    (close_site, "/sites/{Paris}/", 404), (disable, "/notes/", 302), (disable, "/", 302),
    (reset, "/account/", 302), (suspend, "/sites/", 302), (disable, "/documentation/", 302),
]  # fmt: skip


@pytest.mark.parametrize(("done", "asked", "status"), MEANWHILE)
def test_what_the_root_does_holds_at_the_next_request(
    world: World, as_a: Client, done: Callable[[World], None], asked: str, status: int
) -> None:
    address = asked.format(**world.places)
    assert as_a.get(address, follow=True).status_code == 200
    done(world)
    assert as_a.get(address).status_code == status


FORMS = [
    (done, page, status)
    for done, status in ((disable, 302), (reset, 302), (take_feature, 403), (suspend, 302))
    for page in ("contact", "sites", "features", "disable", "reset-password")
]


@pytest.mark.parametrize(("done", "screen", "status"), FORMS)
def test_a_form_left_open_is_refused(
    world: World,
    as_a: Client,
    done: Callable[[World], None],
    screen: str,
    status: int,
) -> None:
    opened = pages.form(as_a.get(url(world, "B", screen)))
    done(world)
    before = visitors.everything()
    assert as_a.post(url(world, "B", screen), opened).status_code == status
    assert visitors.everything() == before
