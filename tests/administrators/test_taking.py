"""Before something is taken from people below as well, the page says what, and from whom."""

from typing import Any

import pytest
from django.http import HttpResponse

from administrators import consequences
from permissions import delegation, rules
from permissions.features import FeatureCode
from sites.models import Site
from tests import pages, visitors
from tests.world import World

# who edits whom, on which screen, what is unticked; who loses what by it
TAKEN = [
    pytest.param("A", "B", "sites", "Lyon", "B:Lyon C:Lyon", id="a site"),
    pytest.param("R", "A", "features", "reports", "A:reports B:reports", id="a feature"),
    pytest.param("R", "S", "sites", "*", "S:* S1:*", id="all sites"),
]


def unticked(world: World, page: HttpResponse, what: str) -> dict[str, Any]:
    """The page's form without that tick."""
    typed = pages.form(page)
    if what == "*":
        del typed["all_sites"]
    elif what in world.places:
        typed["picker-tick"].remove(str(world.places[what]))
    else:
        typed["features"].remove(what)
    return typed


def address(world: World, target: str, section: str) -> str:
    return f"/administrators/{world.people[target]}/{section}/"


@pytest.mark.parametrize(("actor", "target", "section", "what", "lost"), TAKEN)
def test_what_others_lose_too_is_said_first(
    world: World, actor: str, target: str, section: str, what: str, lost: str
) -> None:
    client, url = visitors.visitor(world[actor]), address(world, target, section)
    before, rows = world.grants(), visitors.everything()
    page = client.post(url, unticked(world, client.get(url), what))
    assert page.status_code == 200
    assert visitors.everything() == rows
    losing = {item.split(":")[0] for item in lost.split()} - {target}
    assert {person.pk for person, *_lost in page.context["losing"]} == {
        world.people[n] for n in losing
    }
    assert client.post(url, pages.form(page)).status_code == 302
    assert before - world.grants() == set(lost.split())


def test_more_people_than_were_announced_are_asked_about_again(world: World) -> None:
    """A gives the feature to two more while R reads that one loses it."""
    client, url = visitors.visitor(world["R"]), address(world, "A", "features")
    asked = client.post(url, unticked(world, client.get(url), "reports"))
    for name in ("N", "T"):
        delegation.change_features(world[name], add=["reports"], by=world["A"])
    again = client.post(url, pages.form(asked))
    assert again.context["losing_count"] == asked.context["losing_count"] + 2
    assert "reports" in rules.held_features(world["A"])
    assert client.post(url, pages.form(again)).status_code == 302
    assert "reports" not in rules.held_features(world["N"])


def test_it_says_who_loses_what_and_what_is_given(world: World) -> None:
    client, url = visitors.visitor(world["R"]), address(world, "A", "features")
    typed = unticked(world, client.get(url), "reports")
    given = min(set(FeatureCode) - {*typed["features"], "reports"})
    typed["features"].append(given)
    page = client.post(url, typed)
    assert page.context["losing"][0][1].endswith("\u202f: Rapports")
    assert page.context["given"] == [str(FeatureCode(given).label)]


def test_of_many_sites_the_first_are_named(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(consequences, "SHOWN_TAKEN", 1)
    client, url = visitors.visitor(world["R"]), address(world, "A", "sites")
    typed = pages.form(client.get(url))
    typed["picker-tick"] = []
    page = client.post(url, typed)
    count = page.context["more_taken"]
    assert len(page.context["taken"]) == 1
    held = [one for one in world.grants() if one.startswith("A:") and one[2:] in world.places]
    assert count == len(held) - 1 > 1
    assert f"et {count} autres" in visitors.words(page)


def test_a_closed_site_is_not_taken_and_tells_nothing(world: World) -> None:
    """C holds it too: no page says so, and nobody loses it, whatever is sent."""
    Site.objects.filter(name="Lyon").update(is_open=False)
    client, url = visitors.visitor(world["A"]), address(world, "B", "sites")
    before, typed = world.grants(), pages.form(client.get(url))
    answer = client.post(url, typed | {"picker-removed": world.places["Lyon"]}, follow=True)
    assert visitors.messages(answer) == ["Aucun changement à enregistrer."]
    assert world.grants() == before


def test_what_nobody_below_holds_is_taken_at_once(world: World) -> None:
    before = world.grants()
    client, url = visitors.visitor(world["A"]), address(world, "B", "sites")
    answer = client.post(url, unticked(world, client.get(url), "Lille"))
    assert answer.status_code == 302
    assert before - world.grants() == {"B:Lille"}
