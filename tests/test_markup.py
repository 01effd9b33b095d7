"""Markup in every field, on every page, is text (ATTACKS 11, 30)."""

import pytest
from django.test import Client

from administrators.models import Administrator
from permissions import audit
from permissions.models import Act
from sites.models import Enterprise, Site
from tests import pages, visitors
from tests.world import World

NASTY = "<script>alert(1)</script>\"'><img src=x>{{ 7|add:7 }}{% now 'Y' %}"
SHORT = NASTY[:12]
PEOPLE = {
    "first_name": NASTY, "middle_name": NASTY, "last_name": NASTY, "street": NASTY,
    "street_extra": NASTY, "city": NASTY, "postal_code": SHORT,
}  # fmt: skip
SHOWN = {
    "/administrators/": "A", "/administrators/?q=<script>": "A",
    "/administrators/?list=\"><script>alert(1)</script>": "A",
    "/administrators/history/": "A", "/administrators/create/": "A",
    "/administrators/{B}/account/": "A", "/administrators/{B}/contact/": "A",
    "/administrators/{B}/address/": "A", "/administrators/{B}/sites/": "A",
    "/administrators/{B}/features/": "A", "/administrators/{B}/history/": "A",
    "/administrators/{B}/disable/": "A", "/administrators/{B}/reset-password/": "A",
    "/administrators/{D}/enable/": "A", "/administrators/{B}/account/?list=\"><script>": "A",
    "/account/": "B", "/account/sign-in/": "B", "/sites/": "A", "/sites/?q=\"><script>": "A",
    "/sites/{Paris}/": "A", "/dashboard/": "A", "/profile/": "R", "/welcome/": "Z",
    "/feedback/": "B", "/password/": "B", "/documentation/": "B",
    "/admin/administrators/administrator/": "SU", "/admin/sites/site/": "SU",
    "/admin/administrators/administrator/{B}/change/": "SU", "/admin/permissions/auditentry/": "SU",
    "/admin/import/": "SU", "/admin/import/?kind=\"><script>&enterprise=\"><script>": "SU",
}  # fmt: skip


@pytest.fixture
def nasty(world: World) -> World:
    Administrator.objects.exclude(is_superuser=True).update(**PEOPLE)
    Enterprise.objects.filter(name="Enterprise E").update(name=NASTY, street=NASTY, city=NASTY)
    Site.objects.filter(name="Paris").update(
        name=NASTY, street=NASTY, city=NASTY, contact_name=NASTY, postal_code=SHORT
    )
    audit.record(Act.EDIT, by=world["A"], to=world["B"], item="city", after=NASTY)
    return world


@pytest.mark.parametrize(("url", "who"), SHOWN.items())
def test_markup_is_text(nasty: World, url: str, who: str) -> None:
    client = visitors.visitor(nasty[who])
    for left in ("{B}", "{D}", "{Paris}"):
        name = left.strip("{}")
        url = url.replace(left, str(nasty.people.get(name) or nasty.places.get(name)))
    response = client.get(url)
    assert response.status_code == 200
    page = response.content.decode()
    for markup in ("<script>alert", "<img src=x", '"><script', "14{%", "{% now '2"):
        assert markup not in page
    assert "&lt;script&gt;alert" in page


@pytest.mark.parametrize(
    "name", ["username", "first_name", "email", "city", "picker-q", "picker-go"]
)
def test_what_comes_back_from_a_form_is_text(world: World, name: str) -> None:
    client: Client = visitors.visitor(world["A"])
    data = pages.form(client.get("/administrators/create/"), **{name: NASTY})
    page = client.post("/administrators/create/", data).content.decode()
    assert "<script>alert" not in page
    assert '"><img' not in page


@pytest.mark.parametrize("act", ["create", "contact"])
def test_what_a_message_repeats_is_text(world: World, act: str) -> None:
    client = visitors.visitor(world["A"])
    if act == "contact":
        url = f"/administrators/{world.people['B']}/contact/"
        response = client.post(url, pages.form(client.get(url), first_name=NASTY), follow=True)
    else:
        data = {"username": "nina", "first_name": NASTY, "last_name": "R", "email": "n@exemple.fr"}
        response = client.post("/administrators/create/", data, follow=True)
    assert visitors.messages(response)
    assert "<script>alert" not in response.content.decode()
    assert "&lt;script&gt;alert" in response.content.decode()
