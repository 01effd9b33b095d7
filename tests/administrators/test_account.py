"""Pages about oneself: own details, own password, language, feedback, and where `next` leads."""

from datetime import timedelta
from typing import Any

import pytest
from django.conf import settings
from django.db.models import F
from django.http import HttpResponse
from django.test import Client

from administrators import own
from administrators.emails import send_due
from administrators.models import Administrator, OutgoingMail
from administrators.writing import ADDRESS, CONTACT
from permissions import audit
from permissions.models import Act, AuditEntry
from tests import pages, visitors
from tests.administrators.test_create import EXTRA
from tests.factories import PASSWORD
from tests.world import World

NEW = "Lampadaire-Violet-77"
ELSEWHERE = [
    "https://ailleurs.example/", "//ailleurs.example/", "///ailleurs.example",
    "\\\\ailleurs.example",
    "/\\ailleurs.example", "https:ailleurs.example", "javascript:alert(1)", "data:text/html,x",
    "http://testserver@a.example/", "http://testserver.a.example/", "\thttps://a.example",
    "https://testserver:443@a.example", "http:///a.example", "ftp://testserver/", "\0//a.example",
]  # fmt: skip


@pytest.fixture
def as_a(world: World) -> Client:
    return visitors.visitor(world["A"])


def save(client: Client, url: str, **typed: Any) -> HttpResponse:
    return client.post(url, pages.form(client.get(url), **typed), follow=True)


def test_own_contact_and_address(world: World, as_a: Client) -> None:
    response = save(as_a, "/account/", first_name="Anne", city="Reims")
    (message,) = visitors.messages(response)
    assert message.startswith("Les modifications ont été enregistrées. ")
    assert message.endswith("Prénom, Ville.")
    assert (world["A"].first_name, world["A"].city) == ("Anne", "Reims")


def test_the_browser_fills_in_what_it_knows_of_oneself_alone(world: World, as_a: Client) -> None:
    """WCAG 1.3.5 is about whoever uses the page: of others it must not put in its user's name."""
    own_fields = purposes(as_a, "/account/")
    assert own_fields["first_name"] == "given-name"
    assert own_fields["work_phone"] == "work tel"
    assert own_fields["country"] == "country"
    assert set(own_fields) == {*CONTACT, *ADDRESS}
    of_others = [f"/administrators/{world.people['B']}/{page}/" for page in ("contact", "address")]
    for url in ("/administrators/create/", *of_others):
        assert set(purposes(as_a, url).values()) <= {"off"}, url


def purposes(client: Client, url: str) -> dict[str, str | None]:
    controls = pages.read(client.get(url)).controls
    return {name: one["autocomplete"] for name, one in controls.items() if "autocomplete" in one}


@pytest.mark.parametrize("field", [*EXTRA, "username", "features", "picker-tick", "shown"])
def test_nothing_else_of_oneself(world: World, as_a: Client, field: str) -> None:
    before = visitors.everything()
    save(as_a, "/account/", **{field: EXTRA.get(field, "nina.roux")})
    assert visitors.everything() == before


def test_a_stale_page_about_oneself_is_refused(world: World, as_a: Client) -> None:
    opened = pages.form(as_a.get("/account/"), city="Reims")
    save(visitors.visitor(world["R"]), f"/administrators/{world.people['A']}/address/", city="Metz")
    response = as_a.post("/account/", opened)
    assert "Cette fiche a été modifiée entre-temps par User-R Durand." in visitors.words(response)
    assert world["A"].city == "Metz"


@pytest.mark.parametrize(
    "part",
    ["User-R Durand", "Lille, Lyon, Nantes, Paris", "Voir les 4 sites",
     "Gérer les administrateurs, Rapports, Remarques, Tableau de bord"],
)  # fmt: skip
def test_own_permissions_are_shown(as_a: Client, part: str) -> None:
    assert part in visitors.words(as_a.get("/account/"))


def test_own_last_sign_ins(world: World, as_a: Client) -> None:
    visitors.visitor().post("/sign-in/", {"username": "user-a", "password": "faux"})
    visitors.visitor().post("/sign-in/", {"username": "user-a", "password": PASSWORD})
    visitors.visitor().post("/sign-in/", {"username": "user-b", "password": PASSWORD})
    text = visitors.words(as_a.get("/account/sign-in/"))
    assert (text.count("Connexion réussie"), text.count("Échec de connexion")) == (1, 1)


def change(client: Client, old: str = PASSWORD, new: str = NEW, again: str = "") -> HttpResponse:
    data = {"old_password": old, "new_password1": new, "new_password2": again or new}
    return client.post("/password/", data)


