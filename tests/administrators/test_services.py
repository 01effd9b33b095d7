"""Creating and editing administrators: all or nothing, with a trace of each value."""

from collections import Counter

import pytest

from administrators import services
from administrators.errors import RootExists, UsernameTaken
from administrators.models import Administrator, OutgoingMail
from administrators.states import State
from permissions.errors import BeyondParent, OutOfScope, Refused, StaleVersion
from permissions.models import Act, AuditEntry
from sites.models import Enterprise
from tests.factories import details
from tests.permissions.acting import difference, refusals, state, trace
from tests.world import World

CREATED = [
    pytest.param("A", {}, "", id="with nothing"),
    pytest.param("A", {"sites": "Paris Nantes"}, "Paris Nantes", id="with sites"),
    pytest.param("A", {"features": "notes"}, "notes", id="with a feature"),
    pytest.param("C", {"sites": "Lyon", "features": "notes"}, "Lyon notes", id="deep"),
    pytest.param("S", {"all_sites": True}, "* Paris Lyon Lille Nantes Nice Rennes", id="all sites"),
]
NOT_CREATED = [
    pytest.param("N", {}, OutOfScope, id="without the feature"),
    pytest.param("T", {}, OutOfScope, id="owing a password"),
    pytest.param("D", {}, OutOfScope, id="disabled"),
    pytest.param("SU", {}, OutOfScope, id="carrier staff, outside every tree"),
    pytest.param("A", {"sites": "Paris Nice"}, BeyondParent, id="a site beyond"),
    pytest.param("A", {"sites": "Metz"}, BeyondParent, id="another enterprise's site"),
    pytest.param("A", {"features": "notes analytics"}, BeyondParent, id="a feature beyond"),
    pytest.param("A", {"features": "bogus"}, BeyondParent, id="an unknown feature"),
    pytest.param("A", {"features": "notes notes"}, Refused, id="a feature twice"),
    pytest.param("A", {"all_sites": True}, BeyondParent, id="all sites beyond"),
    pytest.param("A", {"username": "user-b"}, UsernameTaken, id="a username of the enterprise"),
    pytest.param("A", {"username": "user-y"}, UsernameTaken, id="a username elsewhere"),
]


def create(world: World, actor: str, *, sites="", features="", all_sites=False, **changes):
    return services.create_administrator(
        by=world[actor],
        details=details(**changes),
        sites=world.ids(sites),
        features=features.split(),
        all_sites=all_sites,
    )


@pytest.mark.parametrize(("actor", "how", "held"), CREATED)
def test_create(world: World, actor: str, how, held: str):
    expected = {f"nora.petit:{item}" for item in held.split()}
    assert difference(world, lambda: create(world, actor, **how)) == (expected, set())
    child = Administrator.objects.get(username="nora.petit")
    assert (child.parent, child.enterprise) == (world[actor], world[actor].enterprise)
    assert bytes(child.path) == world[actor].child_path
    assert (child.is_staff, child.is_superuser, child.is_active) == (False, False, True)
    assert not child.has_usable_password()
    assert trace(world, Act.GRANT) == Counter(expected)


def test_a_new_administrator_is_mailed_and_owes_a_password(world: World):
    child = create(world, "A")
    mail = OutgoingMail.objects.get()
    assert (mail.person, mail.kind, mail.sent_at) == (child, OutgoingMail.Kind.WELCOME, None)
    assert child.state == State.MAIL_PENDING
    row = AuditEntry.objects.get()
    assert (row.act, row.actor, row.target) == (Act.CREATE, world["A"], child)
    assert row.after == "nora.petit"


@pytest.mark.parametrize(("actor", "how", "error"), NOT_CREATED)
def test_nothing_is_created(world: World, actor: str, how, error):
    before = state(world), Administrator.objects.count()
    with pytest.raises(error):
        create(world, actor, **how)
    assert (state(world), Administrator.objects.count()) == before
    (row,) = AuditEntry.objects.all()
    assert (row.act, row.actor) == (Act.REFUSED, world[actor])


@pytest.mark.parametrize("field", ["is_superuser", "is_staff", "parent", "enterprise", "path",
                                   "password", "id", "version", "bound"])  # fmt: skip
def test_only_editable_fields_are_taken(world: World, field: str):
    before = state(world), Administrator.objects.count()
    with pytest.raises(ValueError, match=field):
        create(world, "A", **{field: 1})
    with pytest.raises(ValueError, match=field):
        services.update_details(world["B"], {field: 1}, by=world["A"])
    assert (state(world), Administrator.objects.count()) == before


