"""A recording is found by all that its row shows: the reference, and who was recorded."""

from typing import Any

import pytest
from django.test import Client

from permissions.features import FeatureCode as F
from portal.filters import recordings
from sites.models import Recording, Subscriber
from tests import visitors
from tests.portal import lists
from tests.world import World

URL = "/recordings/"


@pytest.fixture
def world(furnished: World) -> World:
    return furnished


@pytest.fixture
def client(world: World) -> Client:
    return visitors.visitor(lists.holder(world, F.CALL_RECORDING, sites="Paris Lyon"))


def of(site: str) -> Recording:
    return Recording.objects.get(site__name=site)


def found(client: Client, query: str) -> list[str]:
    return sorted(str(site) for site in lists.shown(client, URL, "site", q=query))


@pytest.fixture(params=["few", "many"])
def amount(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Many users of one name are looked for in another way."""
    if request.param == "many":
        monkeypatch.setattr(recordings, "FEW", 0)


@pytest.mark.parametrize(
    ("query", "sites"),
    [
        ("Léa", ["Lyon", "Paris"]), ("dupont LYON", ["Lyon"]), ("lea paris", ["Paris"]),
        ("Metz", []), ("personne", []), ("lea personne", []),
    ],
)  # fmt: skip
def test_by_the_name_of_the_user(
    client: Client, amount: None, query: str, sites: list[str]
) -> None:
    assert found(client, query) == sites


def test_each_row_once_and_by_its_own_user(client: Client, amount: None) -> None:
    one = of("Paris")
    same: dict[str, Any] = {"site": one.site, "at": one.at, "number": one.number, "seconds": 1}
    Recording.objects.create(reference="SANS-PERSONNE", **same)
    Recording.objects.create(reference="DUPONT-1", subscriber=one.subscriber, **same)
    assert found(client, "dupont") == ["Lyon", "Paris", "Paris"]
    assert found(client, "sans-personne") == ["Paris"]


@pytest.mark.parametrize("query", ["secret", "prive.exemple"])
def test_nobody_guesses_an_email_that_is_not_shown(
    client: Client, amount: None, query: str
) -> None:
    user = Subscriber.objects.get(site__name="Paris")
    user.email = "secret@prive.exemple"
    user.save()
    assert found(client, query) == []


@pytest.mark.parametrize("as_file", ["csv", "xlsx"])
def test_the_reference_stands_in_the_list_and_in_the_file(client: Client, as_file: str) -> None:
    references = lists.shown(client, URL, "reference")
    assert set(references) == {of(site).reference for site in ("Paris", "Lyon")}
    head, *rows = lists.rows_of(client, URL, as_file)
    assert head[-1] == "Référence"
    assert [row[-1] for row in rows] == references


@pytest.mark.parametrize("query", ["\u0301", "\u200d"])
def test_what_is_no_word_narrows_nothing(client: Client, query: str) -> None:
    Recording.objects.filter(site__name="Lyon").update(subscriber=None)
    assert found(client, query) == ["Lyon", "Paris"]


def test_the_users_are_looked_for_once(client: Client) -> None:
    plain = lists.queries(lambda: client.get(URL))
    assert lists.queries(lambda: client.get(URL, {"q": "dupont"})) <= plain + 1
