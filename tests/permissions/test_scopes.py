"""Site AND feature: what of the inventory each person may read, against plain sets (rule 1)."""

from dataclasses import replace

import pytest
from django.apps import apps

from permissions import scopes
from permissions.errors import OutOfScope
from permissions.features import FeatureCode
from permissions.scopes import OPENED_BY, Scope, scope_of
from sites.models import Placed
from tests.world import CLOSED, PEOPLE, SITES, STATE, World

HELD = {
    name: (set((SITES[enterprise] if sites == "*" else sites).split()) - {CLOSED}, features.split())
    for name, enterprise, _parent, sites, features in PEOPLE
}
PAIRS = [(model, feature) for model in OPENED_BY for feature in FeatureCode]
OPENING = [(model, feature) for model, feature in PAIRS if feature in OPENED_BY[model]]


@pytest.fixture
def world(furnished: World) -> World:
    return furnished


def expected(name: str, model: type[Placed], feature: FeatureCode) -> set[str]:
    sites, features = HELD[name]
    state = STATE.get(name, {})
    may_act = state.get("is_active", True) and not state.get("must_change_password", False)
    return sites if may_act and feature in features else set()


def test_every_model_has_a_rule() -> None:
    placed = {one for one in apps.get_app_config("sites").get_models() if issubclass(one, Placed)}
    assert set(OPENED_BY) == placed


@pytest.mark.parametrize("name", HELD)
def test_site_and_feature(world: World, name: str) -> None:
    scope = scope_of(world[name])
    for model, feature in OPENING:
        found = scope.of(model, feature).values_list("site__name", flat=True)
        assert sorted(found) == sorted(expected(name, model, feature)), (model, feature)


@pytest.mark.parametrize(("model", "feature"), [pair for pair in PAIRS if pair not in OPENING])
def test_no_other_feature_opens_it(world: World, model: type[Placed], feature: FeatureCode) -> None:
    with pytest.raises(ValueError, match=model.__name__):
        scope_of(world["R"]).of(model, feature)


def test_carrier_staff_is_outside(world: World) -> None:
    scope = Scope(world["SU"], frozenset(FeatureCode))
    assert not [model for model, by in OPENING if scope.of(model, by)]


def test_a_chosen_site_narrows_and_opens_nothing(world: World) -> None:
    scope, by = scope_of(world["B"]), FeatureCode.NOTES
    notes = next(model for model in OPENED_BY if model.__name__ == "Note")
    for site, found in {"Paris": ["Paris"], "Nantes": [], "Metz": [], "Rennes": []}.items():
        chosen = replace(scope, site=world.places[site])
        assert list(chosen.of(notes, by).values_list("site__name", flat=True)) == found


@pytest.mark.parametrize(
    ("name", "reached"), [("A", True), ("Z", False), ("X", False), ("D", False)]
)
def test_taking_a_row_asks_again(world: World, name: str, reached: bool) -> None:
    notes = next(model for model in OPENED_BY if model.__name__ == "Note")
    row = notes.objects.get(site__name="Paris")
    if reached:
        assert scopes.take(row, by=world[name], feature=FeatureCode.NOTES) == row
    else:
        with pytest.raises(OutOfScope):
            scopes.take(row, by=world[name], feature=FeatureCode.NOTES)
