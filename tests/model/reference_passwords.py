"""The reference model's door: disabling, passwords, sessions (DESIGN §3, rules 9, 10)."""

from tests.model.reference import Delegation, asked


class Reference(Delegation):
    """The delegation, and who may come in."""

    @asked
    def disable(self, target, branch):
        for name in [target, *(self.below(target) if branch else ())]:
            one = self.people[name]
            one.version, one.active, one.sessions = one.version + one.active, False, set()

    @asked
    def enable(self, target):
        one = self.people[target]
        one.version, one.active = one.version + (not one.active), True

    @asked
    def reset(self, target):
        one = self.people[target]
        if not one.active:
            return "refused"
        one.owes, one.mail_waits, one.spent, one.expired = True, True, False, False
        one.password, one.sessions, one.version = "", set(), one.version + 1
        return ""

    def deliver(self, name, password):
        self.people[name].mail_waits, self.people[name].password = False, password

    def sign_in(self, name, session, password):
        one = self.people.get(name)
        if one and self.live(name, session):
            return "owes" if one.owes else "already"
        if not one or not self.live(name, None) or one.spent or password != one.password:
            return "wrong"
        one.spent, one.sessions = one.owes, one.sessions | {session}
        return ""

    def choose_password(self, name, session, old, new):
        one = self.people[name]
        if not self.live(name, session):
            return "anonymous"
        if (not one.owes and old != one.password) or new == one.password or len(new) < 12:
            return "form"
        one.owes, one.spent, one.password, one.sessions = False, False, new, {session}
        return ""
