"""Headers and cookies of every answer, and settings that production needs (ATTACKS 13, 30)."""

import ast
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests import factories, visitors
from tests.world import World

POLICY = {
    "default-src": "'none'", "script-src": "'self'", "style-src": "'self'",
    "img-src": "'self' data:", "font-src": "'self'", "connect-src": "'self'",
    "form-action": "'self'", "base-uri": "'none'", "frame-ancestors": "'none'",
}  # fmt: skip
ANSWERS = {
    "/sign-in/": 200, "/privacy/": 200, "/": 302, "/account/": 200, "/administrators/": 200,
    "/administrators/create/": 200, "/sites/": 200, "/orders/": 403, "/missing/": 404,
    "/documentation/": 200, "/sign-out/": 405, "/admin/": 404,
}  # fmt: skip
FOLDER = Path(__file__).resolve().parents[2]
PRODUCTION = {
    "PORTAL_MODE": "production",
    "SECRET_KEY": "k7" * 15 + "-for-a-check-that-serves-nobody-9!x",
    "ALLOWED_HOSTS": "portail.example",
    "PORTAL_URL": "https://portail.example",
    "DATABASE_URL": "sqlite://:memory:",
}


@pytest.mark.parametrize(("url", "status"), ANSWERS.items())
def test_headers(world: World, url: str, status: int) -> None:
    who = None if url in {"/sign-in/", "/privacy/"} else world["A"]
    response = visitors.visitor(who).get(url)
    assert response.status_code == status
    directives = dict(
        part.strip().split(" ", 1)
        for part in response.headers["Content-Security-Policy"].split(";")
    )
    assert directives == POLICY
    assert "no-store" in response.headers["Cache-Control"]
    assert response.headers["X-Frame-Options"] == "DENY"
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert response.headers["Referrer-Policy"] == "same-origin"
    assert response.headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert "Cookie" in response.headers.get("Vary", "") or status in {302, 405}


@pytest.mark.parametrize(
    ("url", "data", "cookie"),
    [("/sign-in/", {"username": "user-a", "password": factories.PASSWORD}, "sessionid"),
     ("/language/", {"language": "en"}, "language"), ("/theme/", {"theme": "dark"}, "theme")],
)  # fmt: skip
def test_cookies(world: World, url: str, data: dict[str, str], cookie: str) -> None:
    morsel = visitors.visitor().post(url, data).cookies[cookie]
    assert (morsel["httponly"], morsel["samesite"], morsel["path"]) == (True, "Lax", "/")


def test_the_cookie_of_the_forms(world: World) -> None:
    morsel = visitors.visitor().get("/sign-in/").cookies["csrftoken"]
    assert (morsel["httponly"], morsel["samesite"]) == (True, "Lax")


def test_signing_in_changes_the_key_of_the_session(world: World) -> None:
    client = visitors.visitor()
    session = client.session
    session["seen"] = 1
    session.save()
    fixed = session.session_key
    client.post("/sign-in/", {"username": "user-a", "password": factories.PASSWORD})
    assert client.session.session_key != fixed


@pytest.mark.parametrize("url", ["/sign-in/", "/language/", "/theme/", "/administrators/create/"])
def test_a_form_from_elsewhere_is_refused(world: World, url: str) -> None:
    client = visitors.visitor(world["A"])
    client.handler.enforce_csrf_checks = True
    before = visitors.everything()
    response = client.post(url, {"language": "en"})
    assert response.status_code == 403
    assert "Formulaire expiré" in visitors.words(response)
    assert visitors.everything() == before


@pytest.mark.parametrize("host", ["ailleurs.example", "testserver@a.example", "a b", "\r\nX: y"])
def test_a_forged_host_is_refused(world: World, host: str) -> None:
    response = visitors.visitor().get("/sign-in/", headers={"Host": host})
    assert response.status_code == 400
    assert "ailleurs" not in response.content.decode()


@pytest.mark.parametrize("url", ["/account/", "/administrators/", "/administrators/create/"])
def test_no_inline_script_or_style(world: World, url: str) -> None:
    page = visitors.visitor(world["A"]).get(url).content.decode()
    for inline in ("<style", " style=", "<script>", " onclick=", " onchange=", "javascript:"):
        assert inline not in page


def manage(
    *command: str, without: tuple[str, ...] = (), **others: str
) -> subprocess.CompletedProcess[str]:
    """A command as in production; without the variables of the tests, or some of its own."""
    env: dict[str, Any] = {"PATH": os.environ["PATH"], "PYTHONWARNINGS": "ignore"}
    env |= {name: value for name, value in PRODUCTION.items() if name not in without} | others
    arguments = [sys.executable, "manage.py", *command]
    return subprocess.run(
        arguments, cwd=FOLDER, env=env, capture_output=True, text=True, check=False
    )


def test_the_deployment_check_is_clean() -> None:
    done = manage("check", "--deploy", "--fail-level", "INFO")
    assert (done.returncode, done.stderr) == (0, "")
    assert "no issues" in done.stdout


@pytest.mark.parametrize("missing", ["SECRET_KEY", "ALLOWED_HOSTS", "PORTAL_URL", "DATABASE_URL"])
def test_production_does_not_start_without(missing: str) -> None:
    """An empty one is none."""
    for done in manage("check", without=(missing,)), manage("check", **{missing: ""}):
        assert done.returncode != 0
        assert f"Set the {missing} environment variable" in done.stderr


@pytest.mark.parametrize("mode", ["prod", "Production", "demo "])
def test_a_slip_in_the_mode_starts_nothing(mode: str) -> None:
    """It would be neither production, nor anything else that somebody wanted."""
    done = manage("check", PORTAL_MODE=mode)
    assert done.returncode != 0
    assert f"PORTAL_MODE is production, demo or test, not {mode!r}" in done.stderr


def test_production_is_what_starts_by_itself() -> None:
    assert "SECRET_KEY" in manage("check", without=("PORTAL_MODE", "SECRET_KEY")).stderr


SAFE = {
    "DEBUG": False, "SESSION_COOKIE_SECURE": True, "CSRF_COOKIE_SECURE": True,
    "SECURE_SSL_REDIRECT": True, "SECURE_HSTS_SECONDS": 31536000,
    "ALLOWED_HOSTS": ["portail.example"], "SECURE_PROXY_SSL_HEADER": None,
}  # fmt: skip


def test_settings_of_production() -> None:
    shown = f"from django.conf import settings as s; print({{n: getattr(s, n) for n in {[*SAFE]}}})"
    assert ast.literal_eval(manage("shell", "--no-imports", "-c", shown).stdout) == SAFE
