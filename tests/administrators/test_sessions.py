"""What ends a session, and how little a temporary password opens."""

import time
from collections.abc import Callable

import pytest
from django.test import Client

from administrators import own, services
from permissions import delegation
from permissions.models import Act, AuditEntry
from sites.models import Enterprise
from tests.administrators.signing import SIGN_IN, admitted, attempt, signed_in
from tests.factories import PASSWORD
from tests.visitors import words
from tests.world import World

NEW = "Lanterne-Verte-88"
PASSWORD_PAGE = "/password/"


def disable(world: World) -> None:
    services.disable(world["B"], by=world["A"])


def disable_branch(world: World) -> None:
    services.disable(world["A"], by=world["R"], branch=True)


def reset(world: World) -> None:
    services.reset_password(world["B"], by=world["A"])


def suspend(world: World) -> None:
    Enterprise.objects.update(is_active=False)


def disable_and_enable(world: World) -> None:
    services.disable(world["B"], by=world["A"])
    services.enable(world["B"], by=world["A"])


def own_password_elsewhere(world: World) -> None:
    own.change_own_password(world["B"], NEW, by=world["B"])


ENDS = [disable, disable_branch, reset, suspend, disable_and_enable, own_password_elsewhere]


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize("path", ["/administrators/", "/account/", "/administrators/create/"])
@pytest.mark.parametrize("end", ENDS)
def test_the_session_ends_at_the_next_request(
    world: World, end: Callable[[World], None], path: str, method: str
):
    client = signed_in("user-b")
    end(world)
    response = getattr(client, method)(path)
    assert (response.status_code, response.headers["Location"]) == (302, f"{SIGN_IN}?next={path}")


def test_disabling_somebody_leaves_the_others_signed_in(world: World):
    client = signed_in("user-c")
    disable(world)
    assert client.get("/account/").status_code == 200


@pytest.mark.parametrize(("how", "status"), [("feature", 403), ("nothing", 200)])
def test_a_feature_taken_is_gone_at_the_next_request(world: World, how: str, status: int):
    client = signed_in("user-b")
    assert client.get("/administrators/").status_code == 200
    if how == "feature":
        delegation.change_features(world["B"], remove=["manage_administrators"], by=world["A"])
    assert client.get("/administrators/").status_code == status


@pytest.mark.parametrize(
    ("key", "age", "stays"),
    [
        ("seen_at", 59 * 60, True),
        ("seen_at", 61 * 60, False),
        ("started_at", 12 * 3600 - 60, True),
        ("started_at", 12 * 3600 + 60, False),
    ],
)
def test_idle_and_absolute_limits(world: World, key: str, age: int, stays: bool):
    client = signed_in("user-b")
    client.get("/account/")
    session = client.session
    session[key] = int(time.time()) - age
    session.save()
    assert (client.get("/account/").status_code == 200) is stays
    assert ("_auth_user_id" in client.session) is stays


def test_a_session_in_use_is_not_idle(world: World):
    client = signed_in("user-b")
    client.get("/account/")
    session = client.session
    session["seen_at"] = int(time.time()) - 50 * 60
    session.save()
    client.get("/account/")
    assert client.session["seen_at"] > time.time() - 60


def test_a_key_from_before_signing_in_is_worth_nothing(world: World):
    client = Client()
    session = client.session
    session["planted"] = "by somebody else"
    session.save()
    planted = session.session_key
    client.cookies["sessionid"] = planted
    assert admitted(attempt("user-b", client=client))
    assert client.session.session_key != planted
    thief = Client()
    thief.cookies["sessionid"] = planted
    assert thief.get("/account/").status_code == 302


def test_signing_out_ends_the_session(world: World):
    client = signed_in("user-b")
    stolen = client.cookies["sessionid"].value
    assert client.get("/sign-out/").status_code == 405
    assert client.post("/sign-out/").headers["Location"] == SIGN_IN
    assert AuditEntry.objects.get(act=Act.SIGN_OUT).actor == world["B"]
    thief = Client()
    thief.cookies["sessionid"] = stolen
    assert thief.get("/account/").status_code == 302


def test_what_was_done_is_not_told_to_who_comes_after(world: World):
    client = signed_in("user-a")
    client.post(f"/administrators/{world['B'].pk}/disable/", {"version": 1, "branch": "person"})
    assert client.cookies["messages"].value
    del client.cookies["sessionid"]
    page = client.get("/sign-in/")
    assert "ne peut plus" in str(list(page.context["messages"]))
    assert "ne peut plus" not in words(page)
    assert not client.cookies["messages"].value


def test_no_page_is_kept_by_the_browser(world: World):
    response = signed_in("user-b").get("/account/")
    assert "no-store" in response.headers["Cache-Control"]


@pytest.mark.parametrize("method", ["get", "post", "head", "options"])
@pytest.mark.parametrize(
    "path",
    ["/", "/account/", "/account/sign-in/", "/administrators/", "/administrators/create/",
     "/sites/", "/notes/", "/feedback/", "/documentation/", "/admin/"],
)  # fmt: skip
def test_a_temporary_password_opens_nothing_else(world: World, path: str, method: str):
    response = getattr(signed_in("user-t"), method)(path)
    assert (response.status_code, response.headers["Location"]) == (302, PASSWORD_PAGE)


def test_a_temporary_password_leads_to_its_change_and_out(world: World):
    client = signed_in("user-t")
    assert client.get(PASSWORD_PAGE).status_code == 200
    assert client.post("/sign-out/").headers["Location"] == SIGN_IN
    assert not admitted(attempt("user-t"))


@pytest.mark.parametrize(
    "new", [PASSWORD, "user-t@exemple.fr", "password1234", "135798642013", "zut-24", ""]
)
def test_passwords_that_may_not_be_chosen(world: World, new: str):
    client = signed_in("user-t")
    response = client.post(PASSWORD_PAGE, {"new_password1": new, "new_password2": new})
    assert response.status_code == 200
    assert world["T"].must_change_password
    assert world["T"].check_password(PASSWORD)


def test_after_the_change_everything_opens_and_the_temporary_one_is_dead(world: World):
    client = signed_in("user-t")
    response = client.post(PASSWORD_PAGE, {"new_password1": NEW, "new_password2": NEW})
    assert (response.status_code, response.headers["Location"]) == (302, "/")
    assert client.get("/account/").status_code == 200
    assert not admitted(attempt("user-t"))
    assert admitted(attempt("user-t", NEW))


@pytest.mark.parametrize(("old", "changed"), [(PASSWORD, True), ("wrong", False), ("", False)])
def test_ones_own_password_asks_for_the_current_one(world: World, old: str, changed: bool):
    client, other = signed_in("user-b"), signed_in("user-b")
    typed = {"old_password": old, "new_password1": NEW, "new_password2": NEW}
    assert client.post(PASSWORD_PAGE, typed).status_code == (302 if changed else 200)
    assert world["B"].check_password(NEW) is changed
    assert client.get("/account/").status_code == 200
    assert other.get("/account/").status_code == (302 if changed else 200)