@pytest.mark.parametrize(
    ("typed", "field", "said"),
    [
        ({"old": "faux"}, "old_password", "Ce n’est pas votre mot de passe actuel."),
        ({"new": "Court-7"}, "new_password1", "trop court"),
        ({"new": "telechargement"}, "new_password1", "trop courant"),
        ({"new": "password1234"}, "new_password1", "trop courant"),
        ({"new": "83920174650192"}, "new_password1", "entièrement numérique"),
        ({"new": "user-a@exemple"}, "new_password1", "trop semblable"),
        ({"new": "user-a-user-a"}, "new_password1", "contient votre nom"),
        ({"new": PASSWORD}, "new_password1", "différent de l’actuel"),
        ({"again": "autre-chose-77"}, "new_password2", "ne correspondent pas"),
        ({"new": "", "again": ""}, "new_password1", "obligatoire"),
        ({"old": ""}, "old_password", "obligatoire"),
    ],
)
def test_passwords_refused(
    world: World, as_a: Client, typed: dict[str, str], field: str, said: str
) -> None:
    response = change(as_a, **typed)
    assert response.status_code == 200
    assert any(said in error for error in response.context["form"].errors[field])
    assert pages.control(response, field)["aria-invalid"] == "true"
    assert not pages.control(response, field).get("value")
    assert world["A"].check_password(PASSWORD)


def test_a_guess_is_not_told_by_the_new_password(as_a: Client) -> None:
    """Who does not know the current one is not told that the new one is it."""
    form = change(as_a, old="faux", new=PASSWORD).context["form"]
    assert set(form.errors) == {"old_password"}


def test_whoever_guesses_is_signed_out_however_many_try_at_once(world: World) -> None:
    """Each of these writes its own trace, whatever the session says of the others."""
    as_a = visitors.visitor()
    as_a.post("/sign-in/", {"username": "user-a", "password": PASSWORD})
    for _guess in range(settings.AXES_FAILURE_LIMIT - 1):
        audit.record(Act.SIGN_IN_FAILED, by=world["A"], to=world["A"])
    assert as_a.get("/account/").status_code == 200
    assert change(as_a, old="faux").headers["Location"] == "/sign-in/"
    assert as_a.get("/account/").status_code == 302


def test_an_empty_field_is_no_guess(world: World, as_a: Client) -> None:
    for _time in range(settings.AXES_FAILURE_LIMIT):
        assert change(as_a, old="").status_code == 200
    assert not AuditEntry.objects.filter(act=Act.SIGN_IN_FAILED).exists()


def test_guesses_from_before_a_session_do_not_count(world: World) -> None:
    for _guess in range(settings.AXES_FAILURE_LIMIT):
        audit.record(Act.SIGN_IN_FAILED, by=world["A"], to=world["A"])
    client = visitors.visitor()
    client.post("/sign-in/", {"username": "user-a", "password": PASSWORD})
    assert change(client, old="faux").status_code == 200
    assert client.get("/account/").status_code == 200


def test_a_new_password_ends_the_other_sessions(world: World, as_a: Client) -> None:
    elsewhere = visitors.visitor(world["A"])
    assert change(as_a).headers["Location"] == "/account/sign-in/"
    assert elsewhere.get("/account/").headers["Location"].startswith("/sign-in/")
    assert as_a.get("/account/").status_code == 200
    assert world["A"].check_password(NEW)
    assert AuditEntry.objects.get(act=Act.PASSWORD).target == world["A"]


def test_the_password_is_in_no_row_and_no_page(world: World, as_a: Client) -> None:
    page = change(as_a, again="autre-chose-77").content.decode()
    change(as_a)
    rows = str([visitors.everything(), list(AuditEntry.objects.values())])
    assert not [word for word in (NEW, PASSWORD, "autre-chose-77") if word in page + rows]


def test_the_temporary_password_is_not_kept(world: World) -> None:
    page = visitors.visitor(world["T"]).post(
        "/password/", {"new_password1": PASSWORD, "new_password2": PASSWORD}
    )
    assert "différent de l’actuel" in visitors.words(page)
    assert world["T"].must_change_password


def test_after_a_temporary_password_everything_opens(world: World) -> None:
    as_t = visitors.visitor(world["T"])
    response = as_t.post("/password/", {"new_password1": NEW, "new_password2": NEW})
    assert response.headers["Location"] == "/"
    assert as_t.get("/administrators/").status_code == 200


