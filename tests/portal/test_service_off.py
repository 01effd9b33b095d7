"""Switching a service off: said before, where it is rung, and afterwards wherever it is named."""

from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client

from permissions.features import FeatureCode as F
from sites.models import CallHandling, PhoneNumber, Service
from tests import pages, visitors
from tests.portal import lists
from tests.world import World

MAIN = "+33199004242"


@pytest.fixture
def world(furnished: World) -> World:
    return furnished


@pytest.fixture
def client(world: World) -> Client:
    return visitors.visitor(lists.holder(world, F.SERVICES))


def of_paris() -> Service:
    return Service.objects.get(site__name="Paris")


def unticked(client: Client, **changes: Any) -> HttpResponse:
    """The form as it is sent with «Actif» unticked."""
    url = f"/services/{of_paris().pk}/edit/"
    form = pages.form(client.get(url), **changes)
    del form["is_active"]
    return client.post(url, form)


def untouched() -> None:
    """Neither the handling of calls nor a number leads to the service."""
    CallHandling.objects.filter(service=of_paris()).delete()


@pytest.mark.parametrize("through", ["handling", "number"])
def test_what_stops_is_said_before(client: Client, through: str) -> None:
    service = of_paris()
    if through == "number":
        untouched()
        PhoneNumber.objects.filter(site=service.site).update(number=MAIN, service=service)
    asked = unticked(client, name="Hall")
    assert of_paris().is_active
    said = visitors.words(asked)
    assert "Le service « Accueil Paris » du site Paris ne répondra plus aux appels" in said
    assert ("Pendant les heures d’ouverture" in said) is (through == "handling")
    assert ("01 99 00 42 42" in said) is (through == "number")
    assert "Désactiver le service Accueil Paris" in said
    assert f"/services/{service.pk}/edit/" in visitors.links(asked)


def test_it_is_saved_once_that_was_confirmed(client: Client) -> None:
    asked = unticked(client, name="Hall", extension="900")
    done = client.post(asked.request["PATH_INFO"], pages.form(asked), follow=True)
    assert visitors.messages(done) == ["Les modifications ont été enregistrées."]
    service = of_paris()
    assert (service.name, service.extension, service.is_active) == ("Hall", "900", False)


def test_what_leads_nowhere_is_switched_off_at_once(client: Client) -> None:
    untouched()
    assert unticked(client).status_code == 302
    assert not of_paris().is_active


def test_nothing_is_asked_of_what_is_off_already(client: Client) -> None:
    Service.objects.filter(pk=of_paris().pk).update(is_active=False)
    url = f"/services/{of_paris().pk}/edit/"
    assert client.post(url, pages.form(client.get(url), name="Hall")).status_code == 302
    assert of_paris().name == "Hall"


def test_what_is_wrong_is_said_before_anything_is_asked(client: Client) -> None:
    page = unticked(client, name="")
    assert "obligatoire" in pages.described_by(page, "name")


def test_a_page_that_grew_old_meanwhile_asks_again(client: Client) -> None:
    asked = unticked(client)
    Service.objects.filter(pk=of_paris().pk).update(version=7)
    old = client.post(asked.request["PATH_INFO"], pages.form(asked))
    assert "Cette fiche a été modifiée entre-temps" in visitors.words(old)
    again = client.post(old.request["PATH_INFO"], pages.form(old))
    assert "ne répondra plus aux appels" in visitors.words(again)
    assert of_paris().is_active


@pytest.mark.parametrize("active", [True, False])
def test_the_page_of_the_site_and_the_handling_of_calls_say_so(
    client: Client, active: bool
) -> None:
    service = of_paris()
    Service.objects.filter(pk=service.pk).update(is_active=active)
    site = client.get(f"/sites/{service.site_id}/")
    (first, *others) = site.context["handling"]
    assert first == (
        "Pendant les heures d’ouverture",
        f"Faire sonner un service – {service}",
        not active,
    )
    assert [off for _situation, _what, off in others] == [False, False]
    for page in (site, client.get("/quick/calls/")):
        assert ("state-quiet" in visitors.body(page)) is not active
