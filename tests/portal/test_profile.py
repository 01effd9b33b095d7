"""«Profil de l’entreprise»: four parts, each saved by itself, by whoever holds the feature."""

from typing import Any

import pytest

from permissions import places
from permissions.errors import OutOfScope, StaleVersion
from permissions.features import FeatureCode as F
from permissions.models import Act, AuditEntry, FeatureGrant
from portal.acts.profile import NameRefused, edit_profile
from sites.models import Enterprise
from tests import pages, visitors
from tests.portal import lists
from tests.world import World

URL = "/profile/"
NAME_REFUSED = (
    "Ce nom ne peut pas être utilisé. Choisissez-en un autre ou adressez-vous à votre opérateur."
)
ADDRESS = {"street": "2 rue Haute", "street_extra": "", "postal_code": "75001", "city": "Paris",
           "country": "FR"}  # fmt: skip
MAIN = {"main_contact_name": "Ève Roy", "main_contact_email": "eve@exemple.fr",
        "main_contact_phone": "01 23 45 67 89"}  # fmt: skip
TECHNICAL = {"technical_contact_name": "Luc Blin", "technical_contact_email": "luc@exemple.fr",
             "technical_contact_phone": "+32 2 555 12 12"}  # fmt: skip
PARTS = {
    "account": {"name": "Nouveau nom"},
    "address": ADDRESS,
    "main-contact": MAIN,
    "technical-contact": TECHNICAL,
}
TITLES = {"account": "Compte", "address": "Adresse", "main-contact": "Contact principal",
          "technical-contact": "Contact technique"}  # fmt: skip
LABELS = {"postal_code": "Code postal", "main_contact_email": "E-mail",
          "technical_contact_phone": "Téléphone"}  # fmt: skip
EVERY = {name: value for part in PARTS.values() for name, value in part.items()}


@pytest.fixture
def world(world: World) -> World:
    Enterprise.objects.filter(name="Enterprise E").update(
        main_contact_name="Repère", account_id="C-77", billing_account="F-88",
        sales_owner="Paul Vente",
    )  # fmt: skip
    return world


def row(world: World, name: str = "E") -> dict[str, Any]:
    return Enterprise.objects.filter(pk=world.enterprises[name].pk).values().get()


def audited() -> dict[str, tuple[str, str]]:
    rows = AuditEntry.objects.filter(act=Act.EDIT)
    return {item: (before, after) for item, before, after in
            rows.values_list("item", "before", "after")}  # fmt: skip


def test_no_other_feature_opens_it(world: World) -> None:
    client = visitors.visitor(lists.holder(world, *(code for code in F if code != F.PROFILE)))
    urls = [URL, *(f"{URL}{part}/" for part in PARTS)]
    assert [client.get(url).status_code for url in urls] == [403] * 5
    assert [client.post(f"{URL}{part}/", EVERY).status_code for part in PARTS] == [403] * 4
    assert row(world)["version"] == 1


def test_the_feature_opens_it_without_any_site(world: World) -> None:
    text = visitors.words(visitors.visitor(lists.holder(world, F.PROFILE, sites="")).get(URL))
    for part in (
        "Contact commercial",
        "Paul Vente",
        "C-77",
        "F-88",
        "Compte de facturation",
        "Contact technique",
    ):
        assert part in text


@pytest.mark.parametrize("part", PARTS)
def test_a_part_saves_its_fields_and_no_others(world: World, part: str) -> None:
    before = row(world)
    client = visitors.visitor(lists.holder(world, F.PROFILE, sites=""))
    answer = client.post(f"{URL}{part}/", EVERY | {"version": "1", "account_id": "vol"})
    assert answer.headers["Location"] == URL
    after = row(world)
    changed = {name for name, value in after.items() if value != before[name]}
    assert changed == {name for name in PARTS[part] if before[name] != PARTS[part][name]} - {
        "country", "street_extra"
    } | {"version"}  # fmt: skip
    assert after["version"] == 2


def test_each_changed_field_leaves_one_row(world: World) -> None:
    pk = world.enterprises["E"].pk
    client = visitors.visitor(world["R"])
    client.post(f"{URL}main-contact/", MAIN | {"version": "1"})
    assert audited() == {
        f"enterprise:{pk}:main_contact_name": ("Repère", "Ève Roy"),
        f"enterprise:{pk}:main_contact_email": ("", "eve@exemple.fr"),
        f"enterprise:{pk}:main_contact_phone": ("", "01 23 45 67 89"),
    }


def test_another_enterprise_stays_as_it_was(world: World) -> None:
    before = row(world, "F")
    visitors.visitor(world["R"]).post(f"{URL}account/", {"name": "Neuf", "version": "1"})
    assert row(world, "F") == before
    with pytest.raises(OutOfScope):
        edit_profile(world.enterprises["F"], {"name": "Pris"}, by=world["R"], version=1)
    assert row(world, "F") == before


