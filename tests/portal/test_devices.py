"""«Appareils»: each device with its lines, and what is done with it."""

import pytest
from openpyxl import load_workbook

from permissions.errors import OutOfScope
from permissions.models import Act
from portal.acts.devices import MacIllFormed, NotApproved, add_device
from sites.models import Device, DeviceModel, EquipmentRequest, PhoneNumber
from tests import factories, pages, visitors
from tests.portal import holders
from tests.world import World

LIST = "/assignments/devices/"
ACTS = ["", "remove/", "restart/", "assign/", "unassign/"]
SPELLINGS = ["00:15:65:A1:B2:C3", "00-15-65-a1-b2-c3", "0015.65a1.b2c3", " 001565A1B2C3 "]
MAC = "00:15:65:a1:b2:c3"


@pytest.fixture
def made(furnished: World) -> holders.Made:
    return holders.settle(furnished)


def to_add(world: World, at: str = "Paris", **changes: object) -> dict[str, object]:
    model = DeviceModel.objects.get().pk
    form = {"site": world.places[at], "mac": SPELLINGS[0], "model": model, "name": "Hall"}
    return form | changes


@pytest.mark.parametrize(("who", "sites"), holders.SEEN.items())
def test_each_sees_their_own(world: World, made: holders.Made, who: str, sites: set[str]) -> None:
    page = visitors.visitor(world[who]).get(LIST)
    assert set(map(str, visitors.columns(page, "site"))) == sites
    assert len(visitors.columns(page, "mac")) == len(sites)


@pytest.mark.parametrize(("who", "site"), holders.OUT_OF_SCOPE)
@pytest.mark.parametrize("act", ACTS)
def test_out_of_scope_is_missing(
    world: World, made: holders.Made, who: str, site: str, act: str
) -> None:
    holders.give_number(made, site)
    client, url = visitors.visitor(world[who]), f"{LIST}{holders.device_of(made, site).pk}/{act}"
    before = list(Device.objects.values()), EquipmentRequest.objects.count()
    own = made["Paris" if who != "X" else "Metz"]["subscriber"]
    assert client.get(url).status_code == 404
    if act:
        assert client.post(url, {"to": own.pk}).status_code == 404
    assert (list(Device.objects.values()), EquipmentRequest.objects.count()) == before


@pytest.mark.parametrize("path", ["", "add/", *(f"{{pk}}/{act}" for act in ACTS)])
def test_other_features_do_not_open_it(furnished: World, path: str) -> None:
    made = holders.settle(furnished, "services", "orders")
    url = LIST + path.format(pk=holders.device_of(made, "Paris").pk)
    assert visitors.visitor(furnished["A"]).get(url).status_code == 403
    assert visitors.visitor(furnished["A"]).post(url).status_code == 403


def test_the_columns(world: World, made: holders.Made) -> None:
    device = holders.device_of(made, "Metz")
    holders.give_number(made, "Metz")
    device.subscriber, device.station = made["Metz"]["subscriber"], made["Metz"]["station"]
    device.registration = "registered"
    device.save()
    EquipmentRequest.objects.create(
        site=device.site, device=device, action="restart", asked_by=world["X"], state="done"
    )
    row = holders.exported(visitors.visitor(world["X"]).get(f"{LIST}?q=metz&export=csv"))[1]
    assert row == [
        device.mac, "Accueil Metz", "Exemple T2", "1", "Léa Dupont Metz", device.station.code,
        "Metz", "Connecté", "Terminée",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("q=accueil lyon", {"Lyon"}),
        ("status=aged", {"Lille"}),
        ("use=assigned", {"Nantes"}),
        ("use=free", {"Paris", "Lyon", "Lille", "Nice"}),
        ("q=inconnu", set()),
    ],
)
def test_filters(world: World, made: holders.Made, query: str, found: set[str]) -> None:
    Device.objects.filter(pk=holders.device_of(made, "Lille").pk).update(registration="aged")
    nantes = Device.objects.filter(pk=holders.device_of(made, "Nantes").pk)
    nantes.update(subscriber=made["Nantes"]["subscriber"].pk)
    page = visitors.visitor(world["R"]).get(f"{LIST}?{query}")
    assert set(map(str, visitors.columns(page, "site"))) == found


def test_a_model_and_a_spelled_mac_are_found(world: World, made: holders.Made) -> None:
    other = DeviceModel.objects.create(maker="Exemple", name="T9", lines=4)
    Device.objects.filter(pk=holders.device_of(made, "Nice").pk).update(model=other)
    client = visitors.visitor(world["R"])
    page = client.get(f"{LIST}?model={other.pk}")
    assert list(map(str, visitors.columns(page, "site"))) == ["Nice"]
    asked = holders.device_of(made, "Lyon").mac.replace(":", "-").upper()
    page = client.get(LIST, {"q": asked})
    assert list(map(str, visitors.columns(page, "site"))) == ["Lyon"]


def test_exports_are_the_list(world: World, made: holders.Made, tmp_path: object) -> None:
    client = visitors.visitor(world["A"])
    shown = visitors.columns(client.get(f"{LIST}?sort=-mac"), "mac")
    rows = holders.exported(client.get(f"{LIST}?sort=-mac&export=csv"))
    assert [row[0] for row in rows[1:]] == shown
    book = tmp_path / "devices.xlsx"
    book.write_bytes(b"".join(client.get(f"{LIST}?sort=-mac&export=xlsx").streaming_content))
    assert [row[0].value for row in list(load_workbook(book).active.rows)[1:]] == shown


