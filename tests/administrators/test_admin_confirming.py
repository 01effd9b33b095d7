"""What reaches other people is said first in the carrier's Django admin, too (decision 13)."""

from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from permissions.models import Act, AuditEntry
from sites.models import Enterprise, Site
from tests import pages, visitors
from tests.administrators.carrier import ADMIN, granted_features, url
from tests.world import World


def page_of_root(world: World) -> str:
    return reverse(f"{ADMIN}_change", args=[world["R"].pk])


def unticked(staff: Client, world: World, *codes: str, **typed: Any) -> HttpResponse:
    """The root's page, saved without these features."""
    kept = sorted(granted_features(world["R"]) - set(codes))
    sent = pages.form(staff.get(page_of_root(world))) | {"features": kept} | typed
    return staff.post(page_of_root(world), sent)


def test_what_people_below_lose_is_said_first(staff: Client, world: World) -> None:
    before, rows = world.grants(), visitors.everything()
    page = unticked(staff, world, "reports", "analytics")
    assert page.status_code == 200
    assert (visitors.everything(), world.grants()) == (rows, before)
    assert {one.pk for one, _said in page.context["losing"]} == {
        world.people[name] for name in ("A", "B", "S")
    }
    words = visitors.words(page)
    assert "3 administrateurs placés au-dessous perdront ce qui suit" in words
    assert "les administrateurs placés au-dessous ne les retrouveront pas" in words
    assert "Retirer à User-R Durand et à 3 autres" in words


def test_with_a_yes_it_is_taken_and_counted(staff: Client, world: World) -> None:
    before = world.grants()
    page = unticked(staff, world, "reports", "analytics", city="Dax")
    answer = staff.post(page_of_root(world), pages.form(page), follow=True)
    lost = {"R:reports", "A:reports", "B:reports", "R:analytics", "S:analytics"}
    assert before - world.grants() == lost
    assert world["R"].city == "Dax"
    (said,) = visitors.messages(answer)
    assert "Modifications enregistrées\u202f:" in said
    assert "Retiré aussi à 3 administrateurs placés au-dessous." in said
    assert AuditEntry.objects.filter(act=Act.REVOKE, actor=world["SU"].pk).count() == len(lost)


def test_nothing_is_asked_where_nobody_below_loses_anything(staff: Client, world: World) -> None:
    answer = unticked(staff, world, "orders")
    assert answer.status_code == 302
    assert "orders" not in granted_features(world["R"])


def test_what_is_wrong_is_said_before_it_is_asked(staff: Client, world: World) -> None:
    page = unticked(staff, world, "reports", email="nobody")
    assert set(page.context["adminform"].form.errors) == {"email"}


def test_each_time_it_is_asked_again(staff: Client, world: World) -> None:
    """The yes was to another page: what came back refused has to be said once more."""
    page = unticked(staff, world, "reports", username="user-a")
    refused = staff.post(page_of_root(world), pages.form(page))
    assert set(refused.context["adminform"].form.errors) == {"username"}
    again = staff.post(page_of_root(world), pages.form(refused) | {"username": "user-r"})
    assert "losing" in again.context
    assert "reports" in granted_features(world["R"])


@pytest.mark.parametrize("name", ["A", "R"])
def test_who_was_edited_is_named(staff: Client, world: World, name: str) -> None:
    page = reverse(f"{ADMIN}_change", args=[world[name].pk])
    answer = staff.post(page, pages.form(staff.get(page)) | {"city": "Dax"}, follow=True)
    (said,) = visitors.messages(answer)
    assert f'Modifications enregistrées\u202f: <a href="{page}">{world[name]}</a>' in said


# Enterprises and sites


def ended(staff: Client, row: Any, flag: str, **typed: Any) -> HttpResponse:
    """The page of an enterprise or a site, saved without that tick."""
    page = url(type(row), "change", row.pk)
    sent = pages.form(staff.get(page)) | typed
    del sent[flag]
    return staff.post(page, sent)


def told(staff: Client, row: Any, answer: HttpResponse, **typed: Any) -> str:
    """What is said once that page is saved."""
    page = url(type(row), "change", row.pk)
    (said,) = visitors.messages(staff.post(page, pages.form(answer) | typed, follow=True))
    return said


def test_suspending_says_how_many_are_shut_out(staff: Client, world: World) -> None:
    row = world.enterprises["E"]
    asked = ended(staff, row, "is_active")
    words = visitors.words(asked)
    assert "12 administrateurs ne pourront plus se connecter." in words
    assert "Suspendre l’entreprise" in words
    row.refresh_from_db()
    assert row.is_active
    said = told(staff, row, asked)
    assert said.startswith("Entreprise suspendue\u202f: ")
    assert "12 administrateurs ne peuvent plus se connecter." in said
    row.refresh_from_db()
    assert not row.is_active
    page = staff.get(url(Enterprise, "change", row.pk))
    said = told(staff, row, page, is_active="on")
    assert said.startswith("Entreprise réactivée\u202f: ")
    assert "12 administrateurs peuvent de nouveau se connecter." in said


def test_closing_says_who_holds_the_site_and_what_stands_there(
    staff: Client, furnished: World
) -> None:
    row = furnished.site("Paris")
    asked = ended(staff, row, "is_open", city="Paris 12e")
    words = visitors.words(asked)
    assert "8 administrateurs détiennent ce site et ne le verront plus." in words
    assert "Numéros : 1 Appareils : 1" in words
    assert furnished.site("Paris").is_open
    said = told(staff, row, asked)
    assert said.startswith("Site fermé\u202f: ")
    assert "8 administrateurs ne le voient plus." in said
    after = furnished.site("Paris")
    assert (after.is_open, after.city) == (False, "Paris 12e")
    said = told(staff, row, staff.get(url(Site, "change", row.pk)), is_open="on")
    assert said.startswith("Site rouvert\u202f: ")


def test_what_changes_nothing_says_so(staff: Client, world: World) -> None:
    for row in (world.enterprises["E"], world.site("Paris")):
        said = told(staff, row, staff.get(url(type(row), "change", row.pk)))
        assert said.startswith("Aucun changement\u202f: ")


def test_what_is_new_says_so(staff: Client, world: World) -> None:
    sent = {"name": "Neuve", "country": "FR", "is_active": "on", "is_open": "on"}
    sent["enterprise"] = world.enterprises["E"].pk
    for model, done in ((Enterprise, "Entreprise ajoutée"), (Site, "Site ajouté")):
        answer = staff.post(url(model, "add"), sent, follow=True)
        (said,) = visitors.messages(answer)
        assert said.startswith(f"{done}\u202f: ")


def test_a_closed_site_is_added_without_a_question(staff: Client, world: World) -> None:
    sent = {"enterprise": world.enterprises["E"].pk, "name": "Brest", "country": "FR"}
    assert staff.post(url(Site, "add"), sent).status_code == 302
    assert not Site.objects.get(name="Brest").is_open


def test_the_first_value_shown_is_kept_through_the_question(staff: Client, world: World) -> None:
    """What somebody else changes meanwhile is shown, as without a question (rule 12)."""
    row = world.site("Paris")
    asked = ended(staff, row, "is_open", city="Lille")
    Site.objects.filter(pk=row.pk).update(city="Lyon")
    refused = staff.post(url(Site, "change", row.pk), pages.form(asked))
    assert "Valeur actuelle : Lyon" in visitors.words(refused)
    assert world.site("Paris").is_open
