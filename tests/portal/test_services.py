"""«Services avancés» and «Liste par service»: services of the 12 kinds, and their members."""

import pytest
from django.test import Client
from openpyxl import load_workbook

from permissions.models import Act
from portal.forms.fields import service_label
from sites.models import PhoneNumber, Recording, Service, ServiceMember, Subscriber
from sites.templatetags.phones import phone
from tests import pages, visitors
from tests.portal import holders
from tests.world import World

LIST, BY_SERVICE = "/services/", "/assignments/services/"
LISTS = [LIST, BY_SERVICE]


@pytest.fixture
def made(furnished: World) -> holders.Made:
    return holders.settle(furnished)


def of(made: holders.Made, site: str) -> Service:
    return Service.objects.get(pk=made[site]["service"].pk)


def user_at(world: World, site: str) -> Subscriber:
    return Subscriber.objects.create(
        site=world.site(site), first_name="Max", last_name="Petit", user_id=f"m@{site}.fr"
    )


@pytest.mark.parametrize(("active", "said"), [(True, ""), (False, ", inactif")])
def test_one_that_is_switched_off_says_so_where_it_is_offered(active: bool, said: str) -> None:
    service = Service(name="Accueil", kind="hunt_group", is_active=active)
    assert service_label(service) == f"Accueil (Groupe de recherche{said})"


@pytest.mark.parametrize("url", LISTS)
@pytest.mark.parametrize(("who", "sites"), holders.SEEN.items())
def test_each_sees_their_own(
    world: World, made: holders.Made, url: str, who: str, sites: set[str]
) -> None:
    page = visitors.visitor(world[who]).get(url)
    assert sorted(map(str, visitors.columns(page, "site"))) == sorted(sites)


@pytest.mark.parametrize(("who", "site"), holders.OUT_OF_SCOPE)
@pytest.mark.parametrize("path", ["{service}/", "{service}/edit/", "{service}/members/add/",
                                  "members/{servicemember}/remove/"])  # fmt: skip
def test_out_of_scope_is_missing(
    world: World, made: holders.Made, who: str, site: str, path: str
) -> None:
    client, user = visitors.visitor(world[who]), user_at(world, site)
    ids = {kind: made[site][kind].pk for kind in ("service", "servicemember")}
    url = LIST + path.format(**ids)
    before = list(Service.objects.values()), list(ServiceMember.objects.values())
    assert client.get(url).status_code == 404
    if not path.endswith("{service}/"):
        assert client.post(url, {"to": user.pk, "name": "Autre"}).status_code == 404
    assert (list(Service.objects.values()), list(ServiceMember.objects.values())) == before


PATHS = ["", "add/", "{service}/", "{service}/edit/", "{service}/members/add/",
         "members/{servicemember}/remove/"]  # fmt: skip


@pytest.mark.parametrize("path", PATHS)
def test_other_features_do_not_open_it(furnished: World, path: str) -> None:
    made = holders.settle(furnished, "user_assignments", "orders")
    ids = {kind: made["Paris"][kind].pk for kind in ("service", "servicemember")}
    client = visitors.visitor(furnished["A"])
    assert client.get(LIST + path.format(**ids)).status_code == 403
    assert client.post(LIST + path.format(**ids)).status_code == 403


@pytest.mark.parametrize("code", holders.FEATURES)
def test_either_feature_opens_the_list_by_service(furnished: World, code: str) -> None:
    holders.hold(furnished, code)
    page = visitors.visitor(furnished["N"]).get(BY_SERVICE)
    assert sorted(map(str, visitors.columns(page, "site"))) == ["Nantes", "Paris"]


def test_neither_feature_opens_nothing(furnished: World) -> None:
    holders.hold(furnished, "orders", "sip_trunking")
    assert visitors.visitor(furnished["A"]).get(BY_SERVICE).status_code == 403


def test_the_kinds_with_their_counts(world: World, made: holders.Made) -> None:
    Service.objects.filter(pk=of(made, "Paris").pk).update(kind="conference")
    page = visitors.visitor(world["A"]).get(LIST)
    counts = {value: count for value, _label, count in page.context["kinds"]}
    assert len(counts) == 12
    assert {kind: count for kind, count in counts.items() if count} == {
        "hunt_group": 3, "conference": 1,
    }  # fmt: skip
    assert "Groupe de recherche (3)" in visitors.words(page)
    narrowed = visitors.visitor(world["A"]).get(f"{LIST}?kind=conference")
    assert list(map(str, visitors.columns(narrowed, "site"))) == ["Paris"]
    assert {value: count for value, _l, count in narrowed.context["kinds"]} == counts


