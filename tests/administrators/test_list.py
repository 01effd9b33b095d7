"""The list of administrators: everybody below and nobody else (rule 4; ATTACKS 17, 28, 29)."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from administrators.models import Administrator
from administrators.states import State
from permissions import rules
from permissions.features import FeatureCode
from tests import factories, visitors
from tests.world import World

URL = "/administrators/"
BELOW = {
    "R": "A S Z B N T D S1 C M W V", "A": "B N T D C M W V", "B": "C", "C": "", "S": "S1",
    "X": "Y",
}  # fmt: skip


def shown(world: World, who: str = "A", **asked: Any) -> list[str]:
    """Who is on the page that `who` asks for, in its order."""
    response = visitors.visitor(world[who]).get(URL, {"per_page": 100, **asked})
    assert response.status_code == 200
    return [world.name_of(row.record.pk) for row in response.context["table"].paginated_rows]


def named(world: World, who: str, **names: str) -> None:
    """Give somebody other names, as saving them would."""
    person = world[who]
    for field, value in names.items():
        setattr(person, field, value)
    person.save()


@pytest.mark.parametrize("who", ["R", "A", "B", "C", "S", "X"])
def test_all_below_and_only_those(world: World, who: str) -> None:
    assert set(shown(world, who)) == set(BELOW[who].split())


def test_never_the_own_name_in_the_table(world: World) -> None:
    assert "A" not in shown(world, "A")


def test_an_empty_list_says_so(world: World) -> None:
    page = visitors.visitor(world["C"]).get(URL)
    assert "Aucun administrateur pour le moment." in visitors.words(page)


def test_the_count_is_that_of_those_below(world: World) -> None:
    page = visitors.visitor(world["A"]).get(URL)
    assert "Affichage 1 à 8 de 8 entrées" in visitors.words(page)


def test_so_is_the_count_of_what_a_filter_finds(world: World) -> None:
    page = visitors.visitor(world["A"]).get(URL, {"state": "active", "per_page": 100})
    count = len(visitors.columns(page, "username"))
    assert f"Affichage 1 à {count} de {count} entrées" in visitors.words(page)


@pytest.mark.parametrize(
    "query",
    ["elodie", "ÉLODIE", "élodie", "e\u0301lodie", "FRANÇOIS", "francois", "elodie francois",
     "e.francois@exemple.fr", "  elodie\t", "\u200belodie"],
)  # fmt: skip
def test_search_ignores_case_and_accents(world: World, query: str) -> None:
    named(world, "B", first_name="Élodie", last_name="François", email="E.Francois@exemple.fr")
    assert shown(world, q=query) == ["B"]


@pytest.mark.parametrize("field", ["first_name", "middle_name", "last_name", "email"])
def test_search_reads_names_and_email(world: World, field: str) -> None:
    named(world, "N", **{field: "zéphyrin@exemple.fr"})
    assert shown(world, q="ZEPHYRIN@exemple") == ["N"]


def test_search_reads_usernames(world: World) -> None:
    named(world, "N")
    assert shown(world, q="USER-N") == ["N"]


@pytest.mark.parametrize("query", ["%", "_", "\\", "'", '"', "%%", "user_b", "\\%", "' OR 1=1 --"])
def test_search_is_literal(world: World, query: str) -> None:
    assert shown(world, q=query) == []


@pytest.mark.parametrize("sign", ["%", "_", "\\", "'", '"'])
def test_search_finds_the_sign_itself(world: World, sign: str) -> None:
    named(world, "B", last_name=f"Le{sign}Goff")
    assert shown(world, q=f"le{sign}g") == ["B"]


@pytest.mark.parametrize("query", ["\0", "user\0b", "x" * 100_000, "a " * 50_000])
def test_absurd_searches_are_answered(world: World, query: str) -> None:
    response = visitors.visitor(world["A"]).get(URL, {"q": query})
    assert response.status_code == 200


def test_no_result_repeats_what_was_searched(world: World) -> None:
    page = visitors.visitor(world["A"]).get(URL, {"q": "<b>rien</b>"})
    assert "Aucun résultat pour «\u202f<b>rien</b>\u202f»." in page.context["table"].empty_text
    assert "<b>rien" not in page.content.decode()


def test_nobody_out_of_scope_is_found(world: World) -> None:
    assert shown(world, q="user-s") == []


def in_each_state(world: World) -> dict[State, str]:
    """Five people, one in each state."""
    hour, owing = timedelta(hours=1), {"must_change_password": True}
    fields: dict[str, dict[str, Any]] = {
        "M": owing | {"password_expires_at": None},
        "W": owing | {"password_expires_at": timezone.now() - hour},
    }
    for who, values in fields.items():
        Administrator.objects.filter(pk=world.people[who]).update(**values)
    return {State.ACTIVE: "B", State.DISABLED: "D", State.OWED: "T", State.EXPIRED: "W",
            State.MAIL_PENDING: "M"}  # fmt: skip


FRENCH = {
    State.ACTIVE: "Actif", State.DISABLED: "Désactivé", State.OWED: "Mot de passe à changer",
    State.EXPIRED: "Mot de passe expiré", State.MAIL_PENDING: "E-mail en attente",
}  # fmt: skip


@pytest.mark.parametrize("state", State)
def test_the_filter_by_state(world: World, state: State) -> None:
    who = in_each_state(world)[state]
    expected = {"B", "N", "C", "V"} if state is State.ACTIVE else {who}
    assert set(shown(world, state=state.value)) == expected


@pytest.mark.parametrize("state", State)
def test_each_state_is_said_in_words(world: World, state: State) -> None:
    in_each_state(world)
    page = visitors.visitor(world["A"]).get(URL, {"state": state.value})
    cells = visitors.columns(page, "state")
    assert {" ".join(visitors.TAG.sub(" ", cell).split()) for cell in cells} == {FRENCH[state]}


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ({"parent": "B"}, "C"), ({"parent": "A"}, "B N T D"), ({"site": "Lille"}, "B D V"),
        ({"feature": "reports"}, "B"), ({"site": "Paris", "feature": "notes"}, "B N C M"),
        ({"parent": "B", "site": "Lille"}, ""),
    ],
)  # fmt: skip
def test_filters(world: World, asked: dict[str, str], expected: str) -> None:
    ids = {"parent": world.people, "site": world.places}
    query = {name: ids[name][value] if name in ids else value for name, value in asked.items()}
    assert set(shown(world, **query)) == set(expected.split())


def test_a_feature_that_the_reader_lacks_is_looked_for_in_nobody(world: World) -> None:
    """Nobody below can hold it."""
    lacked = min(set(FeatureCode) - rules.held_features(world["A"]))
    client = visitors.visitor(world["A"])
    for code, looked in ((FeatureCode.MANAGE_ADMINISTRATORS, True), (lacked, False)):
        with CaptureQueriesContext(connection) as queries:
            client.get(URL, {"feature": code})
        asked = [query["sql"] or "" for query in queries]  # of a plan that is kept nothing is told
        assert any(f"'{code}'" in sql for sql in asked) is looked, code


def test_only_parents_in_scope_are_offered(world: World) -> None:
    page = visitors.visitor(world["A"]).get(URL)
    assert set(visitors.options(page, "parent")) == {str(world[who]) for who in "ABNTD"}


def test_only_open_sites_held_are_offered(world: World) -> None:
    page = visitors.visitor(world["A"]).get(URL)
    assert set(visitors.options(page, "site")) == {"Paris", "Lyon", "Lille", "Nantes"}


def test_fifty_sites_are_offered(world: World) -> None:
    factories.more_sites(world["X"], 48)
    page = visitors.visitor(world["X"]).get(URL)
    assert len(visitors.options(page, "site")) == 50
    assert "nombreux sites" not in visitors.words(page)


def test_of_many_sites_the_one_of_the_header_is_offered(world: World) -> None:
    sites, client = factories.more_sites(world["X"], 49), visitors.visitor(world["X"])
    page = client.get(URL, {"sort": "username"})
    assert visitors.options(page, "site") == []
    assert "Vous disposez de nombreux sites : choisissez-en un d’abord." in visitors.words(page)
    assert "/sites/choose/?next=%2Fadministrators%2F%3Fsort%3Dusername" in visitors.links(page)
    client.post("/sites/chosen/", {"site": sites[7].pk})
    assert visitors.options(client.get(URL), "site") == [sites[7].name]


def test_of_many_sites_any_one_held_may_stand_in_the_address(world: World) -> None:
    factories.more_sites(world["X"], 49)
    assert shown(world, "X", site=world.places["Metz"]) == ["Y"]
    assert shown(world, "X", site=world.places["Dijon"]) == []
    page = visitors.visitor(world["X"]).get(URL, {"site": world.places["Paris"]})
    assert visitors.options(page, "site") == []


@pytest.mark.parametrize(
    ("name", "value"),
    [("parent", "R"), ("parent", "S"), ("parent", "X"), ("parent", "SU"), ("parent", "C"),
     ("site", "Nice"), ("site", "Rennes"), ("site", "Metz")],
)  # fmt: skip
def test_ids_out_of_scope_act_like_unknown_ones(world: World, name: str, value: str) -> None:
    known = {"parent": world.people, "site": world.places}[name][value]
    client = visitors.visitor(world["A"])
    there, unknown = (_asked(client, name, pk) for pk in (known, 987654321))
    assert there == unknown


def _asked(client: Client, name: str, pk: int) -> str:
    """The page without the filter that was asked, which stands in its links."""
    page = visitors.body(client.get(URL, {name: pk}))
    return page.replace(f"{name}={pk}", "").replace(f"{name}%3D{pk}", "")


@pytest.mark.parametrize(
    "asked",
    [{"sort": "password"}, {"sort": "-is_superuser"}, {"sort": "1.5"},
     {"sort": "parent.password"}, {"sort": "parent__password"},
     {"sort": "\0"}, {"page": "0"}, {"page": "-1"}, {"page": "99999999999999999999"},
     {"page": "abc"}, {"page": "last"}, {"per_page": "abc"}, {"per_page": "-5"},
     {"per_page": "1000000"}, {"per_page": "0"}, {"state": "nobody"}, {"feature": "root"},
     {"feature": "\0"}, {"parent": "abc"}, {"site": "\0"}, {"site": "9" * 40},
     {"is_superuser": "1"}, {"parent__enterprise": "2"}],
    ids=str,
)  # fmt: skip
def test_what_is_not_offered_is_clamped_or_ignored(world: World, asked: dict[str, str]) -> None:
    response = visitors.visitor(world["A"]).get(URL, asked)
    assert response.status_code == 200
    rows = [world.name_of(row.record.pk) for row in response.context["table"].paginated_rows]
    assert set(rows) == set(BELOW["A"].split())


@pytest.mark.parametrize(("asked", "size"), [("10", 10), ("25", 25), ("7", 10), ("1000000", 10)])
def test_sizes_of_a_page(world: World, asked: str, size: int) -> None:
    factories.children(world["B"], 40)
    page = visitors.visitor(world["B"]).get(URL, {"per_page": asked})
    assert len(page.context["table"].paginated_rows) == size
    assert f"Affichage 1 à {size} de 41 entrées" in visitors.words(page)


@pytest.mark.parametrize(
    ("number", "first"), [("5", 41), ("6", 41), ("0", 1), ("-3", 1), ("2", 11)]
)
def test_a_page_that_is_not_there_is_the_nearest(world: World, number: str, first: int) -> None:
    factories.children(world["B"], 40)
    answer = visitors.visitor(world["B"]).get(URL, {"page": number})
    assert f"Affichage {first} à {min(first + 9, 41)} de 41 entrées" in visitors.words(answer)


@pytest.mark.parametrize(
    ("sort", "expected"),
    [("name", "B C D M N T V W"), ("-name", "W V T N M D C B"), ("username", "B C D M N T V W"),
     ("-username", "W V T N M D C B")],
)  # fmt: skip
def test_sorting(world: World, sort: str, expected: str) -> None:
    assert shown(world, sort=sort) == expected.split()
