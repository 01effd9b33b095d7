"""Giving and taking: how a form, or a call, says what is to change."""

from typing import Any

from tests.model import choices, roads
from tests.model.machine import SideBySide
from tests.model.reference import MANAGE, STAFF


class Giving(SideBySide):
    """What the rules about other people's sites and features share."""

    def session(self, data: Any, actor: str, target: str) -> int | None:
        """A session of the actor's, or None to call the function instead of posting a form."""
        callable_ = actor != STAFF and target in self.portal.people
        unable = callable_ and not choices.able(self.model, actor)
        # A page asks who one is before the act can: who may not act calls it as often as not.
        if callable_ and choices.rarely(data, "called", 2 if unable else 6):
            return None
        return choices.session_of(data, self.model, actor)

    def act(self, data: Any, act: str, actor: str, target: str, what: dict[str, Any]) -> None:
        what["version"] = choices.version_of(data, self.model, target)
        self.do(data, act, actor, target, self.session(data, actor, target), what)

    def do(self, data: Any, act: str, actor: str, target: str, session: Any, what: Any) -> None:
        what["forged"] = choices.forged(data, roads.FORGED)
        self.perform(act, actor, target, session, what)

    def give_features(
        self, data: Any, actor: str, target: str, add: set[str], remove: set[str]
    ) -> None:
        what = {"add": add, "remove": remove, "shown": self.features_of(target)}
        what["confirmed"] = not choices.rarely(data, "unconfirmed", 6)
        what["version"] = choices.version_of(data, self.model, target)
        session = self.session(data, actor, target)
        self.do(data, "change_features", actor, target, session, what)

    def give_sites(
        self, data: Any, actor: str, target: str, add: set[str], remove: set[str], ticked: Any
    ) -> None:
        """`ticked` is the box "all sites"; None leaves it as it is."""
        one, session = self.model.people.get(target), self.session(data, actor, target)
        if session is not None:
            every = bool(ticked or (ticked is None and one and one.all_sites))
            all_sites = every if one and every != one.all_sites else None
        else:
            every = all_sites = ticked
        what = {"add": set() if every else add, "remove": set() if every else remove}
        what |= {"all_sites": all_sites, "ticked_all": every or ticked}
        what |= {"shown": self.sites_of(target)}
        what["confirmed"] = not choices.rarely(data, "unconfirmed", 6)
        what["version"] = choices.version_of(data, self.model, target)
        self.do(data, "change_sites", actor, target, session, what)

    def new_name(self, data: Any) -> str:
        if choices.rarely(data, "taken name"):
            return choices.one_of(data, [*self.model.people, STAFF], "name")
        return f"new{len(self.model.people)}"

    def offered(self, data: Any, actor: str) -> tuple[set[str], set[str]]:
        """Sites and features for a child of the actor; the right to manage, mostly."""
        known = actor in self.model.people
        sites = self.model.held(actor) if known else set()
        features = self.features_of(actor)
        if choices.rarely(data, "any thing", 6):
            sites, features = set(self.model.sites) | choices.UNKNOWN_SITES, choices.FEATURES
        given = choices.some_of(data, features, "features", most=5)
        managing = {MANAGE} & features if not choices.rarely(data, "plain", 4) else set()
        return choices.some_of(data, sites, "sites", most=5), given | managing

    def features_of(self, name: str) -> set[str]:
        return set(self.model.people[name].features) if name in self.model.people else set()

    def sites_of(self, name: str) -> set[str]:
        return self.model.held(name) if name in self.model.people else set()