def test_as_many_queries_for_thirty_rows(world: World, made: holders.Made) -> None:
    client, site = visitors.visitor(world["X"]), world.site("Metz")
    url, one = f"{LIST}?per_page=50", f"{LIST}{holders.device_of(made, 'Metz').pk}/"
    before = holders.queries(client, url), holders.queries(client, one)
    model = DeviceModel.objects.get()
    for number in range(30):
        mac = f"00:15:65:ff:00:{number:02x}"
        device = Device.objects.create(
            site=site, mac=mac, model=model, subscriber=made["Metz"]["subscriber"]
        )
        PhoneNumber.objects.create(site=site, number=f"+33199011{number:03}", device=device)
        EquipmentRequest.objects.create(
            site=site, device=device, action="restart", asked_by=world["X"]
        )
    assert (holders.queries(client, url), holders.queries(client, one)) == before


@pytest.mark.parametrize("mac", SPELLINGS)
def test_adding_in_any_spelling(world: World, made: holders.Made, mac: str) -> None:
    client = visitors.visitor(world["N"])
    answer = client.post(f"{LIST}add/", to_add(world, mac=mac), follow=True)
    device = Device.objects.get(mac=MAC)
    assert (device.site.name, device.enterprise, device.name) == (
        "Paris", world.enterprises["E"], "Hall",
    )  # fmt: skip
    assert visitors.messages(answer) == [f"L’appareil Hall ({MAC}) a été ajouté au site Paris."]
    assert holders.audited(Act.ADD) == [(f"Hall ({MAC})", "", "Exemple T2")]


@pytest.mark.parametrize(
    ("changes", "field", "said"),
    [
        ({"mac": "00:15:65:a1:b2"}, "mac", "Saisissez les 12 chiffres"),
        ({"mac": "00:15:65:a1:b2:cg"}, "mac", "Saisissez les 12 chiffres"),
        ({"mac": ""}, "mac", "obligatoire"),
        ({"site": "999999"}, "site", "Sélectionnez"),
        ({"model": "999999"}, "model", "Sélectionnez"),
    ],
)
def test_bad_input_is_said_beside_the_field(
    world: World, made: holders.Made, changes: dict[str, str], field: str, said: str
) -> None:
    count = Device.objects.count()
    answer = visitors.visitor(world["A"]).post(f"{LIST}add/", to_add(world, **changes))
    assert answer.status_code == 200
    assert said in pages.described_by(answer, field)
    assert pages.form(answer)["name"] == ["Hall"]
    assert Device.objects.count() == count


def test_a_site_not_held_or_an_unapproved_model_is_not_offered(
    world: World, made: holders.Made
) -> None:
    client, count = visitors.visitor(world["A"]), Device.objects.count()
    for site in ("Nice", "Metz", "Rennes"):
        assert client.post(f"{LIST}add/", to_add(world, site)).status_code == 200
    DeviceModel.objects.update(is_approved=False)
    assert client.post(f"{LIST}add/", to_add(world)).status_code == 200
    assert Device.objects.count() == count


def test_the_act_judges_for_itself(world: World, made: holders.Made) -> None:
    model, paris, count = DeviceModel.objects.get(), world.site("Paris"), Device.objects.count()
    with pytest.raises(OutOfScope):
        add_device(world.site("Nice"), mac=MAC, model=model, by=world["A"])
    with pytest.raises(OutOfScope):
        add_device(paris, mac=MAC, model=model, by=world["B"])
    with pytest.raises(MacIllFormed):
        add_device(paris, mac="00:15", model=model, by=world["A"])
    DeviceModel.objects.update(is_approved=False)
    with pytest.raises(NotApproved):
        add_device(paris, mac=MAC, model=model, by=world["A"])
    assert Device.objects.count() == count


@pytest.mark.parametrize("whose", ["Paris", "Metz"])
def test_a_taken_mac_tells_nothing_of_whose(world: World, made: holders.Made, whose: str) -> None:
    taken = holders.device_of(made, whose).mac.replace(":", "")
    answer = visitors.visitor(world["A"]).post(f"{LIST}add/", to_add(world, mac=taken))
    said = pages.described_by(answer, "mac")
    assert "Cette adresse MAC est déjà utilisée." in said
    assert "Metz" not in visitors.words(answer)
    assert visitors.refusals() == 1


def test_who_holds_many_sites_chooses_one_first(world: World, made: holders.Made) -> None:
    sites = factories.more_sites(world["X"], 49)
    client = visitors.visitor(world["X"])
    answer = client.get(f"{LIST}add/")
    assert answer.headers["Location"].startswith("/sites/choose/?next=%2Fassignments%2Fdevices")
    client.post("/sites/chosen/", {"site": sites[0].pk})
    assert pages.form(client.get(f"{LIST}add/"))["site"] == [str(sites[0].pk)]


def test_what_a_device_has_stands_in_parts_of_its_own(world: World, made: holders.Made) -> None:
    url = f"{LIST}{holders.device_of(made, 'Paris').pk}/"
    body = visitors.body(visitors.visitor(world["A"]).get(url))
    for part in ("numbers", "requests"):
        assert f'<section class="panel" aria-labelledby="{part}">' in body
        assert f'<h2 id="{part}">' in body
