"""An extension stands once at a site, whether a user has it or a service."""

from typing import Any

import pytest

from permissions.models import Act
from sites.models import Service, Subscriber
from tests import pages, visitors
from tests.portal import holders
from tests.world import World

USERS, SERVICES = "/assignments/users/", "/services/"
SAID = "Ce poste interne est déjà utilisé sur le site."
NINA = {"first_name": "Nina", "last_name": "Roux", "user_id": "nina@exemple.fr", "email": ""}


@pytest.fixture
def made(furnished: World) -> holders.Made:
    """At each site a user has 201 and a service 700."""
    made = holders.settle(furnished)
    Service.objects.update(extension="700")
    return made


def sent(world: World, made: holders.Made, url: str, extension: str, site: str) -> Any:
    """The form of that page, with that extension."""
    client, place = visitors.visitor(world["N"]), world.places[site]
    service = {"kind": "conference", "name": "Salle"}
    forms = {
        f"{USERS}add/": NINA | {"site": place},
        "/quick/user/": NINA | {"at": place},
        f"{SERVICES}add/": service | {"site": place},
    }
    if url == "/quick/user/":
        client.post("/sites/chosen/", {"site": place})
    typed = forms.get(url) or pages.form(client.get(url))
    return client.post(url, typed | {"extension": extension})


def address(made: holders.Made, path: str) -> str:
    ids = {kind: made["Paris"][kind].pk for kind in ("subscriber", "service")}
    return path.format(**ids)


EACH = [
    (f"{USERS}add/", "201"), (f"{USERS}add/", "700"), ("/quick/user/", "201"),
    ("/quick/user/", "700"), (f"{SERVICES}add/", "201"), (f"{SERVICES}add/", "700"),
    (USERS + "{subscriber}/", "700"), (SERVICES + "{service}/edit/", "201"),
]  # fmt: skip


@pytest.mark.parametrize(("path", "taken"), EACH)
def test_what_the_site_has_is_refused_beside_the_field(
    world: World, made: holders.Made, path: str, taken: str
) -> None:
    before = list(Subscriber.objects.values()), list(Service.objects.values())
    answer = sent(world, made, address(made, path), taken, "Paris")
    assert SAID in pages.described_by(answer, "extension")
    assert (list(Subscriber.objects.values()), list(Service.objects.values())) == before
    assert (holders.audited(Act.ADD), holders.audited(Act.EDIT)) == ([], [])


@pytest.mark.parametrize("path", sorted({path for path, _taken in EACH}))
def test_another_site_may_have_it(world: World, made: holders.Made, path: str) -> None:
    Subscriber.objects.filter(site__name="Nantes").update(extension="888")
    assert sent(world, made, address(made, path), "888", "Paris").status_code == 302


@pytest.mark.parametrize("path", sorted({path for path, _taken in EACH}))
def test_none_is_never_taken(world: World, made: holders.Made, path: str) -> None:
    Subscriber.objects.update(extension="")
    Service.objects.update(extension="")
    assert sent(world, made, address(made, path), "", "Paris").status_code == 302


def test_what_two_have_already_hinders_no_other_change(world: World, made: holders.Made) -> None:
    """A file may have brought the same one twice."""
    Service.objects.update(extension="201")
    client = visitors.visitor(world["N"])
    for path, change in (
        (USERS + "{subscriber}/", "last_name"),
        (SERVICES + "{service}/edit/", "name"),
    ):
        url = address(made, path)
        assert client.post(url, pages.form(client.get(url), **{change: "Autre"})).status_code == 302
