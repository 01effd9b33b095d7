"""The quick starts of the dashboard, done to the end, refused whole."""

from typing import Any

import pytest
from django.http import HttpResponse

from permissions.errors import OutOfScope
from permissions.features import FeatureCode as F
from permissions.models import Act, AuditEntry
from portal.acts.quick import set_up_user
from sites.models import (
    CallHandling,
    Device,
    DeviceModel,
    PhoneNumber,
    Service,
    ServiceMember,
    Site,
    Station,
    Subscriber,
)
from tests import factories, pages, visitors
from tests.world import World

USER, PHONE, CALLS = "/quick/user/", "/quick/phone/", "/quick/calls/"


@pytest.fixture
def world(furnished: World) -> World:
    for site in Site.objects.all():
        Station.objects.create(site=site, code=f"LIBRE-{site.pk}")
    return furnished


def clerk(world: World, sites: str = "Paris", *features: str) -> Any:
    person = factories.person("commis", parent=world["R"])
    person.save()
    held = [world.site(site) for site in sites.split()]
    factories.hold(person, held, features or [F.USER_ASSIGNMENTS, F.SERVICES])
    return person


def at(model: type, site: str = "Paris", **how: Any) -> Any:
    return model.objects.get(site__name=site, **how)


def typed(world: World, **changes: Any) -> dict[str, Any]:
    """What is sent from a page that names Paris."""
    person = {"first_name": "Nina", "last_name": "Roux", "user_id": "nina.roux@exemple.fr"}
    return {**person, "extension": "301", "at": world.places["Paris"], **changes}


def errors(page: HttpResponse) -> set[str]:
    return set(page.context["form"].errors)


def test_who_holds_several_sites_chooses_one_first(world: World) -> None:
    client = visitors.visitor(clerk(world, "Paris Lyon"))
    page = client.get(USER, follow=True)
    assert page.redirect_chain == [("/sites/choose/?next=%2Fquick%2Fuser%2F", 302)]
    assert visitors.messages(page) == ["Choisissez d’abord le site."]
    page = client.post("/sites/chosen/", {"site": world.places["Lyon"], "next": USER}, follow=True)
    assert page.context["site"].name == "Lyon"


def test_a_user_with_everything(world: World) -> None:
    client = visitors.visitor(clerk(world))
    given = {"station": at(Station, code__startswith="LIBRE"), "number": at(PhoneNumber)}
    given |= {"device": at(Device), "services": at(Service)}
    page = client.post(
        USER, typed(world, **{name: row.pk for name, row in given.items()}), follow=True
    )
    assert visitors.messages(page) == ["L’utilisateur Nina Roux est configuré."]
    nina = Subscriber.objects.get(user_id="nina.roux@exemple.fr")
    assert at(PhoneNumber).assignee == nina == at(Device).subscriber
    assert nina.station == given["station"]
    assert ServiceMember.objects.filter(subscriber=nina, service=given["services"]).exists()


def test_it_is_one_act_in_the_audit(world: World) -> None:
    person = clerk(world)
    page = visitors.visitor(person).post(USER, typed(world, number=at(PhoneNumber).pk))
    assert page.status_code == 302
    entries = AuditEntry.objects.filter(actor=person, act__in=[Act.ADD, Act.ASSIGN])
    assert [entry.act for entry in entries.order_by("pk")] == [Act.ADD, Act.ASSIGN]
    assert len({entry.act_id for entry in entries}) == 1


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"first_name": " "}, "first_name"),
        ({"user_id": "pas une adresse"}, "user_id"),
        ({"extension": "12a"}, "extension"),
        ({"extension": "201"}, "extension"),
        ({"number": "999999"}, "number"),
        ({"device": "x"}, "device"),
        ({"services": "0"}, "services"),
    ],
)
def test_an_error_stands_beside_its_field_and_nothing_is_half_written(
    world: World, changes: dict[str, Any], field: str
) -> None:
    page = visitors.visitor(clerk(world)).post(USER, typed(world, **changes))
    assert errors(page) == {field}
    assert not Subscriber.objects.filter(last_name="Roux").exists()


def test_a_number_taken_meanwhile_undoes_all(world: World) -> None:
    client, number = visitors.visitor(clerk(world)), at(PhoneNumber)
    PhoneNumber.objects.filter(pk=number.pk).update(service=at(Service))
    page = client.post(USER, typed(world, number=number.pk))
    assert errors(page) == {"number"}
    assert not Subscriber.objects.filter(last_name="Roux").exists()


