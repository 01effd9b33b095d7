"""Setting up an enterprise in the carrier's Django admin: itself, its sites, its root."""

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from administrators.models import Administrator
from sites.models import Enterprise, Site
from tests import factories, visitors
from tests.administrators.carrier import ADMIN, url
from tests.administrators.test_admin_roots import new_root
from tests.world import World

LOOK = "/admin/autocomplete/"


@pytest.fixture
def customer(world: World) -> Enterprise:
    made, _sites = factories.enterprise("Boulangeries Martin", "Nancy", "Tours")
    return made


def links(staff: Client, row: Enterprise) -> dict[str, str]:
    """What the page of an enterprise leads to."""
    page = staff.get(url(Enterprise, "change", row.pk))
    return dict(page.context["links"])


def test_an_enterprise_leads_to_all_that_belongs_to_it(staff: Client, world: World) -> None:
    found = links(staff, world.enterprises["F"])
    sites = staff.get(found["Sites"]).context["cl"].result_list
    assert {site.name for site in sites} == {"Metz", "Dijon"}
    people = staff.get(found["Administrateurs"]).context["cl"].result_list
    assert {world.name_of(one.pk) for one in people} == {"X", "Y"}
    root = reverse(f"{ADMIN}_change", args=[world["X"].pk])
    assert found["Administrateur principal"] == root
    assert "Historique" in found


def test_without_a_root_it_leads_to_its_creation(staff: Client, customer: Enterprise) -> None:
    page = staff.get(links(staff, customer)["Créer l’administrateur principal"])
    assert f'<option value="{customer.pk}" selected>Boulangeries Martin</option>' in page.text


def test_a_new_enterprise_leads_nowhere_yet(staff: Client, world: World) -> None:
    assert staff.get(url(Enterprise, "add")).context["links"] == []


def test_the_next_site_is_one_of_the_same_enterprise(staff: Client, customer: Enterprise) -> None:
    page = staff.get(links(staff, customer)["Ajouter un site"])
    chosen = f'<option value="{customer.pk}" selected>Boulangeries Martin</option>'
    assert chosen in page.text
    sent = {"enterprise": customer.pk, "name": "Metz", "is_open": "on", "country": "FR"}
    answer = staff.post(url(Site, "add"), sent | {"_addanother": "1"}, follow=True)
    made = Site.objects.get(enterprise=customer, name="Metz")
    assert chosen in answer.text
    page = url(Site, "change", made.pk)
    answer = staff.post(page, sent | {"_addanother": "1", "city": "Metz"}, follow=True)
    assert chosen in answer.text


@pytest.mark.parametrize("model", [Site, Administrator])
@pytest.mark.parametrize("text", ["x", "", "987654321", "9" * 30, "\0"])
def test_what_is_no_enterprise_is_none(
    staff: Client, customer: Enterprise, model: type, text: str
) -> None:
    page = staff.get(url(model, "add"), {"enterprise": text})
    assert page.status_code == 200
    sent = {"enterprise": text, "name": "Metz", "country": "FR"}
    assert "enterprise" in staff.post(url(model, "add"), sent).context["adminform"].form.errors


def looked_for(staff: Client, model: type, term: str) -> list[str]:
    asked = {"app_label": model._meta.app_label, "model_name": model._meta.model_name}
    answer = staff.get(LOOK, asked | {"field_name": "enterprise", "term": term})
    return [one["text"] for one in answer.json()["results"]]


def test_a_root_is_offered_to_enterprises_without_one(staff: Client, customer: Enterprise) -> None:
    assert looked_for(staff, Administrator, "") == ["Boulangeries Martin"]
    assert looked_for(staff, Administrator, "enterprise") == []
    assert looked_for(staff, Site, "enterprise") == ["Enterprise E", "Enterprise F"]
    page = staff.get(reverse(f"{ADMIN}_add"))
    assert "Enterprise E" not in page.text


def test_a_new_root_is_told_of_in_full(staff: Client, customer: Enterprise) -> None:
    answer: HttpResponse = staff.post(reverse(f"{ADMIN}_add"), new_root(customer), follow=True)
    (said,) = visitors.messages(answer)
    assert said.startswith("Administrateur principal créé\u202f: ")
    assert "sera envoyé à claire.martin@exemple.fr." in said
    assert "Tous les sites de l’entreprise, présents et à venir, lui sont attribués." in said
