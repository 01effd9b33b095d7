"""«Utilisateurs»: each person with numbers, extension and devices."""

import pytest
from openpyxl import load_workbook

from permissions.models import Act
from portal.acts.users import BadUserId, add_user, edit_user
from sites.models import Device, DeviceModel, PhoneNumber, Subscriber
from sites.templatetags.phones import phone
from tests import pages, visitors
from tests.portal import holders
from tests.world import World

LIST = "/assignments/users/"
DETAILS = {
    "first_name": "Nina", "last_name": "Roux", "email": "nina@exemple.fr",
    "user_id": "Nina.Roux@exemple.fr", "extension": "305",
}  # fmt: skip


@pytest.fixture
def made(furnished: World) -> holders.Made:
    return holders.settle(furnished)


def of(made: holders.Made, site: str) -> Subscriber:
    return Subscriber.objects.get(pk=made[site]["subscriber"].pk)


def stored_ids() -> set[str]:
    return set(Subscriber.objects.values_list("user_id", flat=True))


def equip(made: holders.Made, site: str) -> None:
    """Two numbers and a device for the user of a site."""
    user = of(made, site)
    PhoneNumber.objects.filter(pk=made[site]["phonenumber"].pk).update(subscriber=user)
    PhoneNumber.objects.create(site=user.site, number="+33199012345", subscriber=user)
    Device.objects.filter(pk=made[site]["device"].pk).update(subscriber=user)


@pytest.mark.parametrize(("who", "sites"), holders.SEEN.items())
def test_each_sees_their_own(world: World, made: holders.Made, who: str, sites: set[str]) -> None:
    page = visitors.visitor(world[who]).get(LIST)
    assert sorted(map(str, visitors.columns(page, "site"))) == sorted(sites)


@pytest.mark.parametrize(("who", "site"), holders.OUT_OF_SCOPE)
def test_out_of_scope_is_missing(world: World, made: holders.Made, who: str, site: str) -> None:
    client, url = visitors.visitor(world[who]), f"{LIST}{of(made, site).pk}/"
    assert client.get(url).status_code == 404
    assert client.post(url, DETAILS).status_code == 404
    assert of(made, site).first_name == "Léa"


@pytest.mark.parametrize("path", ["", "add/", "{pk}/"])
def test_other_features_do_not_open_it(furnished: World, path: str) -> None:
    made = holders.settle(furnished, "services", "orders")
    url = LIST + path.format(pk=of(made, "Paris").pk)
    assert visitors.visitor(furnished["A"]).get(url).status_code == 403
    assert visitors.visitor(furnished["A"]).post(url, DETAILS).status_code == 403


def test_the_columns(world: World, made: holders.Made) -> None:
    equip(made, "Metz")
    user = of(made, "Metz")
    row = holders.exported(visitors.visitor(world["X"]).get(f"{LIST}?q=metz&export=csv"))[1]
    numbers = ", ".join(phone(one.number) for one in user.numbers.all())
    assert len(user.numbers.all()) == 2
    assert row == [
        "Léa Dupont Metz", user.email, user.user_id, f"\"{numbers}\"", "201",
        user.station.code, str(user.devices.get()), "Metz",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("q=lea lyon", {"Lyon"}),
        ("number=with", {"Nantes"}),
        ("number=without", {"Paris", "Lyon", "Lille", "Nice"}),
        ("q=inconnu", set()),
    ],
)
def test_filters(world: World, made: holders.Made, query: str, found: set[str]) -> None:
    equip(made, "Nantes")
    page = visitors.visitor(world["R"]).get(f"{LIST}?{query}")
    assert sorted(map(str, visitors.columns(page, "site"))) == sorted(found)


