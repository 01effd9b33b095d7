"""The delegation in plain sets (docs/rules.md), and nothing of how the portal keeps it.

An act returns "" when it is allowed, else the first reason against it, and has changed nothing.
"""

MANAGE, STAFF = "manage_administrators", "staff"


class Person:
    all_sites = owes = spent = expired = mail_waits = False
    active, password, version, disabled_in = True, "", 1, None

    def __init__(self, parent, enterprise, sites, features, **state):
        self.sites, self.features, self.sessions = set(sites), set(features), set()
        vars(self).update(parent=parent, enterprise=enterprise, **state)


def asked(act):
    def ask(self, actor, target, session=None, version=None, **what):
        return self.refusal(actor, target, session, version) or act(self, target, **what) or ""

    return ask


class Delegation:
    def __init__(self):
        self.people, self.sites = {}, {}  # a Person for each name, an enterprise for each site
        self.closed, self.suspended = set(), set()

    def ancestors(self, name):
        parent = self.people[name].parent if name in self.people else None
        return [parent, *self.ancestors(parent)] if parent else []

    def below(self, name):
        return [one for one in self.people if name in self.ancestors(one)]

    def held(self, name):
        return self.people[name].sites - self.closed

    def opens(self, name, site, feature):
        one = self.people[name]
        return one.active and not one.owes and site in self.held(name) and feature in one.features

    def live(self, name, session):
        one = self.people[name]
        over = (one.owes and one.expired) or one.enterprise in self.suspended
        return one.active and not over and (session is None or session in one.sessions)

    def refusal(self, actor, target=None, session=None, version=None):
        if actor == STAFF or not self.live(actor, session):
            return "forbidden" if actor == STAFF else "anonymous"
        if self.people[actor].owes or MANAGE not in self.people[actor].features:
            return "owes" if self.people[actor].owes else "forbidden"
        if target is not None and target not in self.below(actor):
            return "missing"
        return "stale" if version is not None and version != self.people[target].version else ""

    def create(self, actor, name, session, sites, features, all_sites):
        if (why := self.refusal(actor, None, session)) or name in {STAFF, *self.people}:
            return why or "taken"
        by = self.people[actor]
        if not (sites <= self.held(actor) and features <= by.features) or all_sites > by.all_sites:
            return "beyond"
        self.people[name] = Person(actor, by.enterprise, (), (), owes=True, mail_waits=True)
        self._change(name, "sites", by.sites if all_sites else sites, set(), all_sites)
        return self._change(name, "features", features, set())

    @asked
    def change_features(self, target, add, remove):
        beyond = not add <= self.people[self.people[target].parent].features
        return "beyond" if beyond else self._change(target, "features", add, remove)

    @asked
    def change_sites(self, target, add, remove, all_sites):
        parent = self.people[self.people[target].parent]
        if not (parent.all_sites if all_sites else add <= parent.sites - self.closed):
            return "beyond"
        remove = remove - self.closed
        ends = all_sites is None and remove & self.people[target].sites
        every = False if ends else all_sites
        return self._change(target, "sites", parent.sites if all_sites else add, remove, every)

    def _change(self, target, kind, add, remove, every=None):
        one = self.people[target]
        before = set(getattr(one, kind)), one.all_sites
        getattr(one, kind).update(add)
        for lower in [one, *(self.people[name] for name in self.below(target))]:
            getattr(lower, kind).difference_update(remove)
            lower.all_sites &= every is not False
        one.all_sites |= bool(every)
        one.version += before != (getattr(one, kind), one.all_sites)
        return ""

    def add_site(self, site, enterprise):
        self.sites[site] = enterprise
        for one in self.people.values():
            one.sites |= {site} if one.all_sites and one.enterprise == enterprise else set()
