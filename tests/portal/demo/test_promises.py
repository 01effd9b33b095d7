"""What the demo promises to who opens it."""

from io import StringIO
from typing import Any

import pytest
from django.contrib.auth import authenticate
from django.core.management import call_command
from django.http import HttpRequest
from django.utils import timezone
from phonenumber_field.phonenumber import PhoneNumber

from administrators import own, services
from administrators.models import Administrator, OutgoingMail
from administrators.states import State
from permissions import rules
from permissions.checks import find_faults
from permissions.features import FeatureCode
from permissions.models import AuditEntry, FeatureGrant, SiteGrant
from portal.demo import CUSTOMERS, PASSWORD
from sites.models import Enterprise, Placed, Site

pytestmark = pytest.mark.django_db

FICTION = ("+3319900", "+3326191", "+3335301", "+3346571", "+3353649")
TABLES = (
    Enterprise, Site, Administrator, SiteGrant, FeatureGrant, OutgoingMail, AuditEntry,
    *Placed.__subclasses__(),
)  # fmt: skip
# username: parent, sites held, features held, state
PEOPLE = {
    "operateur": (None, 0, 0, State.ACTIVE),
    "cmartin": (None, 24, 11, State.ACTIVE),
    "jfennell": ("cmartin", 9, 6, State.ACTIVE),
    "jwagner": ("cmartin", 24, 6, State.ACTIVE),
    "mkievit": ("cmartin", 4, 4, State.ACTIVE),
    "erousseau": ("jfennell", 5, 4, State.ACTIVE),
    "tgirard": ("erousseau", 2, 2, State.ACTIVE),
    "kbenali": ("jfennell", 1, 2, State.OWED),
    "nfontaine": ("jfennell", 1, 2, State.DISABLED),
    "plefevre": (None, 5, 11, State.ACTIVE),
    "sdubois": ("plefevre", 2, 3, State.ACTIVE),
    "mgarnier": ("plefevre", 5, 3, State.ACTIVE),
}


@pytest.mark.usefixtures("printed")
def test_everybody_is_there_with_what_was_promised() -> None:
    people = Administrator.objects.with_grant_counts().select_related("parent")
    found = {
        one.username: (
            one.parent.username if one.parent else None,
            one.site_count,
            one.feature_count,
            one.state,
        )
        for one in people
    }
    assert found == PEOPLE


@pytest.mark.usefixtures("printed")
def test_the_names_are_those_of_the_source() -> None:
    under_her = Administrator.objects.filter(parent__username="cmartin")
    names = {str(one) for one in under_her}
    assert names == {"Jim Fennell", "Justin Wagner", "Melissa Kiviet"}
    assert str(_person("cmartin")) == "Claire Martin"


@pytest.mark.usefixtures("printed")
def test_who_has_all_sites_and_who_manages() -> None:
    all_sites = Administrator.objects.filter(all_sites=True).values_list("username", flat=True)
    assert set(all_sites) == {"cmartin", "jwagner", "plefevre", "mgarnier"}
    managers = FeatureGrant.objects.filter(content_object=FeatureCode.MANAGE_ADMINISTRATORS)
    usernames = managers.values_list("user__username", flat=True)
    assert set(usernames) == {"cmartin", "jfennell", "erousseau", "plefevre", "sdubois"}


@pytest.mark.usefixtures("printed")
def test_every_site_is_complete_and_believable() -> None:
    assert Site.objects.filter(enterprise__name="Boulangeries Martin").count() == 24
    for site in Site.objects.all():
        assert len(site.address_lines) == 3 + bool(site.street_extra), site
        assert len(site.postal_code) == 5, site
        assert site.contact_name, site
        assert site.contact_email.endswith(".example"), site
        assert site.contact_email.isascii(), site


@pytest.mark.usefixtures("printed")
def test_no_number_can_reach_anybody() -> None:
    """A number must be valid too, or the forms would refuse to save what the demo holds."""
    numbers = [*Site.objects.values_list("phone", flat=True)]
    administrators = Administrator.objects.filter(is_superuser=False)
    numbers += administrators.values_list("work_phone", flat=True)
    assert len(numbers) == len(set(map(str, numbers))) == 29 + 11
    for number in numbers:
        assert isinstance(number, PhoneNumber)
        assert number.is_valid(), number
        assert number.as_e164.startswith(FICTION), number