def test_creating_is_all_or_nothing(world: World, monkeypatch: pytest.MonkeyPatch):
    def fail(*args, **kwargs):
        raise RuntimeError("power cut")

    before = state(world), Administrator.objects.count()
    monkeypatch.setattr(services.delegation, "change_features", fail)
    with pytest.raises(RuntimeError, match="power cut"):
        create(world, "A", sites="Paris", features="notes")
    assert (state(world), Administrator.objects.count()) == before
    assert not AuditEntry.objects.exists()


def test_the_carrier_creates_a_root_with_all_sites(world: World):
    customer = Enterprise.objects.create(name="Enterprise G")
    customer.sites.create(name="Toulon")
    how = {"details": details("gerant"), "features": ["notes", "reports"], "by": world["SU"]}
    act = lambda: services.create_root(customer, **how)  # noqa: E731
    expected = {"gerant:*", "gerant:Toulon", "gerant:notes", "gerant:reports"}
    assert difference(world, act) == (expected, set())
    assert Administrator.objects.get(username="gerant").parent is None
    assert OutgoingMail.objects.get().kind == OutgoingMail.Kind.WELCOME


@pytest.mark.parametrize("actor", ["R", "A", "X"])
def test_only_the_carrier_creates_roots(world: World, actor: str):
    before = state(world), Administrator.objects.count()
    customer = Enterprise.objects.create(name="Enterprise G")
    with pytest.raises(OutOfScope):
        services.create_root(customer, by=world[actor], details=details(), features=["notes"])
    assert (state(world), Administrator.objects.count()) == before


def test_an_enterprise_has_one_root(world: World):
    before = state(world), Administrator.objects.count()
    how = {"details": details(), "features": ["notes"], "by": world["SU"]}
    with pytest.raises(RootExists):
        services.create_root(world.enterprises["E"], **how)
    assert (state(world), Administrator.objects.count()) == before


def test_an_edit_keeps_before_and_after_of_what_changed(world: World):
    version = world["B"].version
    changes = {"first_name": "Bruno", "last_name": "Durand", "city": "Brest"}
    assert services.update_details(world["B"], changes, by=world["A"]) == ["first_name", "city"]
    rows = AuditEntry.objects.values_list("act", "actor", "target", "item", "before", "after")
    a, b = world["A"].pk, world["B"].pk
    assert set(rows) == {
        (Act.EDIT, a, b, "first_name", "User-B", "Bruno"),
        (Act.EDIT, a, b, "city", "", "Brest"),
    }
    assert (world["B"].first_name, world["B"].city) == ("Bruno", "Brest")
    assert world["B"].version == version + 1
    assert Administrator.objects.search("bruno").get() == world["B"]


def test_an_edit_without_a_change_writes_nothing(world: World):
    before = state(world)
    assert services.update_details(world["B"], {"last_name": "Durand"}, by=world["A"]) == []
    assert state(world) == before
    assert not AuditEntry.objects.exists()


@pytest.mark.parametrize(
    ("actor", "target"),
    [("A", "A"), ("A", "R"), ("A", "S"), ("A", "S1"), ("R", "Y"), ("R", "SU"), ("SU", "SU"),
     ("N", "M"), ("T", "W"), ("D", "V")],
)  # fmt: skip
@pytest.mark.parametrize("act", [services.disable, services.enable, services.reset_password,
                                 services.update_details])  # fmt: skip
def test_out_of_scope(world: World, act, actor: str, target: str):
    before = state(world), world[target].get_session_auth_hash()
    changes = [{"first_name": "Bruno"}] if act is services.update_details else []
    with pytest.raises(OutOfScope):
        act(world[target], *changes, by=world[actor])
    assert (state(world), world[target].get_session_auth_hash()) == before
    assert refusals(world) == [(actor, target)]


@pytest.mark.parametrize("act", [services.disable, services.enable, services.reset_password,
                                 services.update_details])  # fmt: skip
def test_an_old_version_is_refused(world: World, act):
    version = world["B"].version
    services.update_details(world["B"], {"city": "Brest"}, by=world["R"])
    before = state(world)
    changes = [{"city": "Caen"}] if act is services.update_details else []
    with pytest.raises(StaleVersion) as refused:
        act(world["B"], *changes, by=world["A"], version=version)
    assert refused.value.name == str(world["R"])
    assert (state(world), world["B"].city) == (before, "Brest")


def test_text_with_line_breaks_becomes_one_line(world: World):
    name = "Nora\r\nBcc: tous@exemple.fr\x00\u202e"
    services.update_details(world["B"], {"first_name": name}, by=world["A"])
    assert world["B"].first_name == "Nora Bcc: tous@exemple.fr"
