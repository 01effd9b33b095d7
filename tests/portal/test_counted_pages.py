"""What stands around a page, and what lists do not count, for everybody of the world."""

from dataclasses import replace

import pytest

from administrators.models import Administrator
from permissions.features import FeatureCode
from permissions.scopes import OPENED_BY, scope_of
from portal import frame
from sites import paging, prepared
from sites.models import Site
from tests import factories, visitors
from tests.portal.around import AROUND, counted_around
from tests.world import World


@pytest.mark.parametrize(("cap", "said"), [(3, "3+"), (4, "2"), (10, "2")])
def test_closed_sites_are_not_counted_unless_there_are_too_many(
    world: World, monkeypatch: pytest.MonkeyPatch, cap: int, said: str
) -> None:
    """A holds four sites, of which two are closed."""
    Site.objects.filter(name__in=["Lyon", "Lille"]).update(is_open=False)
    monkeypatch.setattr(paging, "CAP", cap)
    page = visitors.visitor(world["R"]).get("/administrators/?q=user-a")
    assert visitors.columns(page, "sites") == [said]


def test_carrier_staff_have_nobody_below(world: World) -> None:
    factories.superuser("su2")
    assert not Administrator.objects.listed_below(world["SU"]).exists()
    assert set(Administrator.objects.listed_below(world["X"])) == {world["Y"]}


def test_features_that_no_frame_asks_for_keep_no_query(world: World) -> None:
    scope = scope_of(world["R"])
    frame.frame_of(scope)
    kept = len(prepared._prepared)
    frame.frame_of(replace(scope, features=scope.features - {FeatureCode.NOTES}))
    assert len(prepared._prepared) == kept


@pytest.mark.parametrize("closed", [False, True])
@pytest.mark.parametrize("site", ["", "Paris", "Nice"])
def test_what_is_counted_is_what_is_read(furnished: World, closed: bool, site: str) -> None:
    if closed:
        Site.objects.filter(name="Lyon").update(is_open=False)
    for name in furnished.people:
        chosen = furnished.places[site] if site else None
        scope = replace(scope_of(furnished[name]), site=chosen)
        counting = scope.counting()
        for model, opened in OPENED_BY.items():
            by = min(opened)
            assert set(counting.of(model, by)) == set(scope.of(model, by)), (name, model)
        held = set(counting.held().values_list("content_object", flat=True))
        assert held == set(scope.everywhere().sites().values_list("pk", flat=True))


@pytest.mark.parametrize("page", AROUND)
@pytest.mark.parametrize("site", ["", "Paris", "Nice"])
def test_what_stands_around_a_page_is_what_is_read(furnished: World, page: str, site: str) -> None:
    Site.objects.filter(name="Lyon").update(is_open=False)
    chosen, paris = furnished.places[site] if site else None, furnished.places["Paris"]
    scopes = [replace(scope_of(furnished[name]), site=chosen) for name in furnished.people]
    found = [counted_around(scope, page, paris) for scope in scopes]
    assert any(found)
