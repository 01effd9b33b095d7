"""Passwords: who may set one, what ends with it, and what a reset leaves behind."""

import pytest
from django.contrib.auth.hashers import make_password

from administrators import own, services
from administrators.models import Administrator, OutgoingMail
from administrators.states import State
from permissions.errors import OutOfScope, Refused, StaleVersion
from permissions.models import Act, AuditEntry
from tests import visitors
from tests.factories import PASSWORD
from tests.permissions.acting import state
from tests.world import World

NEW = "Lanterne-Verte-88"


def test_a_reset_ends_the_password_and_the_sessions_at_once(world: World):
    before = world["B"].get_session_auth_hash()
    services.reset_password(world["B"], by=world["A"])
    b = world["B"]
    assert not b.check_password(PASSWORD)
    assert not b.has_usable_password()
    assert b.get_session_auth_hash() != before
    assert b.state == State.MAIL_PENDING


def test_a_reset_leaves_one_mail_and_one_audit_row(world: World):
    services.reset_password(world["B"], by=world["A"])
    mail, row = OutgoingMail.objects.get(), AuditEntry.objects.get()
    assert (mail.person, mail.kind, mail.text) == (world["B"], OutgoingMail.Kind.RESET, "")
    assert (row.act, row.actor, row.target) == (Act.RESET, world["A"], world["B"])
    assert (row.item, row.before, row.after) == ("", "", "")


def test_reset_twice_leaves_one_mail(world: World):
    services.reset_password(world["B"], by=world["A"])
    services.reset_password(world["B"], by=world["R"])
    assert OutgoingMail.objects.get().person == world["B"]


def test_reset_keeps_other_mail(world: World):
    own.send_feedback("Bonjour", by=world["B"])
    services.reset_password(world["B"], by=world["A"])
    kinds = OutgoingMail.objects.values_list("kind", flat=True)
    assert set(kinds) == {OutgoingMail.Kind.FEEDBACK, OutgoingMail.Kind.RESET}


def test_somebody_disabled_gets_no_password(world: World):
    before = state(world)
    with pytest.raises(Refused):
        services.reset_password(world["D"], by=world["A"])
    assert state(world) == before


@pytest.mark.parametrize("name", ["B", "T"])
def test_change_own_password(world: World, name: str):
    before = world[name].get_session_auth_hash()
    own.change_own_password(world[name], NEW, by=world[name])
    person = world[name]
    assert person.check_password(NEW)
    assert not person.check_password(PASSWORD)
    assert person.get_session_auth_hash() != before
    assert person.state == State.ACTIVE
    row = AuditEntry.objects.get()
    assert (row.act, row.actor, row.before, row.after) == (Act.PASSWORD, person, "", "")


@pytest.mark.parametrize(("actor", "target"), [("A", "B"), ("R", "A"), ("SU", "B"), ("B", "A")])
def test_nobody_sets_another_persons_password(world: World, actor: str, target: str):
    with pytest.raises(OutOfScope):
        own.change_own_password(world[target], NEW, by=world[actor])
    assert world[target].check_password(PASSWORD)


@pytest.mark.parametrize("act", [services.reset_password, services.disable])
def test_a_change_that_a_reset_or_disable_overtook_is_refused(world: World, act):
    mine = world["B"]
    act(world["B"], by=world["A"])
    with pytest.raises(OutOfScope):
        own.change_own_password(mine, NEW, by=mine)
    assert not world["B"].check_password(NEW)


def weak_hash(person: Administrator) -> Administrator:
    """Give `person` a hash that Django upgrades at the next sign-in: its salt is too short."""
    person.password = make_password(PASSWORD, salt="short")
    person.save(update_fields=["password"])
    return person


def test_an_old_hash_is_upgraded(world: World):
    person = weak_hash(world["B"])
    weak = person.password
    assert person.check_password(PASSWORD)
    assert person.password == world["B"].password != weak
    assert world["B"].check_password(PASSWORD)


def test_an_upgrade_does_not_undo_a_reset(world: World):
    """The reset falls between reading the row and writing the upgraded hash."""
    read_before = weak_hash(world["B"])
    services.reset_password(world["B"], by=world["A"])
    read_before.check_password(PASSWORD)
    assert not world["B"].has_usable_password()
    assert not world["B"].check_password(PASSWORD)


def test_the_session_hash_depends_on_the_epoch(world: World):
    person = world["B"]
    before = person.get_session_auth_hash()
    person.session_epoch += 1
    assert person.get_session_auth_hash() != before


def test_own_details(world: World):
    c = world["C"]
    changed = own.update_own_details(c, {"city": "Brest"}, by=c, version=c.version)
    assert changed == ["city"]
    row = AuditEntry.objects.get()
    assert (row.act, row.actor, row.target, row.after) == (Act.EDIT, c, c, "Brest")


@pytest.mark.parametrize("field", ["username", "is_superuser", "parent", "all_sites", "password"])
def test_own_details_are_contact_and_address_only(world: World, field: str):
    before, c = state(world), world["C"]
    with pytest.raises(OutOfScope):
        own.update_own_details(c, {"city": "Caen", field: "x"}, by=c, version=c.version)
    assert (state(world), world["C"].city) == (before, "")


@pytest.mark.parametrize(
    ("actor", "target"), [("A", "B"), ("B", "A"), ("SU", "B"), ("T", "T"), ("D", "D")]
)
def test_own_details_are_ones_own(world: World, actor: str, target: str):
    """And nobody who is disabled or owes a password has any."""
    person = world[target]
    with pytest.raises(OutOfScope):
        own.update_own_details(person, {"city": "Caen"}, by=world[actor], version=person.version)
    assert world[target].city == ""


def test_own_details_from_an_old_page(world: World):
    c = world["C"]
    services.update_details(world["C"], {"city": "Brest"}, by=world["A"])
    with pytest.raises(StaleVersion):
        own.update_own_details(c, {"city": "Caen"}, by=c, version=c.version)
    assert world["C"].city == "Brest"


@pytest.mark.parametrize("who", ["T", "SU"])
def test_the_page_of_a_password_owed_leads_only_to_what_opens(world: World, who: str) -> None:
    """To nothing but itself (rule 10): not to the privacy statement, which waits until then."""
    soon = {"must_change_password": True, "password_expires_at": "2999-01-01T00:00Z"}
    Administrator.objects.filter(pk=world[who].pk).update(**soon)
    client = visitors.visitor(world[who])
    found = visitors.LINK.findall(client.get("/password/").text)
    links = {link for link in found if link.startswith("/")} - {"/"}
    assert {link: client.get(link).status_code for link in links} == dict.fromkeys(links, 200)
