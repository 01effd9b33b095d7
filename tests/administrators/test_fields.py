"""The fields of the forms: required marks, phones, countries, text on one line, in French."""

from typing import Any

import pytest
from django import forms
from django.test import Client
from django.utils import translation

from administrators import services
from administrators.account_forms import OwnDetailsForm
from administrators.admin_forms import AdministratorForm, RootForm
from administrators.forms import ContactForm, CreateForm
from administrators.models import Administrator
from administrators.writing import EDITABLE
from permissions.models import AuditEntry
from portal.forms.handling import HandlingForm
from portal.forms.profile import MainContactForm, TechnicalContactForm
from sites.templatetags.phones import phone
from tests import pages, visitors
from tests.world import World

CREATE = "/administrators/create/"
REQUIRED = ["Nom d’utilisateur *", "Prénom *", "Nom de famille *", "E-mail *"]
OPTIONAL = ["Second prénom", "Téléphone professionnel", "Numéro de fax",
            "Numéro de téléphone portable", "Numéro de téléphone fixe", "Numéro et rue",
            "Complément d’adresse", "Code postal", "Ville", "Pays"]  # fmt: skip
ENTER_A_NUMBER = "Saisissez un numéro tel que 01 23 45 67 89, ou +32 2 555 12 12 pour l’étranger."
PHONES = ["work_phone", "fax_number", "mobile_number", "home_phone"]


@pytest.fixture
def as_a(world: World) -> Client:
    return visitors.visitor(world["A"])


def saved(client: Client, world: World, section: str, **typed: Any) -> Administrator:
    """B, after A has typed that on one of B's screens and saved it."""
    url = f"/administrators/{world.people['B']}/{section}/"
    response = client.post(url, pages.form(client.get(url), **typed))
    assert response.status_code == 302
    return world["B"]


@pytest.mark.parametrize("label", REQUIRED + OPTIONAL)
def test_what_is_required_is_marked(as_a: Client, label: str) -> None:
    assert label in pages.labels(as_a.get(CREATE))


def test_the_mark_is_explained(as_a: Client) -> None:
    text = visitors.words(as_a.get(CREATE))
    assert "Un « * » indique les informations requises." in text


@pytest.mark.parametrize("field", PHONES)
def test_a_number_without_prefix_is_french(as_a: Client, world: World, field: str) -> None:
    person = saved(as_a, world, "contact", **{field: "01 23 45 67 89"})
    assert getattr(person, field).as_e164 == "+33123456789"


@pytest.mark.parametrize(
    ("typed", "kept"),
    [("+32 2 555 12 12", "+3225551212"), ("0033123456789", "+33123456789"),
     ("01.23.45.67.89", "+33123456789"), ("+41 21 555 12 12", "+41215551212"), ("", "")],
)  # fmt: skip
def test_numbers(as_a: Client, world: World, typed: str, kept: str) -> None:
    person = saved(as_a, world, "contact", work_phone=typed)
    assert str(getattr(person.work_phone, "as_e164", "")) == kept


@pytest.mark.parametrize(
    ("typed", "shown"),
    [("0123456789", "01 23 45 67 89"), ("+3225551212", "+32 2 555 12 12")],
)  # fmt: skip
def test_a_number_is_shown_as_it_is_written(
    as_a: Client, world: World, typed: str, shown: str
) -> None:
    saved(as_a, world, "contact", work_phone=typed)
    page = as_a.get(f"/administrators/{world.people['B']}/contact/")
    assert pages.control(page, "work_phone")["value"] == shown


def test_countries_are_french_with_france_first(as_a: Client) -> None:
    page = pages.read(as_a.get(CREATE))
    placeholder, *names = page.choices["country"]
    assert placeholder == "Choisir un pays"
    assert names[:5] == ["France", "Belgique", "Suisse", "Luxembourg", "Monaco"]
    assert {"Allemagne", "Espagne", "Royaume-Uni", "Éthiopie"} <= set(names)
    assert names.index("Estonie") < names.index("Éthiopie") < names.index("Fidji")
    assert page.data["country"] == ["FR"]