@pytest.mark.parametrize(
    ("query", "found"),
    [("q=accueil lyon", {"Lyon"}), ("active=False", {"Nice"}), ("q=inconnu", set())],
)
def test_filters(world: World, made: holders.Made, query: str, found: set[str]) -> None:
    Service.objects.filter(pk=of(made, "Nice").pk).update(is_active=False)
    for url in LISTS:
        page = visitors.visitor(world["R"]).get(f"{url}?{query}")
        assert sorted(map(str, visitors.columns(page, "site"))) == sorted(found)


def test_the_columns(world: World, made: holders.Made) -> None:
    service, number = of(made, "Metz"), made["Metz"]["phonenumber"]
    PhoneNumber.objects.filter(pk=number.pk).update(service=service)
    client = visitors.visitor(world["X"])
    start = ["Accueil Metz", "Groupe de recherche", "Metz", "", phone(number.number)]
    row = holders.exported(client.get(f"{LIST}?q=metz&export=csv"))[1]
    assert row == [*start, "1", "Actif"]
    row = holders.exported(client.get(f"{BY_SERVICE}?q=metz&export=csv"))[1]
    assert row == [*start, "Léa Dupont Metz"]


@pytest.mark.parametrize("url", LISTS)
def test_exports_are_the_list(world: World, made: holders.Made, url: str, tmp_path: object) -> None:
    client, url = visitors.visitor(world["A"]), f"{url}?sort=-name"
    shown = visitors.columns(client.get(url), "name")
    rows = holders.exported(client.get(f"{url}&export=csv"))
    assert [row[0] for row in rows[1:]] == shown
    book = tmp_path / "services.xlsx"
    book.write_bytes(b"".join(client.get(f"{url}&export=xlsx").streaming_content))
    assert [row[0].value for row in list(load_workbook(book).active.rows)[1:]] == shown


def test_as_many_queries_for_thirty_rows(world: World, made: holders.Made) -> None:
    client, site = visitors.visitor(world["X"]), world.site("Metz")
    PhoneNumber.objects.filter(pk=made["Metz"]["phonenumber"].pk).update(service=of(made, "Metz"))
    urls = [f"{LIST}?per_page=50", f"{BY_SERVICE}?per_page=50", f"{LIST}{of(made, 'Metz').pk}/"]
    before = [holders.queries(client, url) for url in urls]
    for n in range(30):
        service = Service.objects.create(site=site, kind="conference", name=f"Salle {n}")
        PhoneNumber.objects.create(site=site, number=f"+33199011{n:03}", service=service)
        user = Subscriber.objects.create(
            site=site, first_name="Max", last_name=f"N{n}", user_id=f"max{n}@exemple.fr"
        )
        for one in (service, of(made, "Metz")):
            ServiceMember.objects.create(site=site, service=one, subscriber=user)
    assert [holders.queries(client, url) for url in urls] == before


def add(client: Client, world: World, **changes: object) -> object:
    form = {"site": world.places["Paris"], "kind": "conference", "name": "Salle", "extension": ""}
    return client.post(f"{LIST}add/", form | changes, follow=True)


def test_adding(world: World, made: holders.Made) -> None:
    answer = add(visitors.visitor(world["N"]), world)
    service = Service.objects.get(name="Salle")
    assert (service.site.name, service.kind, service.is_active) == ("Paris", "conference", True)
    assert visitors.messages(answer) == ["Le service Salle a été ajouté au site Paris."]
    assert holders.audited(Act.ADD) == [("Salle", "", "Conférence")]


@pytest.mark.parametrize(
    ("changes", "field", "said"),
    [
        ({"name": " "}, "name", "obligatoire"),
        ({"kind": "autre"}, "kind", "Sélectionnez"),
        ({"extension": "1"}, "extension", "Saisissez de 2 à 8 chiffres."),
        ({"extension": "abc-é"}, "extension", "Saisissez de 2 à 8 chiffres."),
        ({"site": "999999"}, "site", "Sélectionnez"),
        ({"kind": "hunt_group", "name": "Accueil Paris"}, "name", "porte déjà ce nom"),
    ],
)
def test_bad_input_is_said_beside_the_field(
    world: World, made: holders.Made, changes: dict[str, str], field: str, said: str
) -> None:
    count = Service.objects.count()
    answer = add(visitors.visitor(world["A"]), world, **changes)
    assert said in pages.described_by(answer, field)
    assert Service.objects.count() == count


def test_editing(world: World, made: holders.Made) -> None:
    service, client = of(made, "Paris"), visitors.visitor(world["N"])
    Service.objects.create(site=service.site, kind=service.kind, name="Standard")
    url = f"{LIST}{service.pk}/edit/"
    form = pages.form(client.get(url))
    answer = client.post(url, form | {"name": "Standard"})
    assert "porte déjà ce nom" in pages.described_by(answer, "name")
    assert holders.audited(Act.EDIT) == []
    del form["is_active"]
    form["confirmed"] = "on"
    assert client.post(url, form | {"name": "Hall", "extension": "900"}).status_code == 302
    edited = of(made, "Paris")
    assert (edited.name, edited.extension, edited.is_active) == ("Hall", "900", False)
    assert [item for item, *_ in holders.audited(Act.EDIT)] == ["Hall"] * 3
    assert ("Hall", "Accueil Paris", "Hall") in holders.audited(Act.EDIT)


