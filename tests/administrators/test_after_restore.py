"""`after_restore`: nothing that was signed, lent or waiting in a backup counts any more."""

from io import StringIO

import pytest
from django.contrib.sessions.models import Session
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client
from django.urls import reverse

from administrators import own, services
from administrators.emails import send_due
from administrators.models import Administrator, OutgoingMail
from administrators.states import State
from permissions import audit
from permissions.models import Act, AuditEntry
from tests import factories, visitors
from tests.world import World, username_of


def restored(**options: int) -> str:
    output = StringIO()
    call_command("after_restore", stdout=output, **({"interactive": False} | options))
    return output.getvalue()


def broken(*_arguments: object) -> None:
    raise RuntimeError


def signs_in(name: str) -> bool:
    typed = {"username": username_of(name), "password": factories.PASSWORD}
    return Client().post("/sign-in/", typed).status_code == 302


def test_no_session_is_left(world: World) -> None:
    clients = [visitors.visitor(world[name]) for name in "AR"]
    epochs = dict(Administrator.objects.values_list("pk", "session_epoch"))
    assert restored().startswith("sessions ended: 2,")
    assert not Session.objects.exists()
    assert all(client.get("/account/").status_code == 302 for client in clients)
    later = dict(Administrator.objects.values_list("pk", "session_epoch"))
    assert later == {pk: epoch + 1 for pk, epoch in epochs.items()}


@pytest.mark.parametrize("answer", ["", "n", "no"])
def test_it_asks_first_and_names_the_database(
    world: World, answer: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    visitors.visitor(world["A"])
    asked = []
    monkeypatch.setattr("builtins.input", lambda question: asked.append(question) or answer)
    with pytest.raises(CommandError, match="Nothing was changed"):
        restored(interactive=True)
    assert Session.objects.count() == 1
    assert str(connection.settings_dict["NAME"]) in asked[0]


def test_who_says_yes_goes_on(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    visitors.visitor(world["A"])
    monkeypatch.setattr("builtins.input", lambda question: "Y")
    assert restored(interactive=True).startswith("sessions ended: 1,")


def test_a_fault_leaves_all_as_it_was(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    visitors.visitor(world["A"])
    before = visitors.everything()
    monkeypatch.setattr(audit, "record_all", broken)
    with pytest.raises(RuntimeError):
        restored()
    assert visitors.everything() == before
    assert Session.objects.count() == 1


def test_a_session_that_comes_back_is_no_longer_signed(world: World) -> None:
    """As from a table that was restored once more by itself."""
    client = visitors.visitor(world["A"])
    kept = Session.objects.get()
    restored()
    kept.save(force_insert=True)
    assert client.get("/account/").status_code == 302


def test_a_temporary_password_opens_nothing(world: World) -> None:
    restored()
    assert not signs_in("T")
    assert world["T"].state == State.EXPIRED
    assert not world["T"].has_usable_password()


def test_a_password_that_somebody_chose_stays(world: World) -> None:
    restored()
    assert signs_in("A")
    assert world["A"].state == State.ACTIVE


def test_mails_that_waited_are_kept_back(world: World, mailoutbox: list[object]) -> None:
    services.reset_password(world["C"], by=world["B"])
    own.send_feedback("Bonjour", by=world["A"])
    before = OutgoingMail.objects.count()
    assert "mails kept back: 2," in restored()
    assert send_due() == 0
    assert not mailoutbox
    assert OutgoingMail.objects.filter(last_error="").count() == before - 2
    assert OutgoingMail.objects.get(kind="feedback").text == "Bonjour"
    assert world["C"].state == State.EXPIRED


def test_who_is_reset_anew_can_come_in(world: World, mailoutbox: list[object]) -> None:
    services.reset_password(world["C"], by=world["B"])
    restored()
    services.reset_password(world["C"], by=world["B"])
    assert send_due() == 1
    assert world["C"].state == State.OWED


def test_it_says_whom_to_reset(world: World) -> None:
    """Not who is disabled: enabling them resets them too."""
    Administrator.objects.filter(pk=world["D"].pk).update(must_change_password=True)
    assert restored().endswith("people to reset anew: 1\n")
    services.reset_password(world["C"], by=world["B"])
    assert restored(verbosity=2).splitlines()[1:] == ["user-t", "user-c"]
    assert world["D"].password_expires_at is not None


def test_the_audit_says_so(world: World) -> None:
    visitors.visitor(world["A"])
    restored()
    rows = AuditEntry.objects.filter(item="restore").order_by("pk")
    assert [(row.act, row.target_id, row.actor_id) for row in rows] == [
        (Act.RESET, world.people["T"], None),
        (Act.EDIT, None, None),
    ]
    assert len({row.act_id for row in rows}) == 1


def test_who_manages_them_reads_why(world: World) -> None:
    restored()
    url = reverse("administrator_history", args=[world.people["T"]])
    page = visitors.words(visitors.visitor(world["A"]).get(url))
    assert "Restauration d’une sauvegarde" in page
    assert "L’opérateur, par une commande" in page


def test_twice_in_a_row_is_as_good_as_once(world: World) -> None:
    visitors.visitor(world["A"])
    restored()
    assert restored() == "sessions ended: 0, mails kept back: 0, people to reset anew: 1\n"
