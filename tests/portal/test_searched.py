"""Beside a search box stands what it searches; two days stand in their order."""

import pytest
from django.apps import apps

from sites.models import Site
from sites.text import SearchKeyField
from tests import visitors
from tests.inventory import furnish
from tests.world import World

SAYS = {
    "/administrators/": "Rechercher Nom, nom d’utilisateur ou e-mail",
    "/administrators/history/": "Personne Nom ou nom d’utilisateur",
    "/assignments/devices/": "Rechercher Adresse MAC, nom ou modèle",
    "/assignments/numbers/": "Rechercher Chiffres du numéro",
    "/assignments/users/": "Rechercher Nom, identifiant, e-mail ou poste",
    "/notes/": "Rechercher Mots de la remarque",
    "/orders/": "Rechercher Numéro de commande",
    "/recordings/": "Rechercher Numéro, référence ou utilisateur",
    "/recordings/users/": "Rechercher Nom, identifiant ou poste",
    "/services/": "Rechercher Nom ou poste",
    "/sip-trunks/": "Rechercher Nom",
    "/sites/": "Rechercher Nom, ville ou code postal",
    "/sites/choose/": "Rechercher Nom, ville ou code postal",
}


@pytest.mark.parametrize(("url", "says"), SAYS.items())
def test_a_search_box_says_what_it_searches(world: World, url: str, says: str) -> None:
    assert says in visitors.words(visitors.visitor(world["R"]).get(url))


@pytest.mark.parametrize("kind", ["subscriber", "device", "service"])
def test_it_says_so_of_those_to_whom_a_number_is_given(world: World, kind: str) -> None:
    furnish(Site.objects.filter(pk=world.places["Paris"]), author=world["R"])
    number = apps.get_model("sites", "phonenumber").objects.filter(subscriber=None)[0]
    url = f"/assignments/numbers/{number.pk}/assign/"
    page = visitors.visitor(world["R"]).get(url, {"kind": kind})
    expected = apps.get_model("sites", kind)._meta.get_field("search_key").help_text
    assert f"Rechercher {expected}" in visitors.words(page)


def test_whatever_is_searched_says_so() -> None:
    keys = [
        field
        for model in apps.get_models()
        for field in model._meta.fields
        if isinstance(field, SearchKeyField)
    ]
    assert len(keys) > 5
    assert [field for field in keys if not field.help_text] == []


def test_carrier_staff_read_it_too(world: World) -> None:
    page = visitors.visitor(world["SU"]).get("/admin/sites/site/")
    assert "Nom, ville ou code postal" in visitors.words(page)


@pytest.mark.parametrize("url", ["/administrators/history/", "/notes/", "/recordings/"])
def test_two_days_the_wrong_way_round(world: World, url: str) -> None:
    """Said beside the second one, which then narrows nothing."""
    client = visitors.visitor(world["R"])
    page = client.get(url, {"since": "2026-03-02", "until": "2026-03-01"})
    assert page.context["filter"].form.errors == {"until": ["Cette date précède la date de début."]}
    assert [name for name, _label, _day in page.context["filter"].applied()] == ["since"]
    one_day = client.get(url, {"since": "2026-03-01", "until": "2026-03-01"})
    assert not one_day.context["filter"].form.errors