@pytest.mark.parametrize(
    ("section", "field"),
    [("contact", "first_name"), ("contact", "middle_name"), ("contact", "last_name"),
     ("address", "street"), ("address", "street_extra"), ("address", "city"),
     ("address", "postal_code")],
)  # fmt: skip
@pytest.mark.parametrize(
    "sign",
    [
        "\r\n",
        "\n",
        "\t",
        "\x1b",
        "\u202e",
        "\u200b",
        "\u2028",
        "\x85",
        "\0",
        "\u3164",
        "\u2800",
        "\ufe0f",
        "\u034f",
        "\U000e0100",
    ],
)
def test_text_is_one_line(as_a: Client, world: World, section: str, field: str, sign: str) -> None:
    person = saved(as_a, world, section, **{field: f"{sign}Jean{sign}{sign} Luc {sign}"})
    assert getattr(person, field) == "Jean Luc"


@pytest.mark.parametrize("name", ["Zoë", "O’Brien", "d'Artagnan", "Müller-Łukasz", "李", "Ng", "Æ"])
def test_names_are_kept_as_they_are(as_a: Client, world: World, name: str) -> None:
    assert saved(as_a, world, "contact", last_name=name).last_name == name


OF_A_PERSON = [ContactForm, CreateForm, OwnDetailsForm, AdministratorForm, RootForm]
PHONE_FIELDS = [
    *((form, name) for form in OF_A_PERSON for name in PHONES),
    (HandlingForm, "forward_to"),
    (MainContactForm, "main_contact_phone"),
    (TechnicalContactForm, "technical_contact_phone"),
]
EXTENDED = ["01 23 45 67 89 ext. 4321", "0123456789x4321", "+33123456789;ext=4321",
            "+32 2 555 12 12 #7", "12 ext. 3", "01 23 45 67 89 poste 4321"]  # fmt: skip


@pytest.mark.parametrize("typed", EXTENDED)
@pytest.mark.parametrize(("form", "name"), PHONE_FIELDS)
def test_an_extension_is_refused_and_not_dropped(
    form: type[forms.Form], name: str, typed: str
) -> None:
    with translation.override("fr"), pytest.raises(forms.ValidationError) as refused:
        form.base_fields[name].clean(typed)
    assert refused.value.messages == [ENTER_A_NUMBER]


@pytest.mark.parametrize("field", PHONES)
def test_an_extension_is_said_beside_its_field(as_a: Client, world: World, field: str) -> None:
    url = f"/administrators/{world.people['B']}/contact/"
    typed = pages.form(as_a.get(url), **{field: "01 23 45 67 89 ext. 4321"})
    response = as_a.post(url, typed)
    assert response.context["form"].errors == {field: [ENTER_A_NUMBER]}
    assert ENTER_A_NUMBER in visitors.words(response)
    assert str(getattr(world["B"], field)) == ""


@pytest.mark.parametrize("typed", ["01 23 45 67 89 ext. 4321", "0123456789", "+33123456789"])
def test_the_audit_says_the_number_as_pages_do(world: World, typed: str) -> None:
    """Whoever calls the act, and however they spell it; saving it again changes nothing."""
    changed = [
        services.update_details(world["B"], {"work_phone": typed}, by=world["A"])
        for _again in range(2)
    ]
    assert changed == [["work_phone"], []]
    entry = AuditEntry.objects.get()
    assert str(world["B"].work_phone) == "+33 1 23 45 67 89"
    assert (entry.before, entry.after) == ("", phone(world["B"].work_phone))


def test_every_field_is_compared_as_it_is_stored(world: World) -> None:
    given = {name: getattr(world["B"], name) for name in sorted(EDITABLE)}
    assert services.update_details(world["B"], given, by=world["A"]) == []
    services.update_details(world["B"], {"country": "BE", "city": "Liège"}, by=world["A"])
    assert (world["B"].country.code, world["B"].city) == ("BE", "Liège")
    assert set(AuditEntry.objects.values_list("item", "after")) == {
        ("country", "Belgique"),
        ("city", "Liège"),
    }