@pytest.mark.parametrize(
    ("part", "field", "value", "said"),
    [
        ("account", "name", "", "Ce champ est obligatoire : renseignez-le."),
        ("account", "name", "x" * 201, "au plus 200 caractères"),
        ("account", "name", "Enterprise F", NAME_REFUSED),
        ("account", "name", "ÉNTERPRISE  f", NAME_REFUSED),
        ("address", "postal_code", "1" * 13, "au plus 12 caractères"),
        ("main-contact", "main_contact_email", "eve", "telle que nom@exemple.fr."),
        ("technical-contact", "technical_contact_phone", "12", "tel que 01 23 45 67 89"),
    ],
)
def test_bad_input_is_said_beside_the_field_and_kept(
    world: World, part: str, field: str, value: str, said: str
) -> None:
    before = row(world)
    data = PARTS[part] | {"version": "1", field: value}
    page = visitors.visitor(world["R"]).post(f"{URL}{part}/", data)
    assert page.status_code == 200
    assert said in pages.described_by(page, field)
    assert pages.control(page, field)["aria-invalid"] == "true"
    assert pages.form(page)[field] == [value]
    summary = visitors.words(page).partition("à corriger")[2]
    assert summary.strip().startswith(f"{TITLES[part]} – {LABELS.get(field, 'Nom')} – ")
    assert row(world) == before
    assert audited() == {}


def test_a_stale_save_is_refused_shown_and_then_taken_up(world: World) -> None:
    client = visitors.visitor(world["R"])
    person = lists.holder(world, F.PROFILE)
    edit_profile(world.enterprises["E"], {"street": "9 quai"}, by=person, version=1)
    page = client.post(f"{URL}address/", ADDRESS | {"version": "1"})
    assert page.status_code == 200
    assert f"modifiée entre-temps par {person}" in visitors.words(page)
    assert "9 quai" in pages.described_by(page, "street")
    assert row(world)["street"] == "9 quai"
    assert client.post(f"{URL}address/", ADDRESS | {"version": "2"}).status_code == 302
    assert row(world)["street"] == "2 rue Haute"


def test_what_is_stale_may_be_saved_from_the_very_page_that_says_so(world: World) -> None:
    client = visitors.visitor(world["R"])
    edit_profile(world.enterprises["E"], {"city": "Lyon"}, by=world["R"], version=1)
    page = client.post(f"{URL}account/", {"name": "Neuf", "version": "1"})
    assert pages.form(page)["version"] == ["2", "2", "2", "2"]


def test_who_was_quicker_is_not_named_to_who_may_not_know(world: World) -> None:
    one, other = lists.holder(world, F.PROFILE), lists.holder(world, F.PROFILE)
    edit_profile(world.enterprises["E"], {"city": "Lyon"}, by=one, version=1)
    with pytest.raises(StaleVersion) as refused:
        edit_profile(world.enterprises["E"], {"city": "Nice"}, by=other, version=1)
    assert refused.value.name == "un autre administrateur"


def test_the_same_again_leaves_no_trace(world: World) -> None:
    before = row(world)
    changes = {"name": before["name"], "main_contact_name": "Repère"}
    assert edit_profile(world.enterprises["E"], changes, by=world["R"], version=1) == []
    assert row(world) == before
    assert audited() == {}


@pytest.mark.parametrize("field", ["is_active", "account_id", "billing_account", "sales_owner"])
def test_what_is_the_carriers_is_not_editable(world: World, field: str) -> None:
    with pytest.raises(ValueError, match=field):
        edit_profile(world.enterprises["E"], {field: "x"}, by=world["R"], version=1)


def test_the_feature_is_asked_afresh(world: World) -> None:
    person = lists.holder(world, F.PROFILE)
    FeatureGrant.objects.filter(user=person).delete()
    with pytest.raises(OutOfScope):
        edit_profile(world.enterprises["E"], {"city": "Lyon"}, by=person, version=1)


@pytest.mark.parametrize("state", [{"is_active": False}, {"must_change_password": True}])
def test_who_may_not_act_edits_nothing(world: World, state: dict[str, bool]) -> None:
    person = lists.holder(world, F.PROFILE)
    type(person).objects.filter(pk=person.pk).update(**state)
    with pytest.raises(OutOfScope):
        edit_profile(world.enterprises["E"], {"city": "Lyon"}, by=person, version=1)


def test_a_taken_name_writes_nothing_else(world: World) -> None:
    before = row(world)
    changes = {"city": "Lyon", "name": "Enterprise F"}
    with pytest.raises(NameRefused):
        edit_profile(world.enterprises["E"], changes, by=world["R"], version=1)
    assert row(world) == before


def test_the_carrier_goes_on_editing_through_its_own_act(world: World) -> None:
    places.edit_enterprise(world.enterprises["E"], {"city": "Brest"}, by=world["SU"])
    assert row(world)["city"] == "Brest"
    with pytest.raises(OutOfScope):
        edit_profile(world.enterprises["E"], {"city": "Lyon"}, by=world["SU"], version=1)
