"""The portal does what the reference model says, whatever is done to it, in whatever order."""

import logging
import os
from random import Random
from typing import Any

import pytest
from django.db import connection
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import initialize, precondition, rule, run_state_machine_as_test

from tests.model import choices, town
from tests.model.carrier import Carrier
from tests.model.giving import Giving
from tests.model.reference import STAFF
from tests.model.tally import tally

LONG = bool(os.environ.get("PORTAL_LONG"))
STEPS = 40
# How many runs: (as always, with --long).
RUNS = {"sqlite": (20, 1500), "postgresql": (6, 1500)}


class Machine(Giving, Carrier):
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
        sites, features = self.offered(data, actor)
        what = {
            "name": self.new_name(data),
            "sites": set() if ticked else sites,
            "features": features,
            "all_sites": ticked,
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

    @precondition(lambda self: not all(one.active for one in self.model.people.values()))
    @rule(data=st.data())
    def enable(self, data: Any) -> None:
        actor, target = choices.of_state(data, self.model, lambda one: not one.active)
        what = {"branch": choices.rarely(data, "branch", 3)}
        self.act(data, "enable", actor, target, what)

    @rule(data=st.data())
    def a_branch_comes_back(self, data: Any) -> None:
        """Disabled as a whole and enabled as a whole; in between, somebody of it alone."""
        actor, target = choices.in_a_chain(data, self.model)
        self.act(data, "disable", actor, target, {"branch": True})
        below = self.model.below(target)
        if below and choices.rarely(data, "somebody alone", 2):
            alone = choices.one_of(data, below, "alone")
            self.act(data, "enable", actor, alone, {"branch": False})
            self.act(data, "disable", actor, alone, {"branch": False})
        self.act(data, "enable", actor, target, {"branch": True})

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

    @precondition(lambda self: any(one.owes for one in self.model.people.values()))
    @rule(data=st.data())
    def sign_in_with_what_was_mailed(self, data: Any) -> None:
        owing = [name for name, one in self.model.people.items() if one.owes]
        name = choices.one_of(data, owing or self.model.people, "who")
        session = data.draw(st.sampled_from([0, 1]))
        self.enter(name, session, self.passwords[name][-1])
        self.choose(name, session, "", self.new_password())

    @rule(data=st.data())
    def meanwhile(self, data: Any) -> None:
        """What people do for themselves, and what the carrier does; all less often."""
        own = [self.sign_in, self.sign_in, self.choose_password, self.sign_out, self.a_day_passes]
        carrier = [self.add_site, self.close_or_open_site, self.suspend_for_a_while]
        data.draw(st.sampled_from(own + carrier), label="what")(data)


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