@pytest.mark.usefixtures("printed")
def test_no_mail_waits_and_none_can_arrive() -> None:
    assert OutgoingMail.objects.count() == 0
    for person in Administrator.objects.all():
        assert person.email.endswith(".example"), person
        assert person.email.isascii(), person


@pytest.mark.usefixtures("printed")
def test_the_common_password_opens_for_all_but_the_disabled() -> None:
    opened = {
        username
        for username in PEOPLE
        if authenticate(HttpRequest(), username=username, password=PASSWORD)
    }
    assert opened == set(PEOPLE) - {"nfontaine"}


@pytest.mark.usefixtures("printed")
def test_a_temporary_password_is_still_owed_for_a_day() -> None:
    owing = _person("kbenali")
    left = owing.password_expires_at - timezone.now()
    assert 0 < left.total_seconds() <= 24 * 60 * 60
    assert not rules.may_act(owing)


@pytest.mark.usefixtures("printed")
def test_the_two_enterprises_never_meet() -> None:
    ours, theirs = _person("cmartin"), _person("plefevre")
    for actor, other in ((ours, theirs), (theirs, ours)):
        seen = Administrator.objects.below(actor)
        assert set(seen.values_list("enterprise", flat=True)) == {actor.enterprise_id}
        assert not seen.filter(pk=other.pk).exists()
        sites = Site.objects.held_by(actor)
        assert set(sites.values_list("enterprise", flat=True)) == {actor.enterprise_id}
        assert not rules.manages(actor, other)
    everybody = Administrator.objects.filter(is_superuser=False).count()
    assert Administrator.objects.below(ours).count() == 7
    assert Administrator.objects.below(theirs).count() == everybody - 9


@pytest.mark.usefixtures("printed")
def test_the_demo_keeps_every_rule() -> None:
    assert list(find_faults()) == []


def test_the_accounts_are_printed_each_time(printed: str) -> None:
    lines = printed.splitlines()
    for username in PEOPLE:
        assert any(line.startswith(f"  {username} ") for line in lines), username
    assert PASSWORD in printed
    assert _load() == printed


@pytest.mark.usefixtures("printed")
def test_a_second_run_writes_nothing() -> None:
    before = _rows()
    _load()
    assert _rows() == before


@pytest.mark.usefixtures("printed")
def test_a_second_run_keeps_what_people_changed() -> None:
    root, child = _person("cmartin"), _person("mkievit")
    services.update_details(child, {"username": "m.kiviet", "last_name": "Durand"}, by=root)
    services.disable(_person("jwagner"), by=root)
    own.change_own_password(root, "Un-Autre-2026-Secret", by=root)
    Enterprise.objects.filter(name="Boulangeries Martin").update(name="Boulangerie Martin")
    Site.objects.filter(name="Boutique Toulouse").update(name="Boutique Capitole")
    before = _rows()
    _load()
    assert _rows() == before


@pytest.mark.usefixtures("printed")
def test_a_temporary_password_that_ran_out_stays_so() -> None:
    Administrator.objects.filter(username="kbenali").update(password_expires_at=timezone.now())
    _load()
    assert _person("kbenali").state == State.EXPIRED


@pytest.mark.usefixtures("printed")
def test_every_password_is_hashed_by_one_call() -> None:
    """Hashing takes a noticeable part of a second outside the tests."""
    hashes = Administrator.objects.values_list("password", flat=True)
    assert len(set(hashes)) == 1
    assert len(hashes) == sum(len(one.people) for one in CUSTOMERS) + 1


def _load() -> str:
    output = StringIO()
    call_command("load_demo", stdout=output)
    return output.getvalue()


def _person(username: str) -> Administrator:
    return Administrator.objects.get(username=username)


def _rows() -> dict[str, list[dict[str, Any]]]:
    """Every column of every row, hashes of passwords included."""
    return {table.__name__: list(table.objects.order_by("pk").values()) for table in TABLES}
