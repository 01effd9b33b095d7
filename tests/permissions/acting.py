"""What an act on the world changed: the exact grants, and the trace it left."""

from collections import Counter
from collections.abc import Callable
from typing import Any

from administrators.models import Administrator, OutgoingMail
from permissions import delegation
from permissions.models import Act, AuditEntry
from sites.models import Site
from tests.world import World


def change(world: World, actor: str, target: str, **how: Any) -> delegation.Changed:
    """One of the two acts: with `features`, or else with sites, as words ("Paris Lyon")."""
    if "features" in how or "without" in how:
        return delegation.change_features(
            world[target],
            add=how.pop("features", "").split(),
            remove=how.pop("without", "").split(),
            by=world[actor],
            **how,
        )
    for key in {"add", "remove"} & set(how):
        how[key] = world.ids(how[key])
    return delegation.change_sites(world[target], by=world[actor], **how)


def difference(world: World, act: Callable[[], Any]) -> tuple[set[str], set[str]]:
    """Which grants came and which went."""
    before = world.grants()
    act()
    after = world.grants()
    return after - before, before - after


def trace(world: World, act: Act) -> Counter[str]:
    """The audit's rows of one kind, as "A:Paris", counted."""
    places = {f"site:{pk}": name for pk, name in Site.objects.values_list("pk", "name")}
    return Counter(
        f"{world.name_of(entry.target_id)}:{_item(places, item)}"
        for entry in AuditEntry.objects.filter(act=act)
        for item in entry.items
    )


def refusals(world: World) -> list[tuple[str, str]]:
    """Who was refused, on whom."""
    rows = AuditEntry.objects.filter(act=Act.REFUSED)
    return [(world.name_of(one.actor_id), world.name_of(one.target_id)) for one in rows]


def state(world: World) -> tuple[Any, ...]:
    """All that a refused act must leave as it was."""
    people = Administrator.objects.order_by("pk").values_list("pk", "version", "is_active")
    return world.grants(), list(people), OutgoingMail.objects.count()


def _item(places: dict[str, str], item: str) -> str:
    if item == "all_sites":
        return "*"
    return places.get(item) or item.removeprefix("feature:")
