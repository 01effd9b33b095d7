"""«Historique»: several sites that were given or taken at once are one line."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from administrators.views import history as views_of_history
from permissions import delegation
from permissions.models import AuditEntry
from sites.models import Site
from tests import factories
from tests.administrators.test_history import history
from tests.visitors import columns, visitor, words
from tests.world import World


def take(world: World, sites: str, from_: str, by: str) -> None:
    delegation.change_sites(world[from_], remove=world.ids(sites), by=world[by])


def told(world: World, reader: str, **query: object) -> dict[str, str]:
    """What the history says of each person."""
    answer = history(world, reader, **query)
    return dict(zip(columns(answer, "target_name"), columns(answer, "what"), strict=True))


def exported(world: World, reader: str) -> list[list[str]]:
    """The person and the item of each row of the file."""
    answer = visitor(world[reader]).get(reverse("history_export"))
    _head, *lines = b"".join(answer.streaming_content).decode("utf-8-sig").splitlines()
    return [line.split(";")[3:5] for line in lines]


def test_a_few_are_named(world: World) -> None:
    take(world, "Lyon Lille Paris", from_="B", by="A")
    assert told(world, "A") == {
        str(world["B"]): "Lille, Lyon, Paris",
        str(world["C"]): "Lyon, Paris",
    }


def test_those_that_the_reader_does_not_hold_are_counted(world: World) -> None:
    take(world, "Lyon Lille", from_="A", by="R")
    assert told(world, "R")[str(world["B"])] == "Lille, Lyon"
    assert told(world, "A")[str(world["B"])] == "2 sites hors de votre périmètre"
    delegation.change_sites(world["A"], add=world.ids("Lyon"), by=world["R"])
    assert told(world, "A")[str(world["B"])] == "Lyon, un site hors de votre périmètre"


def test_of_many_some_are_named(world: World) -> None:
    """Those that come first by name; none that the reader does not hold."""
    sites = factories.more_sites(world["R"], 1_200)
    delegation.change_sites(world["A"], add=[site.pk for site in sites[:1_100]], by=world["R"])
    delegation.change_sites(world["B"], add=[site.pk for site in sites[:1_100]], by=world["R"])
    count, names = told(world, "A")[str(world["B"])].split(", dont ")
    assert count == "1\xa0100 sites"
    assert len(names.split(", ")) == 5
    assert names == ", ".join(sorted(names.split(", ")))
    delegation.change_sites(world["A"], remove=[site.pk for site in sites], by=world["R"])
    assert set(told(world, "A", act="revoke").values()) == {"1\xa0100 sites"}


def test_the_site_that_was_asked_for_is_named(world: World) -> None:
    """However far it stands among the others."""
    sites = [site.pk for site in factories.more_sites(world["R"], 300)]
    for name in "AB":
        delegation.change_sites(world[name], add=sites, by=world["R"])
    last = Site.objects.get(pk=sites[-1])
    line = told(world, "A", site=last.pk, act="grant")[str(world["B"])]
    assert line.split(", ")[1] == f"dont {last.name}"
    assert len(line.split(", ")) == 6


def test_a_site_that_is_not_offered_is_not_asked_for(world: World) -> None:
    """«07» chooses nothing, so nothing is said of site 7 where it was not taken."""
    take(world, "Lyon Lille Paris", from_="B", by="A")
    lines = told(world, "A", site=f"0{world.places['Lille']}", act="revoke")
    assert lines[str(world["C"])] == "Lyon, Paris"


def test_names_are_those_of_that_day(world: World) -> None:
    take(world, "Lyon Lille", from_="B", by="A")
    Site.objects.filter(name="Lyon").update(name="Lugdunum")
    assert told(world, "A")[str(world["B"])] == "Lille, Lyon"


@pytest.mark.parametrize(
    ("site", "found"), [("Lyon", "BC"), ("Lille", "B"), ("Paris", "BC"), ("Nantes", "")]
)
def test_a_site_is_found_among_several(world: World, site: str, found: str) -> None:
    take(world, "Lyon Lille Paris", from_="B", by="A")
    answer = history(world, "A", site=world.places[site], act="revoke")
    assert {*columns(answer, "target_name")} == {str(world[name]) for name in found}


def test_a_number_within_another_is_no_site(world: World) -> None:
    short, *others = 5_550, 55_501, 15_550, 155_505
    for pk in (short, *others):
        Site.objects.create(pk=pk, enterprise=world.enterprises["E"], name=f"S{pk}")
    factories.hold(world["R"], Site.objects.filter(name__startswith="S"))
    delegation.change_sites(world["A"], add=[short, *others], by=world["R"])
    delegation.change_sites(world["B"], add=others, by=world["A"])
    delegation.change_sites(world["A"], remove=[short, *others], by=world["R"])
    answer = history(world, "R", site=short, act="revoke")
    assert columns(answer, "target_name") == [str(world["A"])]


def test_a_file_has_a_row_for_each_site(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whether they are read in one batch or in several."""
    take(world, "Lyon Lille Paris", from_="A", by="R")
    delegation.change_sites(world["A"], add=world.ids("Lyon"), by=world["R"])
    outside = "un site hors de votre périmètre"
    expected = {
        "B": ["Lyon", outside, outside], "C": ["Lyon", outside], "N": [outside], "M": [outside],
        "T": ["Lyon"], "W": ["Lyon"], "D": [outside], "V": [outside],
    }  # fmt: skip
    rows = sorted([str(world[name]), item] for name, items in expected.items() for item in items)
    assert sorted(exported(world, "A")) == rows
    monkeypatch.setattr(views_of_history, "SITES_AT_ONCE", 3)
    assert sorted(exported(world, "A")) == rows
    everything = sorted(item for _person, item in exported(world, "R"))
    assert everything.count("Paris") == 5


def test_a_page_takes_as_many_queries_for_any_number(world: World) -> None:
    sites = factories.more_sites(world["R"], 300)
    delegation.change_sites(world["A"], add=[site.pk for site in sites], by=world["R"])
    counts = []
    for amount in (2, 300):
        delegation.change_sites(world["B"], add=[one.pk for one in sites[:amount]], by=world["A"])
        with CaptureQueriesContext(connection) as queries:
            history(world, "A")
        counts.append(len(queries))
    assert counts[0] == counts[1]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("lille", "B"), ("Paris", "BC"), ('"Paris"', "BC"), ("user-b paris", "B"),
        ("user-c lille", ""), ("lille nantes", ""), ("site:{Lille}", "B"), ("site:{Lyon}", "BC"),
        ("%", ""), ("site:", ""), ("site:²", ""),
    ],
)  # fmt: skip
def test_the_carrier_searches_by_names_and_ids(world: World, query: str, found: str) -> None:
    take(world, "Paris Lyon Lille", from_="B", by="A")
    query = query.format(**world.places)
    answer = visitor(world["SU"]).get("/admin/permissions/auditentry/", {"q": query})
    entries = answer.context["cl"].result_list
    assert {entry.target for entry in entries} == {world[name] for name in found}


def test_the_carrier_reads_all_names(world: World) -> None:
    take(world, "Lyon Lille", from_="B", by="A")
    entry = AuditEntry.objects.get(item="sites:2")
    page = visitor(world["SU"]).get(f"/admin/permissions/auditentry/{entry.pk}/change/")
    assert "Lille, Lyon" in words(page)