def test_the_language_is_remembered_on_the_account(world: World, as_a: Client) -> None:
    as_a.post("/language/", {"language": "en"})
    assert world["A"].language == "en"
    elsewhere = visitors.visitor(world["A"]).get("/administrators/")
    assert "Manage Admins" in visitors.words(elsewhere)
    assert 'lang="en"' in elsewhere.content.decode()


def test_the_language_of_the_sign_in_page_is_remembered(db: None) -> None:
    client = visitors.visitor()
    client.post("/language/", {"language": "en"})
    assert "Forgotten password?" in visitors.words(client.get("/sign-in/"))


@pytest.mark.parametrize("code", ["", "de", "EN", "../en", "\0", "<b>"])
def test_an_unknown_language_changes_nothing(world: World, as_a: Client, code: str) -> None:
    response = as_a.post("/language/", {"language": code})
    assert response.headers["Location"] == "/"
    assert world["A"].language == "fr"
    assert "language" not in response.cookies


@pytest.mark.parametrize("asked", ["en", "de", "en-US,en;q=0.9"])
def test_the_browser_is_not_asked_for_its_language(db: None, asked: str) -> None:
    page = visitors.visitor().get("/sign-in/", headers={"Accept-Language": asked})
    assert 'lang="fr"' in page.content.decode()


@pytest.mark.parametrize(
    ("chosen", "kept"), [("dark", "dark"), ("light", "light"), ("", ""), ("neon", ""), ("\r\n", "")]
)
def test_the_theme(as_a: Client, chosen: str, kept: str) -> None:
    as_a.post("/theme/", {"theme": chosen})
    page = as_a.get("/account/").content.decode()
    assert (f'data-bs-theme="{kept}"' in page) if kept else ("data-bs-theme" not in page)


@pytest.mark.parametrize("url", ["/language/", "/theme/", "/sign-in-notice/"])
@pytest.mark.parametrize("target", ELSEWHERE)
def test_nothing_leads_to_another_host(as_a: Client, url: str, target: str) -> None:
    assert as_a.post(url, {"language": "en", "next": target}).headers["Location"] == "/"


@pytest.mark.parametrize("url", ["/language/", "/theme/", "/sign-in-notice/"])
def test_next_leads_back(as_a: Client, url: str) -> None:
    response = as_a.post(url, {"language": "en", "next": "/sites/?q=a&page=2"})
    assert response.headers["Location"] == "/sites/?q=a&page=2"


def test_feedback_is_mailed_to_the_operator(
    world: World, as_a: Client, mailoutbox: list[Any], settings: Any
) -> None:
    response = save(as_a, "/feedback/", text="Bonjour {{ person.password }} <b>&amp;")
    assert visitors.messages(response) == ["Merci. Votre message a été transmis à l’opérateur."]
    assert OutgoingMail.objects.get().kind == OutgoingMail.Kind.FEEDBACK
    assert send_due() == 1
    (mail,) = mailoutbox
    assert (mail.to, mail.reply_to) == ([settings.OPERATOR_EMAIL], ["user-a@exemple.fr"])
    assert "Bonjour {{ person.password }} <b>&amp;" in mail.body
    assert "User-A Durand (user-a, user-a@exemple.fr, Enterprise E)" in mail.body


@pytest.mark.parametrize(
    "text", ["", "   ", "x" * 5001, "a\0b"], ids=["no", "blank", "long", "nul"]
)
def test_feedback_refused(as_a: Client, text: str) -> None:
    response = as_a.post("/feedback/", {"text": text})
    assert pages.control(response, "text")["aria-invalid"] == "true"
    assert not OutgoingMail.objects.exists()


def test_feedback_is_not_sent_without_end(world: World, as_a: Client) -> None:
    sent = {"text": "Bonjour"}
    answers = [as_a.post("/feedback/", sent) for _again in range(own.FEEDBACK_AN_HOUR + 1)]
    assert [one.status_code for one in answers] == [302] * own.FEEDBACK_AN_HOUR + [200]
    assert "déjà écrit" in visitors.words(answers[-1])
    OutgoingMail.objects.update(created_at=F("created_at") - timedelta(hours=1))
    assert as_a.post("/feedback/", sent).status_code == 302


def test_signing_out_leaves_nothing_behind(world: World, as_a: Client) -> None:
    response = as_a.post("/sign-out/", follow=True)
    assert len(visitors.messages(response)) == 1
    assert as_a.get("/account/").status_code == 302
    assert Administrator.objects.filter(pk=world.people["A"]).exists()
