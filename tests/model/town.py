"""Where each run begins: a chain of seven in one enterprise, people beside it, another enterprise.

The same people stand in the model and in the portal, all signed in over HTTP.
"""

from tests import factories
from tests.factories import PASSWORD
from tests.model.portal import Portal
from tests.model.reference import MANAGE, STAFF, Person
from tests.model.reference_passwords import Reference
from tests.world import ALL, EVERY_FEATURE

SITES = {"east": "Paris Lyon Lille Nantes Nice Rennes", "west": "Metz Dijon"}
CLOSED = "Rennes"

# name  parent  sites  features
PEOPLE = [
    ("east0", "", ALL, EVERY_FEATURE),
    ("east1", "east0", ALL, EVERY_FEATURE),
    ("east2", "east1", ALL, f"{MANAGE} dashboard notes reports orders services"),
    ("east3", "east2", "Paris Lyon Lille Nantes", f"{MANAGE} dashboard notes reports orders"),
    ("east4", "east3", "Paris Lyon Lille", f"{MANAGE} dashboard notes reports"),
    ("east5", "east4", "Paris Lyon Lille", f"{MANAGE} notes reports"),
    ("east6", "east5", "Paris Lyon", f"{MANAGE} notes"),
    ("beside1", "east0", "Paris Nice", f"{MANAGE} analytics notes"),
    ("beside2", "east1", "Paris Lyon Nice Rennes", f"{MANAGE} user_assignments notes"),
    ("beside3", "east2", "Paris", f"{MANAGE} notes"),
    ("below2", "beside2", "Paris Rennes", "notes"),
    ("plain4", "east3", "Paris Lyon", "notes orders"),
    ("below4", "plain4", "Paris", "notes"),
    ("west0", "", ALL, EVERY_FEATURE),
    ("west1", "west0", "Metz", f"{MANAGE} notes profile"),
]
CHAIN = ("east0", "east1", "east2", "east3", "east4", "east5", "east6")
TWICE_SIGNED_IN = ("east2", "east4", "east5")


def found() -> tuple[Reference, Portal]:
    """The model and the portal, alike."""
    model, portal = Reference(), Portal()
    for enterprise, names in SITES.items():
        portal.found_enterprise(enterprise, names.split())
        model.sites.update(dict.fromkeys(names.split(), enterprise))
    portal.close(CLOSED)
    model.closed.add(CLOSED)
    for name, parent, sites, features in PEOPLE:
        _settle(model, portal, name, parent, sites, set(features.split()))
    portal.people[STAFF] = factories.superuser(STAFF).pk
    portal.sign_in(STAFF, 0, PASSWORD)
    for name in model.people:
        _sign_in(model, portal, name)
    return model, portal


def _settle(
    model: Reference, portal: Portal, name: str, parent: str, held: str, features: set[str]
) -> None:
    enterprise = name.rstrip("0123456789") if not parent else model.people[parent].enterprise
    every = held == ALL
    sites = {site for site, place in model.sites.items() if place == enterprise}
    sites = sites if every else set(held.split())
    state = {"all_sites": every, "password": PASSWORD}
    model.people[name] = Person(parent or None, enterprise, sites, features, **state)
    portal.settle(name, parent, enterprise, sites, features, all_sites=every)


def _sign_in(model: Reference, portal: Portal, name: str) -> None:
    for session in (0, 1) if name in TWICE_SIGNED_IN else (0,):
        assert model.sign_in(name, session, PASSWORD) == ""
        assert portal.sign_in(name, session, PASSWORD).status_code == 302
