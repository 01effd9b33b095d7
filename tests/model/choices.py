"""Who does what to whom: mostly what may be done, deep in a chain, and hostile things among it."""

from collections.abc import Callable, Collection
from typing import Any

from hypothesis import strategies as st

from permissions.features import FeatureCode
from tests.model.reference import STAFF
from tests.model.reference_passwords import Reference

Data = Any
UNKNOWN_SITES = {"nowhere"}
UNKNOWN_FEATURES = {"everything", "MANAGE_ADMINISTRATORS"}
FEATURES = set(FeatureCode.values) | UNKNOWN_FEATURES


def one_of(data: Data, items: Collection[str], label: str) -> str:
    return data.draw(st.sampled_from(list(items)), label=label)


def some_of(data: Data, items: Collection[str], label: str, most: int = 3) -> set[str]:
    if not items:
        return set()
    return data.draw(st.sets(st.sampled_from(sorted(items)), max_size=most), label=label)


def rarely(data: Data, label: str, one_in: int = 8) -> bool:
    """Never when hypothesis makes a failure small."""
    return data.draw(st.integers(0, one_in - 1), label=label) == one_in - 1


def able(model: Reference, name: str) -> bool:
    """Whether nothing but the target can stand in their way."""
    return model.refusal(name) == ""


def managers(model: Reference) -> list[str]:
    """Those who can act on somebody now; all, if nobody can."""
    found = [
        name
        for name, one in model.people.items()
        if able(model, name) and one.sessions and model.below(name)
    ]
    return found or list(model.people)


def _child(model: Reference, actor: str) -> list[str]:
    return [name for name in model.below(actor) if model.people[name].parent == actor]


def _middle(model: Reference, actor: str) -> list[str]:
    """Below the actor, with a chain below them."""
    return [name for name in model.below(actor) if len(model.below(name)) > 1]


def _deepest(model: Reference, actor: str) -> list[str]:
    return sorted(model.below(actor), key=lambda name: -len(model.ancestors(name)))[:2]


def _beside(model: Reference, actor: str) -> list[str]:
    """Siblings and theirs, and those of the ancestors."""
    family = {actor, *model.below(actor), *model.ancestors(actor)}
    mine = model.people[actor].enterprise
    everybody = model.people.items()
    return [name for name, one in everybody if one.enterprise == mine and name not in family]


def _abroad(model: Reference, actor: str) -> list[str]:
    mine = model.people[actor].enterprise
    return [name for name, one in model.people.items() if one.enterprise != mine]


TARGETS: dict[str, Callable[[Reference, str], list[str]]] = {
    "below": lambda model, actor: model.below(actor),
    "child": _child,
    "middle": _middle,
    "deepest": _deepest,
    "oneself": lambda model, actor: [actor],
    "ancestor": lambda model, actor: model.ancestors(actor),
    "beside": _beside,
    "abroad": _abroad,
    "staff": lambda model, actor: [STAFF],
    "nobody": lambda model, actor: ["nobody"],
}
LIKELY = ["below", "child", "middle", "middle", "deepest"] * 3
HOSTILE = ["oneself", "ancestor", "beside", "abroad", "staff", "nobody"]


def pair(data: Data, model: Reference) -> tuple[str, str]:
    """An actor and a target."""
    if rarely(data, "anybody"):
        actor = one_of(data, [*model.people, STAFF], "actor")
        return actor, one_of(data, [*model.people, STAFF], "target")
    unable = [name for name in model.people if not able(model, name) and model.below(name)]
    if unable and rarely(data, "unable", 5):
        actor = one_of(data, unable, "actor")
        return actor, one_of(data, model.below(actor), "target")
    actor = one_of(data, managers(model), "actor")
    kind = one_of(data, LIKELY + HOSTILE, "kind")
    found = TARGETS[kind](model, actor) or model.below(actor) or model.people
    return actor, one_of(data, found, "target")


def session_of(data: Data, model: Reference, name: str) -> int:
    """One in which they are signed in, or any."""
    if name == STAFF:
        return 0  # they came in once
    known = model.people[name].sessions
    if not known or rarely(data, "any session"):
        return data.draw(st.sampled_from([0, 1]), label="session")
    return data.draw(st.sampled_from(sorted(known)), label="session")


def version_of(data: Data, model: Reference, name: str) -> int:
    """The present one, or that of a page shown long ago."""
    present = model.people[name].version if name in model.people else 1
    return present + (data.draw(st.sampled_from([-1, 1])) if rarely(data, "stale") else 0)


def sites_to_add(data: Data, model: Reference, target: str) -> set[str]:
    parent = model.people[target].parent if target in model.people else None
    offered = model.held(parent) if parent else set(model.sites)
    if rarely(data, "any site", 4):
        offered = set(model.sites) | UNKNOWN_SITES
    return some_of(data, offered, "add")


def features_to_add(data: Data, model: Reference, target: str) -> set[str]:
    parent = model.people[target].parent if target in model.people else None
    offered = model.people[parent].features if parent else set(FeatureCode.values)
    if rarely(data, "any feature", 4):
        offered = FEATURES
    return some_of(data, offered, "add")


def to_remove(data: Data, held: Collection[str], every: Collection[str]) -> set[str]:
    """Mostly one thing that is held."""
    return some_of(data, every if rarely(data, "any thing") else held, "remove", most=1)


def forged(data: Data, fields: dict[str, str]) -> dict[str, str]:
    if not rarely(data, "forged", 5):
        return {}
    return {name: fields[name] for name in some_of(data, fields, "fields", most=6)}


def in_a_chain(data: Data, model: Reference) -> tuple[str, str]:
    """An actor and somebody below who has people below; else any two."""
    long = [name for name in managers(model) if _middle(model, name)]
    if not long:
        return pair(data, model)
    actor = one_of(data, long, "actor")
    return actor, one_of(data, _middle(model, actor), "target")


def held_below(data: Data, model: Reference, target: str, kind: str) -> set[str]:
    """One thing, mostly one that somebody below holds too."""
    if target not in model.people:
        return set()
    below = [getattr(model.people[name], kind) for name in model.below(target)]
    things = set().union(*below) or getattr(model.people[target], kind)
    return {one_of(data, sorted(things), "taken")} if things else set()


def of_state(data: Data, model: Reference, wanted: Callable[[Any], bool]) -> tuple[str, str]:
    """Somebody in that state, and an ancestor; else any two."""
    found = [name for name in model.people if wanted(model.people[name]) and model.ancestors(name)]
    if not found or rarely(data, "anybody"):
        return pair(data, model)
    target = one_of(data, found, "target")
    return one_of(data, model.ancestors(target), "actor"), target
