"""Model and portal side by side: each act is done to both, then everything is compared."""

from collections import Counter
from copy import deepcopy
from random import Random
from typing import Any

from django.db import transaction
from hypothesis.stateful import RuleBasedStateMachine

from permissions import rules
from permissions.checks import find_faults
from permissions.features import FeatureCode
from permissions.models import AuditEntry
from sites.models import Site
from tests.factories import PASSWORD
from tests.model import compare, pages, roads
from tests.model.compare import same
from tests.model.portal import Portal
from tests.model.reference import STAFF
from tests.model.reference_passwords import Reference
from tests.model.tally import tally

# What the model is told of each act.
TOLD = {
    "create": ("name", "sites", "features", "all_sites"),
    "change_features": ("add", "remove"),
    "change_sites": ("add", "remove", "all_sites"),
    "disable": ("branch",),
    "enable": ("branch",),
    "reset": (),
}


class SideBySide(RuleBasedStateMachine):
    """One run: it begins in `town.found()`, and is rolled back when it ends."""

    def __init__(self, start: tuple[Reference, Portal]) -> None:
        super().__init__()
        self.rolled_back = transaction.atomic()
        self.rolled_back.__enter__()
        self.model, self.portal = deepcopy(start[0]), start[1].copy()
        self.passwords = {name: [PASSWORD] for name in self.model.people}
        self.sent, self.chance, self.sound = 0, Random(0), True
        self.before = compare.holdings(self.model, self.portal)
        self.live = compare.sessions_in_model(self.model, set(self.model.people))
        self.last_row = AuditEntry.objects.values_list("pk", flat=True).first() or 0
        tally.people += len(self.model.people)

    def teardown(self) -> None:
        try:
            if self.sound:  # else the transaction may be broken, and the reason is known
                assert list(find_faults()) == []
        finally:
            transaction.set_rollback(True)
            self.rolled_back.__exit__(None, None, None)

    def perform(self, act: str, actor: str, target: str, session: int | None, what: Any) -> str:
        """Do it to both; without a session it is called, not posted. Why it was refused."""
        self.sound = False
        why = self.expect(act, actor, target, session, what)
        if session is None:
            raised = roads.by_call(self.portal, act, actor, target, what)
            assert raised is roads.RAISED[why], f"{act}: {why!r} expected, raised {raised}"
        else:
            answer = roads.by_page(self.portal, act, actor, target, session, what)
            assert roads.answered(answer, why), f"{act}: {why!r} expected, got {roads.said(answer)}"
        if act == "create" and not why:
            self.arrive(what["name"])
        extra = [("reset", actor, target, "")] if act == "reset" and not why else []
        called_in_vain = session is None and why
        if act == "disable" and not why and not self.before[target][0]:
            extra.append(("disable", actor, target, ""))  # out already: on purpose now
        if called_in_vain or why not in roads.UNRECORDED:
            extra.append(("refused", actor, None, ""))
        self.compare(why, actor, target, *extra)
        return why

    def expect(self, act: str, actor: str, target: str, session: int | None, what: Any) -> str:
        """Do it to the model. Why it is refused."""
        told = {key: what[key] for key in TOLD[act]}
        if act == "create":
            return self.model.create(actor, session=session, **told)
        if session is not None and not what.get("confirmed", True) and self.reaches(target, what):
            return self.model.refusal(actor, target, session) or "unconfirmed"
        return getattr(self.model, act)(actor, target, session, what.get("version"), **told)

    def reaches(self, target: str, what: Any) -> bool:
        """Whether something would be taken from people below, too: a page asks first."""
        lower = [self.model.people[name] for name in self.model.below(target)]
        ends = what.get("all_sites") is False and any(one.all_sites for one in lower)
        gone = what["remove"] - self.model.closed
        return ends or any(gone & (one.sites | one.features) for one in lower)

    def arrive(self, name: str) -> None:
        """Somebody new, who has no password yet."""
        self.portal.learn_person(name)
        self.passwords[name] = [PASSWORD]
        tally.people += 1

    def compare(self, why: str, actor: str | None, target: str | None = None, *extra: Any) -> None:
        """Everything that there is, and what somebody sees of it."""
        model, portal = self.model, self.portal
        tally.operations += 1
        tally.refused += why not in {"", "already"}
        after = compare.holdings(model, portal)
        rows = compare.audit_of_difference(self.before, after, actor, target)
        rows += Counter({(*row, False): 1 for row in extra})
        found, self.last_row = compare.audit_in_portal(portal, self.last_row)
        same("audit", found, rows)
        same("people", compare.people_in_portal(), compare.people_in_model(model))
        same("grants", compare.grants_in_portal(), compare.grants_in_model(model))
        same("outbox", compare.outbox_in_portal(), compare.outbox_in_model(model, self.sent))
        self.ask_sessions({actor, target} & set(model.people))
        self.ask_the_rules()
        pages.look(model, portal, self.chance)
        self.before, self.sound = after, True

    def ask_sessions(self, concerned: set[str]) -> None:
        """Whose sessions live: of everybody if one began or ended, else of a few."""
        names = set(self.model.people)
        live = compare.sessions_in_model(self.model, names)
        asked = names if live != self.live else {*concerned, *self.chance.sample(sorted(names), 3)}
        found = compare.sessions_in_portal(self.portal, asked)
        same("sessions", found, {session for session in live if session[0] in asked})
        self.live = live

    def ask_the_rules(self) -> None:
        """`permissions/rules.py` about two people, a site and a feature."""
        if self.model.suspended:  # that ends sessions, which the rules do not know
            return
        names = list(self.model.people)
        who, other = self.chance.choice(names), self.chance.choice(names)
        other = self.chance.choice([other, *self.model.below(who)])
        actor, target = self.portal.person(who), self.portal.person(other)
        managing = self.model.refusal(who, other) == ""
        assert rules.manages(actor, target) == managing, f"{who} manages {other}"
        site, code = (
            self.chance.choice(sorted(self.model.sites)),
            self.chance.choice(FeatureCode.values),
        )
        place = Site.objects.get(pk=self.portal.sites[site])
        opens = rules.may_open(actor, place, FeatureCode(code))
        assert opens == self.model.opens(who, site, code), f"{who} opens {site} with {code}"

    def carry(self, path: str, form: dict[str, Any], *rows: Any) -> None:
        """Carrier staff do something in the Django admin that gives nothing to nobody."""
        self.sound = False
        self.portal.carrier(path, form)
        self.compare("", STAFF, None, *[(*row[:1], STAFF, None, *row[1:]) for row in rows])