def test_services_need_their_own_feature(world: World) -> None:
    person = clerk(world, "Paris", F.USER_ASSIGNMENTS)
    page = visitors.visitor(person).post(USER, typed(world, services=at(Service).pk))
    assert page.status_code == 302
    assert not ServiceMember.objects.filter(subscriber__last_name="Roux").exists()


@pytest.mark.parametrize("of", [Station, Device, PhoneNumber, Service])
def test_what_stands_elsewhere_is_not_given(world: World, of: type) -> None:
    name = {Station: "station", Device: "device", PhoneNumber: "number", Service: "services"}[of]
    row = of.objects.filter(site__name="Lyon").first()
    value = [row] if name == "services" else row
    details = {**typed(world), "email": ""}
    del details["at"]
    with pytest.raises(OutOfScope):
        set_up_user(world.site("Paris"), details, by=clerk(world), **{name: value})
    assert not Subscriber.objects.filter(last_name="Roux").exists()


def test_a_phone_for_a_lobby(world: World) -> None:
    client = visitors.visitor(clerk(world))
    model = DeviceModel.objects.get()
    data = {"name": "Hall", "mac": "00-15-65-AA-BB-CC", "model": model.pk}
    data["at"] = world.places["Paris"]
    page = client.post(PHONE, {**data, "number": at(PhoneNumber).pk}, follow=True)
    assert visitors.messages(page) == ["Le téléphone Hall (00:15:65:aa:bb:cc) est ajouté."]
    assert page.context["device"].name == "Hall"
    assert at(PhoneNumber).assignee == Device.objects.get(name="Hall")
    again = client.post(PHONE, data)
    assert errors(again) == {"mac"}


def test_the_handling_of_calls(world: World) -> None:
    person, service = clerk(world), at(Service)
    client = visitors.visitor(person)
    data = {
        "open-action": "service", "open-service": service.pk,
        "closed-action": "voicemail", "holiday-action": "forward",
        "holiday-forward_to": "01 99 00 00 09",
    }  # fmt: skip
    assert client.post(CALLS, pages.form(client.get(CALLS)) | data).status_code == 302
    found = CallHandling.objects.filter(site__name="Paris").values_list("situation", "action")
    assert dict(found) == {"open": "service", "closed": "voicemail", "holiday": "forward"}
    assert AuditEntry.objects.filter(actor=person, act=Act.EDIT).count() == 2
    page = client.post(CALLS, pages.form(client.get(CALLS)) | data, follow=True)
    assert visitors.messages(page)[-1] == "Aucun changement à enregistrer."


def test_an_action_says_to_whom(world: World) -> None:
    data = {f"{when}-action": "voicemail" for when in ("open", "closed", "holiday")}
    page = visitors.visitor(clerk(world)).post(CALLS, data | {"open-action": "subscriber"})
    (form,) = [form for _label, form in page.context["form_set"] if form.errors]
    assert form.errors == {"subscriber": ["Choisissez l’utilisateur à faire sonner."]}
    assert at(CallHandling).action == "service"


@pytest.mark.parametrize(
    ("typed", "field", "said"),
    [
        ({"action": "service"}, "service", "Choisissez le service à faire sonner."),
        ({"action": "forward"}, "forward_to", "Saisissez le numéro vers lequel renvoyer l’appel."),
        (
            {"action": "forward", "forward_to": "12"},
            "forward_to",
            "Saisissez un numéro tel que 01 23 45 67 89, ou +32 2 555 12 12 pour l’étranger.",
        ),
    ],
)
def test_what_is_wrong_with_the_handling_is_said_at_the_top_too(
    world: World, typed: dict[str, str], field: str, said: str
) -> None:
    client = visitors.visitor(clerk(world))
    assert "Un « * » indique" in visitors.words(client.get(CALLS))
    assert not client.get(CALLS).context["form_set"].summary.errors
    changes = {f"closed-{name}": value for name, value in typed.items()}
    page = client.post(CALLS, pages.form(client.get(CALLS), **changes))
    assert said in pages.described_by(page, f"closed-{field}")
    assert visitors.title(page) == "Erreur : Traitement des appels entrants"
    summary = visitors.words(page).partition("1 point à corriger")[2]
    assert "En dehors des heures d’ouverture : " in summary
    assert summary.index(said) < summary.index("Pendant les heures d’ouverture")