def test_exports_are_the_list(world: World, made: holders.Made, tmp_path: object) -> None:
    client, url = visitors.visitor(world["A"]), f"{LIST}?sort=-name"
    shown = visitors.columns(client.get(url), "user_id")
    rows = holders.exported(client.get(f"{url}&export=csv"))
    assert [row[2] for row in rows[1:]] == shown
    book = tmp_path / "users.xlsx"
    book.write_bytes(b"".join(client.get(f"{url}&export=xlsx").streaming_content))
    assert [row[2].value for row in list(load_workbook(book).active.rows)[1:]] == shown


def test_as_many_queries_for_thirty_rows(world: World, made: holders.Made) -> None:
    equip(made, "Metz")
    client, site, url = visitors.visitor(world["X"]), world.site("Metz"), f"{LIST}?per_page=50"
    before = holders.queries(client, url)
    model = DeviceModel.objects.get()
    for n in range(30):
        user = Subscriber.objects.create(
            site=site, first_name="Max", last_name=f"N{n}", user_id=f"max{n}@exemple.fr"
        )
        PhoneNumber.objects.create(site=site, number=f"+33199011{n:03}", subscriber=user)
        mac = f"00:15:65:ff:00:{n:02x}"
        Device.objects.create(site=site, mac=mac, model=model, subscriber=user)
    assert holders.queries(client, url) == before


def test_adding(world: World, made: holders.Made) -> None:
    client = visitors.visitor(world["N"])
    answer = client.post(f"{LIST}add/", DETAILS | {"site": world.places["Nantes"]}, follow=True)
    user = Subscriber.objects.get(user_id="nina.roux@exemple.fr")
    assert (user.site.name, user.extension) == ("Nantes", "305")
    assert visitors.messages(answer) == ["L’utilisateur Nina Roux a été ajouté au site Nantes."]
    assert holders.audited(Act.ADD) == [("Nina Roux", "", "nina.roux@exemple.fr")]


@pytest.mark.parametrize(
    ("changes", "field", "said"),
    [
        ({"user_id": "nina"}, "user_id", "Saisissez un identifiant de la forme nom@exemple.fr."),
        ({"extension": "1"}, "extension", "Saisissez de 2 à 8 chiffres."),
        ({"extension": "12a"}, "extension", "Saisissez de 2 à 8 chiffres."),
        ({"last_name": ""}, "last_name", "obligatoire"),
        ({"user_id": "taken"}, "user_id", "Cet identifiant est déjà utilisé."),
        ({"extension": "201"}, "extension", "Ce poste interne est déjà utilisé sur le site."),
        ({"site": "Nice"}, "site", "Sélectionnez"),
    ],
)
def test_bad_input_is_said_beside_the_field(
    world: World, made: holders.Made, changes: dict[str, str], field: str, said: str
) -> None:
    taken = {"taken": of(made, "Nice").user_id.upper()}
    sent = DETAILS | changes
    sent["user_id"] = taken.get(sent["user_id"], sent["user_id"])
    sent["site"] = world.places[sent.get("site", "Paris")]
    count = Subscriber.objects.count()
    answer = visitors.visitor(world["A"]).post(f"{LIST}add/", sent)
    assert said in pages.described_by(answer, field)
    assert pages.form(answer)["first_name"] == ["Nina"]
    assert Subscriber.objects.count() == count


UNLIKE = ["\u0130" * 200 + "@example.com", "\u212aarine@exemple.fr", "ren\u00e9@exemple.fr"]


@pytest.mark.parametrize("path", [f"{LIST}add/", LIST + "{pk}/", "/quick/user/"])
@pytest.mark.parametrize("user_id", UNLIKE)
def test_a_user_id_that_lowering_changes_is_refused(
    world: World, made: holders.Made, path: str, user_id: str
) -> None:
    """Of some letters two come when they are lowered, of others one of ASCII."""
    client, place, before = visitors.visitor(world["N"]), world.places["Paris"], stored_ids()
    client.post("/sites/chosen/", {"site": place})
    url = path.format(pk=of(made, "Paris").pk)
    sent = DETAILS | {"site": place, "at": place, "version": 1, "user_id": user_id}
    answer = client.post(url, sent)
    said = "Saisissez un identifiant de la forme nom@exemple.fr."
    assert answer.context["form"].errors == {"user_id": [said]}
    assert said in pages.described_by(answer, "user_id")
    assert stored_ids() == before


