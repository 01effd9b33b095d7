"""«Historique»: what was done, as far as its reader may see it."""

import re
from datetime import UTC, datetime
from io import BytesIO
from typing import Any
from unittest.mock import patch

import pytest
from django.http import HttpResponse
from django.urls import reverse
from openpyxl import load_workbook

from administrators import services
from administrators.own import update_own_details
from administrators.views import history as views_of_history
from permissions import audit, delegation, places, querysets
from permissions.errors import OutOfScope, StaleVersion
from permissions.models import Act, AuditEntry
from tests.visitors import columns, visitor, words
from tests.world import World

TAKEN = "Retrait d’un droit"


def history(world: World, reader: str, of: str = "", **query: Any) -> HttpResponse:
    url = reverse("administrator_history", args=[world[of].pk]) if of else reverse("history")
    return visitor(world[reader]).get(url, query)


def take(world: World, site: str, from_: str, by: str) -> None:
    delegation.change_sites(world[from_], remove=[world.places[site]], by=world[by])


def rows(answer: HttpResponse) -> set[tuple[str, ...]]:
    names = ("who", "act", "target_name", "what", "change")
    return set(zip(*(columns(answer, name) for name in names), strict=True))


def test_an_edit_is_told_with_before_and_after(world: World) -> None:
    services.update_details(world["B"], {"city": "Lille"}, by=world["A"])
    assert rows(history(world, "A")) == {
        (str(world["A"]), "Modification", str(world["B"]), "Ville", "— → Lille")
    }


def test_a_cascade_names_from_whom_the_site_was_taken(world: World) -> None:
    take(world, "Lyon", from_="B", by="A")
    a, b, c = (str(world[name]) for name in "ABC")
    assert rows(history(world, "A")) == {
        (a, TAKEN, b, "Lyon", ""),
        (a, TAKEN, c, "Lyon", f"Retiré à la suite du retrait chez {b}"),
    }


def test_a_grandparent_and_a_lost_site_are_not_named_to_who_may_not_see_them(world: World) -> None:
    take(world, "Lyon", from_="A", by="R")
    above, outside = "Un administrateur placé au-dessus de vous", "un site hors de votre périmètre"
    parent = f"Retiré à la suite du retrait chez {world['A']}"
    assert rows(history(world, "B")) == {(above, TAKEN, str(world["C"]), outside, parent)}


@pytest.mark.parametrize("reader", ["S", "Z", "X", "C", "N"])
def test_nobody_reads_of_people_outside_their_scope(world: World, reader: str) -> None:
    services.update_details(world["B"], {"city": "Lille"}, by=world["A"])
    answer = history(world, reader)
    manages = reader in {"S", "X", "C"}
    assert answer.status_code == (200 if manages else 403)
    assert "→ Lille" not in words(answer)


@pytest.mark.parametrize("target", ["A", "R", "S", "X", "SU"])
def test_a_history_out_of_scope_does_not_exist(world: World, target: str) -> None:
    assert history(world, "A", of=target).status_code == 404


def test_a_history_is_of_those_below_and_not_of_oneself(world: World) -> None:
    services.update_details(world["A"], {"city": "Lille"}, by=world["R"])
    services.update_details(world["B"], {"city": "Brest"}, by=world["A"])
    assert columns(history(world, "A"), "target_name") == [str(world["B"])]


@pytest.mark.parametrize("reader", ["R", "A"])
def test_a_history_is_of_the_branch_and_not_of_the_carrier(world: World, reader: str) -> None:
    for name in "RABZX":
        services.update_details(world[name], {"city": "Brest"}, by=world["SU"])
    places.edit_enterprise(world.enterprises["E"], {"city": "Brest"}, by=world["SU"])
    audit.record(Act.REFUSED, by=world["A"], to=world["SU"])
    below = {"R": "ABZ", "A": "B"}[reader]
    shown = columns(history(world, reader), "target_name")
    assert sorted(shown) == sorted(str(world[name]) for name in below)


def test_the_history_of_a_person_is_theirs_alone(world: World) -> None:
    for name in "BC":
        services.update_details(world[name], {"city": "Brest"}, by=world["A"])
    assert columns(history(world, "A", of="B"), "target_name") == [str(world["B"])]