def test_members_come_and_go(world: World, made: holders.Made) -> None:
    service, client = of(made, "Paris"), visitors.visitor(world["N"])
    user, elsewhere = user_at(world, "Paris"), made["Nantes"]["subscriber"]
    url = f"{LIST}{service.pk}/members/add/"
    offered = visitors.columns(client.get(url), "user_id")
    assert offered == [user.user_id]
    assert client.post(url, {"to": elsewhere.pk}).status_code == 404
    answer = client.post(url, {"to": user.pk}, follow=True)
    assert visitors.messages(answer) == [
        "Max Petit fait désormais partie du service «\u202fAccueil Paris\u202f»."
    ]
    again = client.post(url, {"to": user.pk}, follow=True)
    assert visitors.messages(again) == [
        "Cet utilisateur fait déjà partie du service\u202f: rien n’a été modifié."
    ]
    everybody = visitors.words(client.get(url))
    assert "Tous les utilisateurs de ce site en font déjà partie." in everybody
    assert list(service.members.values_list("position", "subscriber__last_name")) == [
        (1, "Dupont Paris"), (2, "Petit"),
    ]  # fmt: skip
    assert holders.audited(Act.ASSIGN) == [("Accueil Paris", "", "Max Petit")]
    page = f"{LIST}members/{service.members.get(subscriber=user).pk}/remove/"
    assert "Retirer Max Petit du service" in visitors.words(client.get(page))
    assert service.members.count() == 2
    assert client.post(page).headers["Location"] == f"{LIST}{service.pk}/"
    assert service.members.count() == 1
    assert holders.audited(Act.UNASSIGN) == [("Accueil Paris", "Max Petit", "")]


def test_after_the_last_position_there_is_always_one(world: World, made: holders.Made) -> None:
    """A file may give any position that the database holds."""
    service = of(made, "Paris")
    service.members.update(position=32_767)
    before = list(service.members.all())
    client = visitors.visitor(world["N"])
    url = f"{LIST}{service.pk}/members/add/"
    assert client.post(url, {"to": user_at(world, "Paris").pk}).status_code == 302
    *earlier, last = service.members.all()
    assert (earlier, str(last.subscriber)) == (before, "Max Petit")


def test_a_site_without_users_is_said_so(world: World, made: holders.Made) -> None:
    site = world.site("Rennes")
    type(site).objects.filter(pk=site.pk).update(is_open=True)
    ServiceMember.objects.filter(site=site).delete()
    url = f"{LIST}{of(made, 'Rennes').pk}/members/add/"
    PhoneNumber.objects.filter(site=site).update(subscriber=None)
    Recording.objects.filter(site=site).delete()
    Subscriber.objects.filter(site=site).delete()
    assert "Personne sur ce site" in visitors.words(visitors.visitor(world["R"]).get(url))


@pytest.mark.parametrize(("code", "linked"), [("services", True), ("user_assignments", False)])
def test_the_list_by_service_leads_to_what_may_be_opened(
    furnished: World, code: str, linked: bool
) -> None:
    made = holders.settle(furnished, code)
    links = visitors.links(visitors.visitor(furnished["N"]).get(BY_SERVICE))
    assert (f"{LIST}{of(made, 'Paris').pk}/" in links) is linked


def test_a_service_shows_its_own_members_alone(world: World, made: holders.Made) -> None:
    page = visitors.visitor(world["A"]).get(f"{LIST}{of(made, 'Lyon').pk}/")
    assert "Léa Dupont Lyon" in visitors.words(page)
    assert "Léa Dupont Paris" not in visitors.words(page)


@pytest.mark.parametrize(("kind", "offered"), [("pickup", True), ("music_on_hold", False)])
def test_members_are_added_to_what_has_members(
    world: World, made: holders.Made, kind: str, offered: bool
) -> None:
    service = of(made, "Paris")
    Service.objects.filter(pk=service.pk).update(kind=kind)
    page = visitors.visitor(world["R"]).get(f"/services/{service.pk}/")
    assert (f"/services/{service.pk}/members/add/" in visitors.links(page)) == offered


def test_nobody_is_added_where_nobody_belongs(world: World, made: holders.Made) -> None:
    service, user = of(made, "Paris"), user_at(world, "Paris")
    Service.objects.filter(pk=service.pk).update(kind="music_on_hold")
    url = f"/services/{service.pk}/members/add/"
    page = visitors.visitor(world["R"]).post(url, {"to": user.pk}, follow=True)
    assert visitors.messages(page) == ["Personne ne fait partie d’un service de ce type."]
    assert not user.memberships.exists()
