"""What carrier staff do to several people at once in the Django admin, asked and told."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.translation import gettext, override

from administrators.admin import AdministratorAdmin
from administrators.models import Administrator, OutgoingMail
from permissions.errors import LastRoot, OutOfScope, Refused
from permissions.models import Act, AuditEntry
from sites.models import Enterprise
from tests.administrators.carrier import ADMIN, columns
from tests.world import World


def told(response: Any) -> list[str]:
    return [str(message) for message in response.context["messages"]]


def act_on(staff: Client, action: str, *people: Administrator) -> Any:
    sent = {"action": action, "_selected_action": [p.pk for p in people], "confirmed": "1"}
    return staff.post(reverse(f"{ADMIN}_changelist"), sent, follow=True)


def test_a_reset_asks_first_then_mails(staff: Client, world: World) -> None:
    sent = {"action": "reset_password", "_selected_action": [world["A"].pk, world["R"].pk]}
    asked = staff.post(reverse(f"{ADMIN}_changelist"), sent)
    assert asked.status_code == 200
    assert "user-a" in asked.text
    assert OutgoingMail.objects.count() == 0
    act_on(staff, "reset_password", world["A"], world["R"])
    mails = OutgoingMail.objects.values_list("kind", "person")
    assert set(mails) == {("reset", world["A"].pk), ("reset", world["R"].pk)}
    assert world["A"].must_change_password is True
    assert AuditEntry.objects.filter(act=Act.RESET, actor=world["SU"].pk).count() == 2


def test_not_everybody_is_ticked_at_once(staff: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(AdministratorAdmin, "list_per_page", 2)
    text = staff.get(reverse(f"{ADMIN}_changelist")).text
    assert 'class="action-counter"' in text
    assert 'class="question' not in text


def asked(staff: Client, action: str, *people: Administrator) -> Any:
    """The first step: the page that asks, or what is said instead."""
    sent = {"action": action, "_selected_action": [p.pk for p in people]}
    return staff.post(reverse(f"{ADMIN}_changelist"), sent, follow=True)


def test_who_cannot_be_disabled_is_named_before_it_is_asked(staff: Client, world: World) -> None:
    page = asked(staff, "disable", *(world[name] for name in ("R", "SU", "D", "A")))
    assert page.context["listed"] == [
        "User-A Durand (user-a)\u202f: 8 administrateurs placés au-dessous gardent leur accès"
    ]
    with override("fr"):
        root = LastRoot().message
    assert sorted(told(page)) == [
        "Su Durand\u202f: Vous ne pouvez pas vous désactiver vous-même.",
        "User-D Durand\u202f: déjà désactivé.",
        f"User-R Durand\u202f: {root}",
    ]
    assert [value for name, value in page.context["posted"] if name != "action"] == [world["A"].pk]
    alone = asked(staff, "disable", world["R"])
    assert (alone.context.get("listed"), len(told(alone))) == (None, 1)
    assert AuditEntry.objects.filter(act=Act.REFUSED).count() == 0


def test_who_gets_no_password_is_named_before_it_is_asked(staff: Client, world: World) -> None:
    page = asked(staff, "reset_password", world["SU"], world["D"], world["A"])
    assert page.context["listed"] == ["User-A Durand (user-a)"]
    assert sorted(told(page)) == [
        "Su Durand\u202f: Le personnel de l’opérateur n’est pas géré ici.",
        "User-D Durand\u202f: compte désactivé\u202f; réactivez-le d’abord.",
    ]


def test_what_changed_nothing_says_so(staff: Client, world: World) -> None:
    version = world["D"].version
    assert told(act_on(staff, "disable", world["D"])) == ["User-D Durand\u202f: déjà désactivé."]
    assert told(act_on(staff, "enable", world["A"])) == ["User-A Durand\u202f: déjà actif."]
    assert world["D"].version == version


def test_a_mail_that_waits_is_not_said_to_be_sent(staff: Client, world: World) -> None:
    (said,) = told(act_on(staff, "reset_password", world["A"]))
    assert said.endswith("sera envoyé à user-a@exemple.fr.")


def test_who_cannot_sign_in_yet_is_not_said_to_can(staff: Client, world: World) -> None:
    assert told(act_on(staff, "enable", world["D"])) == [
        "User-D Durand peut de nouveau se connecter."
    ]
    act_on(staff, "disable", world["D"])
    Enterprise.objects.update(is_active=False)
    (said,) = told(act_on(staff, "enable", world["D"]))
    assert said.endswith("entreprise suspendue.")


def test_disable_and_enable(staff: Client, world: World) -> None:
    act_on(staff, "disable", world["A"])
    assert (world["A"].is_active, world["B"].is_active) == (False, True)
    act_on(staff, "enable", world["A"])
    assert world["A"].is_active is True


REFUSED = [
    ("R", "disable", LastRoot),
    ("SU", "disable", OutOfScope),
    ("SU", "enable", OutOfScope),
    ("SU", "reset_password", OutOfScope),
    ("D", "reset_password", Refused),
]


@pytest.mark.parametrize(("name", "action", "reason"), REFUSED)
def test_a_refused_act_is_said_and_changes_nothing(
    staff: Client, world: World, name: str, action: str, reason: type[Refused]
) -> None:
    before = columns(world[name])
    answer = act_on(staff, action, world[name])
    with override("fr"):
        words = {"name": str(world[name]), "reason": reason().message}
        assert told(answer) == [gettext("%(name)s: %(reason)s") % words]
    assert columns(world[name]) == before
    assert OutgoingMail.objects.count() == 0
    trace = AuditEntry.objects.get(act=Act.REFUSED)
    assert (trace.target_id, trace.item) == (world[name].pk, f"{action}: {reason.__name__}")