@pytest.mark.parametrize("kind", Service.Kind.values)
def test_only_services_that_answer_are_rung(world: World, kind: str) -> None:
    client, site = visitors.visitor(clerk(world)), world.site("Paris")
    label = Service.Kind(kind).label
    CallHandling.objects.all().delete()
    Service.objects.filter(site=site).update(kind=kind)
    silent = {"schedules", "outgoing_calls", "music_on_hold", "pickup"}
    alone = {"schedules", "outgoing_calls", "music_on_hold", "auto_attendant"}
    for url, without in ((CALLS, silent), (USER, alone)):
        offered = f"Accueil Paris ({label})" in visitors.words(client.get(url))
        assert offered is (kind not in without)


def test_a_service_that_is_rung_already_stays_offered(world: World) -> None:
    client = visitors.visitor(clerk(world))
    Service.objects.filter(site__name="Paris").update(kind="pickup")
    form = pages.form(client.get(CALLS), **{"closed-action": "announcement"})
    assert client.post(CALLS, form).status_code == 302
    assert at(CallHandling, situation="open").service == at(Service)


def test_what_is_taken_is_said_at_once(world: World) -> None:
    taken = typed(world, user_id=at(Subscriber).user_id, extension="201")
    page = visitors.visitor(clerk(world)).post(USER, taken)
    assert errors(page) == {"user_id", "extension"}
    assert "Cet identifiant est déjà utilisé." in pages.described_by(page, "user_id")
    assert "Ce poste interne est déjà utilisé" in pages.described_by(page, "extension")


@pytest.mark.parametrize(
    ("field", "said"),
    [
        ("email", "Saisissez une adresse e-mail telle que nom@exemple.fr."),
        ("user_id", "Saisissez un identifiant de la forme nom@exemple.fr."),
        ("extension", "Saisissez de 2 à 8 chiffres."),
    ],
)
def test_our_own_words_for_what_is_ill_formed(world: World, field: str, said: str) -> None:
    client = visitors.visitor(clerk(world))
    page = client.post(USER, typed(world, **{field: "x"}))
    assert page.context["form"].errors[field] == [said]


def test_the_help_beside_the_fields(world: World) -> None:
    client = visitors.visitor(clerk(world))
    none = "Aucun numéro disponible sur ce site."
    page = client.get(PHONE)
    assert "Sur l’étiquette sous l’appareil" in pages.described_by(page, "mac")
    assert "Choisir un modèle" in visitors.words(page)
    assert none not in visitors.words(page)
    assert pages.described_by(client.get(USER), "extension") == "Saisissez de 2 à 8 chiffres."
    PhoneNumber.objects.filter(site__name="Paris").update(service=at(Service))
    for url in (USER, PHONE):
        assert none in pages.described_by(client.get(url), "number")


@pytest.mark.parametrize("at", ["", "abc", "9" * 30, "Lyon"])
@pytest.mark.parametrize("url", [USER, PHONE])
def test_nothing_is_saved_at_a_site_that_the_page_did_not_name(
    world: World, url: str, at: str
) -> None:
    """Another site was chosen in another window since the page was shown."""
    client = visitors.visitor(clerk(world))
    counted = Subscriber.objects.count(), Device.objects.count()
    data = typed(world, name="Hall", mac="00:15:65:a1:b2:c3", model=DeviceModel.objects.get().pk)
    page = client.post(url, data | {"at": world.places.get(at, at)})
    assert visitors.messages(page) == ["Un autre site a été choisi entre-temps : vérifiez-le."]
    assert (Subscriber.objects.count(), Device.objects.count()) == counted
    assert page.context["form"]["user_id" if url == USER else "mac"].value()


@pytest.mark.parametrize("pk", ["9" * 19, "9" * 30, "-1", "abc"])
def test_an_absurd_service_is_an_error_beside_its_field(world: World, pk: str) -> None:
    page = visitors.visitor(clerk(world)).post(USER, typed(world, services=pk))
    assert errors(page) == {"services"}
    assert not Subscriber.objects.filter(last_name="Roux").exists()


def test_of_two_people_of_one_name_the_right_one_is_called(world: World) -> None:
    site = world.site("Paris")
    one, other = (
        Subscriber.objects.create(
            site=site, first_name="Jean", last_name="Martin", user_id=f"jean{n}@exemple.fr"
        )
        for n in range(2)
    )
    client = visitors.visitor(clerk(world))
    for person in (one, other):
        chosen = {"open-action": "subscriber", "open-subscriber": person.pk}
        client.post(CALLS, pages.form(client.get(CALLS)) | chosen)
    assert at(CallHandling, situation="open").subscriber == other