def test_a_refused_attempt_says_nothing_more(world: World) -> None:
    visitor(world["B"]).post(reverse("administrator_disable", args=[world["X"].pk]))
    delegation.change_sites(world["C"], by=world["B"])
    with pytest.raises(OutOfScope):
        delegation.change_sites(world["B"], by=world["S"])
    refused = rows(history(world, "A", act="refused"))
    assert {row[1:] for row in refused} == {("Tentative refusée", str(world["B"]), "", "")}


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({}, {"B", "C", "N"}),
        ({"person": "user-b"}, {"B"}),
        ({"act": "revoke"}, {"B", "C"}),
        ({"site": "Lyon"}, {"B", "C"}),
        ({"feature": "reports"}, {"N"}),
        ({"since": "2999-01-01"}, set()),
        ({"until": "1999-01-01"}, set()),
        ({"since": "yesterday", "act": "nonsense"}, {"B", "C", "N"}),
    ],
)
def test_filters(world: World, query: dict[str, str], found: set[str]) -> None:
    take(world, "Lyon", from_="B", by="A")
    delegation.change_features(world["N"], add=["reports"], by=world["A"])
    if "site" in query:
        query = {"site": str(world.places[query["site"]])}
    answer = history(world, "A", **query)
    assert {row[2] for row in rows(answer)} == {str(world[name]) for name in found}


def test_a_site_not_held_is_no_filter(world: World) -> None:
    answer = history(world, "A", site=world.places["Nice"])
    assert answer.context["filter"].applied() == []


