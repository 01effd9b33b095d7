"""The reference model's door: disabling, passwords, sessions (rules 9 and 10)."""

from tests.model.reference import Delegation, asked

GUESSES = 5  # wrong current passwords that one session may type


class Reference(Delegation):
    """The delegation, and who may come in."""

    def __init__(self):
        super().__init__()
        self.guesses = {}  # of each person, and how many there were when a session began
        self.disablings = 0

    @asked
    def disable(self, target, branch):
        self.disablings += 1
        for name in [target, *(self.below(target) if branch else ())]:
            one = self.people[name]
            one.disabled_in = self.disablings if one.active or name == target else one.disabled_in
            one.version, one.active, one.sessions = one.version + one.active, False, set()

    @asked
    def enable(self, target, branch):
        for name in [target, *(self.disabled_with(target) if branch else ())]:
            one = self.people[name]
            again = one.owes and not one.active
            one.version, one.active = one.version + (not one.active), True
            if again:
                self._owe(one)

    def disabled_with(self, target):
        act, below = self.people[target].disabled_in, self.below(target)
        return [name for name in below if act and self.people[name].disabled_in == act]

    @asked
    def reset(self, target):
        one = self.people[target]
        one.version += one.active
        return self._owe(one) if one.active else "refused"

    def _owe(self, one):
        one.owes, one.mail_waits, one.spent, one.expired = True, True, False, False
        one.password, one.sessions = "", set()
        return ""

    def deliver(self, passwords):
        for name, one in self.people.items():
            if one.mail_waits:
                one.mail_waits, one.password = False, passwords[name] if one.active else ""

    def sign_in(self, name, session, password):
        one = self.people.get(name)
        if one and self.live(name, session):
            return "owes" if one.owes else "already"
        if not one or not self.live(name, None) or one.spent or password != one.password:
            return "wrong"
        one.spent, one.sessions = one.owes, one.sessions | {session}
        self.guesses[name, session] = self.guesses.setdefault(name, 0)
        return ""

    def choose_password(self, name, session, old, new):
        one = self.people[name]
        if not self.live(name, session):
            return "anonymous"
        if not one.owes and old != one.password:
            self.guesses[name] += 1
            here = self.guesses[name] - self.guesses[name, session]
            one.sessions -= {session} if here >= GUESSES else set()
            return "guess" if self.live(name, session) else "guessed too often"
        if new == one.password or len(new) < 12:
            return "form"
        one.owes, one.spent, one.password, one.sessions = False, False, new, {session}
        return ""

    def suspend(self, enterprise):
        self.suspended = {enterprise}
        for one in self.people.values():
            one.sessions = set() if one.enterprise == enterprise else one.sessions