def test_the_act_refuses_it_whoever_calls_it(world: World, made: holders.Made) -> None:
    details, before = DETAILS | {"user_id": UNLIKE[0]}, stored_ids()
    with pytest.raises(BadUserId):
        add_user(world.site("Paris"), details, by=world["N"])
    with pytest.raises(BadUserId):
        edit_user(of(made, "Paris"), details, by=world["N"], version=1)
    assert stored_ids() == before


def test_a_user_id_stored_in_capitals_does_not_stand_in_its_own_way(
    world: World, made: holders.Made
) -> None:
    user, client = of(made, "Paris"), visitors.visitor(world["N"])
    Subscriber.objects.filter(pk=user.pk).update(user_id=user.user_id.upper())
    url = f"{LIST}{user.pk}/"
    assert client.post(url, pages.form(client.get(url), last_name="Roux")).status_code == 302
    assert of(made, "Paris").user_id == user.user_id.lower()


def test_editing(world: World, made: holders.Made) -> None:
    user, client = of(made, "Paris"), visitors.visitor(world["N"])
    url = f"{LIST}{user.pk}/"
    form = pages.form(client.get(url), last_name="Roux", extension="")
    assert client.post(url, form).status_code == 302
    edited = of(made, "Paris")
    assert (edited.last_name, edited.extension, edited.user_id) == ("Roux", "", user.user_id)
    assert holders.audited(Act.EDIT) == [
        (str(edited), "Dupont Paris", "Roux"), (str(edited), "201", ""),
    ]  # fmt: skip
    found = client.get(f"{LIST}?q=roux")
    assert list(map(str, visitors.columns(found, "site"))) == ["Paris"]


def test_the_page_of_a_user_says_what_they_have(world: World, made: holders.Made) -> None:
    equip(made, "Paris")
    user, client = of(made, "Paris"), visitors.visitor(world["N"])
    page = client.get(f"{LIST}{user.pk}/")
    assert user.station.code in visitors.words(page)
    assert "01 99 01 23 45" in visitors.words(page)
    assert f"/assignments/devices/{user.devices.get().pk}/" in visitors.links(page)
    free = client.get(f"{LIST}{Subscriber.objects.get(site__name='Nantes').pk}/")
    assert "01 99 01 23 45" not in visitors.words(free)


@pytest.mark.parametrize(("email", "shown"), [("", False), ("x@exemple.fr", True)])
def test_an_email_is_shown_where_it_differs(
    world: World, made: holders.Made, email: str, shown: bool
) -> None:
    user = of(made, "Metz")
    Subscriber.objects.filter(pk=user.pk).update(email=email or user.user_id)
    page = visitors.visitor(world["X"]).get(f"{LIST}?q=metz")
    assert ("mailto:" in page.content.decode()) is shown
    assert "@<wbr>exemple.<wbr>fr" in page.content.decode()
    row = holders.exported(visitors.visitor(world["X"]).get(f"{LIST}?q=metz&export=csv"))[1]
    assert row[1:3] == [email or user.user_id, user.user_id]


def test_editing_into_what_is_taken_changes_nothing(world: World, made: holders.Made) -> None:
    other = Subscriber.objects.create(
        site=world.site("Paris"), first_name="Max", last_name="Petit", user_id="max@exemple.fr",
        extension="333",
    )  # fmt: skip
    url, client = f"{LIST}{of(made, 'Paris').pk}/", visitors.visitor(world["N"])
    for field, value in (("extension", "333"), ("user_id", other.user_id)):
        answer = client.post(url, pages.form(client.get(url), **{field: value}))
        assert "déjà utilisé" in pages.described_by(answer, field)
    assert (of(made, "Paris").extension, holders.audited(Act.EDIT)) == ("201", [])