def test_the_export_holds_what_the_page_holds(world: World) -> None:
    take(world, "Lyon", from_="B", by="A")
    services.update_details(world["B"], {"city": "=1+1"}, by=world["A"])
    answer = visitor(world["A"]).get(reverse("history_export"), {"act": "edit"})
    lines = b"".join(answer.streaming_content).decode("utf-8-sig").splitlines()
    assert (
        lines[0]
        == "Date;Auteur;Action;Personne;Élément;Avant → après;Nom d’utilisateur de l’auteur"
    )
    assert len(lines) == 2
    assert re.fullmatch(r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d", lines[1].split(";")[0])
    assert lines[1].split(";")[1:] == [
        str(world["A"]), "Modification", str(world["B"]), "Ville", "— → =1+1", "user-a",
    ]  # fmt: skip
    assert AuditEntry.objects.filter(act=Act.EXPORT, actor=world["A"]).count() == 1


def test_the_export_as_a_spreadsheet_holds_the_same(world: World) -> None:
    services.update_details(world["B"], {"city": "Lille"}, by=world["A"])
    assert "export=xlsx" in str(history(world, "A").content)
    answer = visitor(world["A"]).get(reverse("history_export"), {"export": "xlsx"})
    _head, row = load_workbook(BytesIO(b"".join(answer.streaming_content))).active.values
    assert isinstance(row[0], datetime)
    assert row[1:] == (
        str(world["A"]),
        "Modification",
        str(world["B"]),
        "Ville",
        "— → Lille",
        "user-a",
    )


@pytest.mark.parametrize("few", [0, 1_000], ids=["many", "few"])
@pytest.mark.parametrize(
    ("reader", "query", "found"),
    [
        ("A", "user-a", "BC"), ("A", "USER-B", "BC"), ("B", "user-a", "C"), ("R", "user-a", "BC"),
        ("C", "user-b", ""), ("B", "user-r", ""), ("A", "user-r", "NC"), ("A", "exemple.fr", ""),
        ("A", "durand", "BCN"), ("A", "user-c", "C"),
    ],
)  # fmt: skip
def test_a_person_is_found_by_name_as_who_did_it_too(
    world: World, monkeypatch: pytest.MonkeyPatch, reader: str, query: str, found: str, few: int
) -> None:
    """By a name that the reader may know, and not by what all emails share.

    Few people are asked first, many are not.
    """
    monkeypatch.setattr(querysets, "FEW", few)
    services.update_details(world["C"], {"city": "Lille"}, by=world["B"])
    services.update_details(world["C"], {"city": "Metz"}, by=world["A"])
    services.update_details(world["B"], {"city": "Lille"}, by=world["A"])
    for name in "NC":
        services.update_details(world[name], {"city": "Brest"}, by=world["R"])
    answer = history(world, reader, person=query)
    assert {row[2] for row in rows(answer)} == {str(world[name]) for name in found}


def test_an_export_of_many_chunks_has_each_entry_once(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The newest first; of those of one moment, the last that was written."""
    monkeypatch.setattr(views_of_history, "CHUNK", 2)
    at, later = (datetime(2026, 1, day, tzinfo=UTC) for day in (1, 2))
    cities = {"Brest": later, "Caen": at, "Dijon": at, "Lyon": at, "Metz": at, "Nice": later}
    for city, moment in cities.items():
        with patch("django.utils.timezone.now", return_value=moment):
            services.update_details(world["B"], {"city": city}, by=world["A"])
    answer = visitor(world["A"]).get(reverse("history_export"))
    _head, *lines = b"".join(answer.streaming_content).decode("utf-8-sig").splitlines()
    order = [line.split(";")[5].rsplit(" ", 1)[1] for line in lines]
    assert order == ["Nice", "Brest", "Metz", "Lyon", "Dijon", "Caen"]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({"since": "2026-07-02", "until": "2026-07-02"}, ["Dijon", "Caen"]),
        ({"since": "2026-07-03"}, ["Lyon"]),
        ({"until": "2026-07-01"}, ["Brest"]),
        ({"since": "0001-01-01", "until": "9999-12-31"}, ["Lyon", "Dijon", "Caen", "Brest"]),
    ],
)
def test_days_are_those_of_the_clock_in_paris(
    world: World, query: dict[str, str], found: list[str]
) -> None:
    """In July midnight in Paris is 22:00 in Greenwich."""
    moments = {
        "Brest": datetime(2026, 7, 1, 21, 59, 59, tzinfo=UTC),
        "Caen": datetime(2026, 7, 1, 22, tzinfo=UTC),
        "Dijon": datetime(2026, 7, 2, 21, 59, 59, tzinfo=UTC),
        "Lyon": datetime(2026, 7, 2, 22, tzinfo=UTC),
    }
    for city, moment in moments.items():
        with patch("django.utils.timezone.now", return_value=moment):
            services.update_details(world["B"], {"city": city}, by=world["A"])
    changes = columns(history(world, "A", **query), "change")
    assert [change.rsplit(" ", 1)[1] for change in changes] == found


def test_the_export_is_of_those_below(world: World) -> None:
    for target, actor in (("A", "R"), ("S", "R"), ("Y", "X"), ("B", "A")):
        services.update_details(world[target], {"city": "Brest"}, by=world[actor])
    answer = visitor(world["A"]).get(reverse("history_export"))
    _head, *lines = b"".join(answer.streaming_content).decode("utf-8-sig").splitlines()
    assert [line.split(";")[3] for line in lines] == [str(world["B"])]


def test_a_formula_in_a_cell_is_defused(world: World) -> None:
    name = world["B"]
    services.update_details(name, {"first_name": "=cmd()"}, by=world["A"])
    answer = visitor(world["A"]).get(reverse("history_export"))
    text = b"".join(answer.streaming_content).decode("utf-8-sig")
    assert ";=cmd()" not in text


def test_nobody_acts_under_the_name_of_another(world: World) -> None:
    """A calls themselves as R, acts, and takes their own name again: their child, too, is told."""
    own, lent = str(world["A"]), str(world["R"])
    named = {"first_name": world["R"].first_name, "last_name": world["R"].last_name}
    before = {name: getattr(world["A"], name) for name in named}
    update_own_details(world["A"], named, by=world["A"], version=1)
    services.update_details(world["C"], {"city": "Lille"}, by=world["A"])
    update_own_details(world["A"], before, by=world["A"], version=2)
    for reader in ("R", "B"):
        answer = history(world, reader, act="edit", person="user-c")
        assert columns(answer, "who")[0] == f"{lent} (aujourd’hui\u202f: {own})"
    answer = visitor(world["R"]).get(reverse("history_export"), {"person": "user-c"})
    _head, line = b"".join(answer.streaming_content).decode("utf-8-sig").splitlines()
    assert line.endswith(";user-a")


def test_the_username_above_is_not_told(world: World) -> None:
    """A child knows the name of its parent, not what the parent signs in with."""
    services.update_details(world["C"], {"city": "Lille"}, by=world["A"])
    answer = visitor(world["B"]).get(reverse("history_export"))
    _head, line = b"".join(answer.streaming_content).decode("utf-8-sig").splitlines()
    assert line.split(";")[1:] == [
        str(world["A"]), "Modification", str(world["C"]), "Ville", "— → Lille", "",
    ]  # fmt: skip


def test_a_page_too_old_is_no_misconduct(world: World) -> None:
    with pytest.raises(StaleVersion):
        services.update_details(world["B"], {"city": "Lille"}, by=world["A"], version=0)
    assert columns(history(world, "R"), "what") == ["Page trop ancienne"]


def test_names_survive(world: World) -> None:
    old = str(world["B"])
    services.update_details(world["B"], {"city": "Lille"}, by=world["A"])
    services.update_details(world["B"], {"first_name": "Zoé"}, by=world["A"])
    assert old in columns(history(world, "A"), "target_name")


def test_a_name_of_ever_so_many_words_finds_nobody(world: World) -> None:
    """One sign of Arabic is folded to four words; a database takes so many conditions."""
    answer = visitor(world["R"]).get("/administrators/history/", {"person": "\ufdfa" * 200})
    assert answer.status_code == 200
    assert list(answer.context["table"].rows) == []
