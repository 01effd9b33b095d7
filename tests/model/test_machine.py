"""The portal does what the reference model says, whatever is done to it, in whatever order."""

import logging
import os
from random import Random
from typing import Any

import pytest
from django.db import connection
from django.utils import timezone
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import initialize, precondition, rule, run_state_machine_as_test

from administrators.models import Administrator
from tests.model import choices, roads, town
from tests.model.machine import SideBySide
from tests.model.reference import STAFF
from tests.model.tally import tally

LONG = bool(os.environ.get("PORTAL_LONG"))
STEPS = 40
# How many runs: (as always, with --long).
RUNS = {"sqlite": (30, 1500), "postgresql": (6, 1500)}
MOST_SITES = 9  # fewer than a page of the picker


class Machine(SideBySide):
    """Everything that people can do to each other, and what they can try."""

    @initialize(seed=st.integers(0, 2**16))
    def begin(self, seed: int) -> None:
        """Who looks at what after each step; all is alike before the first."""
        self.chance = Random(seed)
        tally.runs += 1

    @rule(data=st.data())
    def create(self, data: Any) -> None:
        actor, _target = choices.pair(data, self.model)
        session = self.session(data, actor, STAFF)
        creator = self.model.people.get(actor)
        ticked = bool(creator and creator.all_sites) and choices.rarely(data, "all sites", 3)
        ticked = ticked or choices.rarely(data, "all sites forged")
        every = ticked and (session is None or bool(creator and creator.all_sites))
        sites, features = self.offered(data, actor)
        what = {
            "name": self.new_name(data),
            "sites": set() if every else sites,
            "features": features,
            "all_sites": every,
            "ticked_all": ticked,
        }
        self.do(data, "create", actor, STAFF, session, what)

    @rule(data=st.data())
    def change_features(self, data: Any) -> None:
        actor, target = choices.pair(data, self.model)
        held = self.features_of(target)
        add = choices.features_to_add(data, self.model, target)
        remove = choices.to_remove(data, held, choices.FEATURES) - add
        self.give_features(data, actor, target, add, remove)

    @rule(data=st.data())
    def take_one_feature_in_the_middle(self, data: Any) -> None:
        actor, target = choices.in_a_chain(data, self.model)
        taken = choices.held_below(data, self.model, target, "features")
        self.give_features(data, actor, target, set(), taken)

    @rule(data=st.data())
    def change_sites(self, data: Any) -> None:
        actor, target = choices.pair(data, self.model)
        add = choices.sites_to_add(data, self.model, target)
        remove = choices.to_remove(data, self.sites_of(target), self.model.sites) - add
        ticked = data.draw(st.sampled_from([None, None, None, True, False]), label="all sites")
        self.give_sites(data, actor, target, add, remove, ticked)

    @rule(data=st.data())
    def take_one_site_in_the_middle(self, data: Any) -> None:
        actor, target = choices.in_a_chain(data, self.model)
        taken = choices.held_below(data, self.model, target, "sites")
        self.give_sites(data, actor, target, set(), taken, False)

    @rule(data=st.data())
    def disable(self, data: Any) -> None:
        actor, target = choices.pair(data, self.model)
        what = {"branch": choices.rarely(data, "branch", 3)}
        self.act(data, "disable", actor, target, what)

    @rule(data=st.data())
    def enable(self, data: Any) -> None:
        actor, target = choices.of_state(data, self.model, lambda one: not one.active)
        self.act(data, "enable", actor, target, {})

    @rule(data=st.data())
    def reset(self, data: Any) -> None:
        actor, target = choices.pair(data, self.model)
        self.act(data, "reset", actor, target, {})

    @precondition(lambda self: any(one.mail_waits for one in self.model.people.values()))
    @rule()
    def deliver(self) -> None:
        found = self.portal.deliver()
        waiting = {name: one for name, one in self.model.people.items() if one.mail_waits}
        assert set(found) == {name for name, one in waiting.items() if one.active}
        self.model.deliver(found)
        for name, password in found.items():
            self.passwords[name].append(password)
        self.sent += len(waiting)
        self.compare("", None)

    @rule(data=st.data())
    def at_the_door(self, data: Any) -> None:
        """Signing in and out, right and wrong; choosing a password; being late."""
        done = [self.sign_in, self.sign_in, self.choose_password, self.sign_out, self.a_day_passes]
        data.draw(st.sampled_from(done), label="what")(data)

    def sign_in(self, data: Any) -> None:
        name = choices.one_of(data, self.model.people, "who")
        self.enter(name, data.draw(st.sampled_from([0, 1])), self.some_password(data, name))

    @precondition(lambda self: any(one.owes for one in self.model.people.values()))
    @rule(data=st.data())
    def sign_in_with_what_was_mailed(self, data: Any) -> None:
        owing = [name for name, one in self.model.people.items() if one.owes]
        name = choices.one_of(data, owing or self.model.people, "who")
        session = data.draw(st.sampled_from([0, 1]))
        self.enter(name, session, self.passwords[name][-1])
        self.choose(name, session, "", self.new_password())

    def choose_password(self, data: Any) -> None:
        name = choices.one_of(data, self.model.people, "who")
        old = self.some_password(data, name)
        new = self.new_password()
        if choices.rarely(data, "bad new one", 4):
            new = data.draw(st.sampled_from([self.passwords[name][-1], "short", old]))
        self.choose(name, choices.session_of(data, self.model, name), old, new)

    def sign_out(self, data: Any) -> None:
        name = choices.one_of(data, self.model.people, "who")
        session = choices.session_of(data, self.model, name)
        live = self.model.live(name, session)
        answer = self.portal.post(name, session, "/sign-out/", {})
        assert answer.status_code == 302
        self.model.people[name].sessions -= {session} if live else set()
        self.compare("", name, None, *([("sign_out", name, name, "")] if live else []))

    def a_day_passes(self, data: Any) -> None:
        late = [n for n, one in self.model.people.items() if one.owes and one.password]
        if not late:
            return
        name = choices.one_of(data, late, "whose password")
        people = Administrator.objects.filter(username=name)
        people.update(password_expires_at=timezone.now())
        self.model.people[name].expired = True
        self.compare("", None)

    @rule(data=st.data())
    def the_carrier(self, data: Any) -> None:
        """Sites that open and close, an enterprise that is suspended for a while."""
        done = [self.add_site, self.close_or_open_site, self.suspend_for_a_while]
        data.draw(st.sampled_from(done), label="what")(data)

    def add_site(self, data: Any) -> None:
        enterprise = choices.one_of(data, sorted(town.SITES), "enterprise")
        name = f"Site {len(self.model.sites)}"
        if list(self.model.sites.values()).count(enterprise) >= MOST_SITES:
            return
        pk = self.portal.enterprises[enterprise].pk
        form = {"enterprise": pk, "name": name, "city": name, "is_open": "on"}
        self.portal.carrier("site/add/", form)
        self.portal.learn_site(name)
        self.model.add_site(name, enterprise)
        row = ("create", STAFF, None, f"site:{self.portal.sites[name]}")
        self.compare("", STAFF, None, row)

    def close_or_open_site(self, data: Any) -> None:
        name = choices.one_of(data, self.model.sites, "site")
        self.model.closed ^= {name}
        pk = self.portal.sites[name]
        box = {} if name in self.model.closed else {"is_open": "on"}
        form = {"name": name, "city": name, **box}
        self.carry(f"site/{pk}/change/", form, ("edit", f"site:{pk}:is_open"))

    def suspend_for_a_while(self, data: Any) -> None:
        name = "east" if choices.rarely(data, "the large one", 5) else "west"
        pk = self.portal.enterprises[name].pk
        for suspended, box in ((True, {}), (False, {"is_active": "on"})):
            self.model.suspend(name) if suspended else self.model.suspended.clear()
            row = ("edit", f"enterprise:{pk}:is_active")
            self.carry(f"enterprise/{pk}/change/", {"name": name, **box}, row)
        able = [one for one in self.model.people if one in town.CHAIN]
        for one in able if name == "east" else []:  # so that something can be done afterwards
            self.enter(one, 0, self.passwords[one][-1])

    # What the rules above share.

    def session(self, data: Any, actor: str, target: str) -> int | None:
        """A session of the actor's, or None to call the function instead of posting a form."""
        callable_ = actor != STAFF and target in self.portal.people
        if callable_ and choices.rarely(data, "called", 6):
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
            parent = one and self.model.people.get(one.parent)
            every = bool(parent and parent.all_sites) and (
                ticked or (ticked is None and one.all_sites)
            )
            all_sites = every if one and every != one.all_sites else None
        else:
            every = all_sites = ticked
        what = {"add": set() if every else add, "remove": set() if every else remove}
        what |= {"all_sites": all_sites, "ticked_all": every or ticked}
        what |= {"shown": self.sites_of(target)}
        what["confirmed"] = not choices.rarely(data, "unconfirmed", 6)
        what["version"] = choices.version_of(data, self.model, target)
        self.do(data, "change_sites", actor, target, session, what)

    def enter(self, name: str, session: int, password: str) -> None:
        why = self.model.sign_in(name, session, password)
        answer = self.portal.sign_in(name, session, password)
        assert roads.answered(answer, why), f"sign-in: {why!r} expected, got {answer!r}"
        rows = {"": [("sign_in", name, name, "")], "wrong": [("sign_in_failed", None, name, "")]}
        self.compare(why, name, None, *rows.get(why, []))

    def choose(self, name: str, session: int, old: str, new: str) -> None:
        why = self.model.choose_password(name, session, old, new)
        form = {"old_password": old, "new_password1": new, "new_password2": new}
        answer = self.portal.post(name, session, "/password/", form)
        assert roads.answered(answer, why), f"password: {why!r} expected, got {answer!r}"
        if not why:
            self.passwords[name].append(new)
        kind = {"": "password", "guess": "sign_in_failed", "guessed too often": "sign_in_failed"}
        rows = [(kind[why], name, name, "")] if why in kind else []
        self.compare(why, name, None, *rows)

    def some_password(self, data: Any, name: str) -> str:
        """The last one mostly, or one that was theirs once, or nobody's."""
        if choices.rarely(data, "wrong password", 3):
            return data.draw(st.sampled_from([*self.passwords[name], "nobody's-password"]))
        return self.passwords[name][-1]

    def new_password(self) -> str:
        return f"Cheval-Agrafe-{sum(map(len, self.passwords.values())):06}"

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
        managing = {choices.MANAGE} & features if not choices.rarely(data, "plain", 4) else set()
        return choices.some_of(data, sites, "sites", most=5), given | managing

    def features_of(self, name: str) -> set[str]:
        return set(self.model.people[name].features) if name in self.model.people else set()

    def sites_of(self, name: str) -> set[str]:
        return self.model.held(name) if name in self.model.people else set()


def test_the_portal_does_what_the_model_says(db: None, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.ERROR, logger="django.request")
    start = town.found()
    runs = RUNS[connection.vendor][LONG]
    how = settings(
        max_examples=runs,
        stateful_step_count=STEPS,
        deadline=None,
        database=None,
        derandomize=not LONG,
        print_blob=LONG,
        suppress_health_check=list(HealthCheck),
        # Making a failure small takes minutes: a long run does it.
        phases=set(Phase) if LONG else {Phase.generate},
    )
    run_state_machine_as_test(lambda: Machine(start), settings=how)
    assert tally.operations > runs * STEPS / 4
