"""The carrier's Django admin creates the root of an enterprise (rule 13)."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from administrators.emails import send_due
from administrators.models import Administrator, OutgoingMail
from permissions.features import FeatureCode
from permissions.models import Act, AuditEntry
from sites.models import Enterprise
from tests import factories
from tests.administrators.carrier import ADMIN, FORGED, errors
from tests.world import World


def new_root(customer: Enterprise, **changes: Any) -> dict[str, Any]:
    every = {"features": FeatureCode.values, "enterprise": customer.pk, "country": "FR"}
    return {**factories.details("claire.martin"), **every, **changes}


@pytest.fixture
def customer(world: World) -> Enterprise:
    made, _sites = factories.enterprise("Boulangeries Martin", "Nancy", "Tours")
    return made


def test_a_root_is_created_with_its_grants_and_a_mail(
    staff: Client, world: World, customer: Enterprise, mailoutbox: list[Any]
) -> None:
    before = world.grants()
    ticked = ["notes", "manage_administrators"]
    answer = staff.post(reverse(f"{ADMIN}_add"), new_root(customer, features=ticked))
    assert answer.status_code == 302
    root = Administrator.objects.get(username="claire.martin")
    assert (root.enterprise, root.parent, bytes(root.path)) == (customer, None, b"")
    assert (root.must_change_password, root.has_usable_password()) == (True, False)
    held = {"*", "Nancy", "Tours", *ticked}
    assert world.grants() - before == {f"claire.martin:{item}" for item in held}
    mail = OutgoingMail.objects.get()
    assert (mail.kind, mail.person, mail.text) == (OutgoingMail.Kind.WELCOME, root, "")
    assert send_due() == 1
    assert [sent.to for sent in mailoutbox] == [["claire.martin@exemple.fr"]]


def test_a_root_gets_all_features_unless_unticked(staff: Client, customer: Enterprise) -> None:
    form = staff.get(reverse(f"{ADMIN}_add")).context["adminform"].form
    assert set(form["features"].value()) == set(FeatureCode.values)
    assert len(FeatureCode.values) == 11


def test_an_enterprise_has_one_root(staff: Client, world: World) -> None:
    answer = staff.post(reverse(f"{ADMIN}_add"), new_root(world.enterprises["E"]))
    assert (answer.status_code, set(errors(answer))) == (200, {"enterprise"})
    assert 'value="claire.martin"' in answer.text
    assert not Administrator.objects.filter(username="claire.martin").exists()
    assert OutgoingMail.objects.count() == 0
    assert AuditEntry.objects.get(act=Act.REFUSED).item == "create_root: RootExists"


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("username", "user-a"),
        ("username", "USER-A"),
        ("username", "é"),
        ("username", ""),
        ("features", ["notes", "everything"]),
        ("enterprise", "999999"),
        ("email", "nobody"),
        ("work_phone", "12"),
    ],
)
def test_what_is_typed_wrongly_is_said_beside_the_field(
    staff: Client, customer: Enterprise, field: str, value: Any
) -> None:
    answer = staff.post(reverse(f"{ADMIN}_add"), new_root(customer, **{field: value}))
    assert (answer.status_code, set(errors(answer))) == (200, {field})
    assert Administrator.objects.filter(enterprise=customer).count() == 0
    assert OutgoingMail.objects.count() == 0


def test_forged_fields_of_a_new_root_have_no_effect(
    staff: Client, world: World, customer: Enterprise
) -> None:
    forged = FORGED | {"parent": world["A"].pk}
    staff.post(reverse(f"{ADMIN}_add"), new_root(customer) | forged)
    root = Administrator.objects.get(username="claire.martin")
    assert (root.is_superuser, root.is_staff, root.is_active) == (False, False, True)
    assert (root.parent, bytes(root.path), root.version, root.session_epoch) == (None, b"", 1, 0)
    assert (root.must_change_password, root.has_usable_password()) == (True, False)
    assert (root.groups.count(), root.user_permissions.count()) == (0, 0)
