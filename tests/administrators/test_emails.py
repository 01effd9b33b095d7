"""Temporary passwords through a real SMTP server: one mail, to the target, never lost."""

from datetime import timedelta

import pytest
from django.apps import apps
from django.contrib.auth import authenticate
from django.db.models import F
from django.test import RequestFactory
from django.utils import timezone

from administrators import emails, own, services
from administrators.models import Administrator, OutgoingMail
from administrators.states import State
from permissions.models import Act, AuditEntry
from tests.administrators.mailbox import Mailbox, free_port
from tests.factories import PASSWORD, details
from tests.world import World


def sign_in(username: str, password: str) -> Administrator | None:
    request = RequestFactory().post("/sign-in/", {"username": username})
    return authenticate(request, username=username, password=password)


def make_due() -> None:
    OutgoingMail.objects.update(due_at=timezone.now())


def test_one_mail_to_the_target_alone(reset: World, mailbox: Mailbox):
    assert emails.send_due() == 1
    (envelope,) = mailbox.envelopes
    assert envelope.rcpt_tos == ["user-b@exemple.fr"]
    (mail,) = mailbox.mails
    assert (mail["To"], mail["Cc"], mail["Bcc"]) == ("user-b@exemple.fr", None, None)
    assert "user-b" in mailbox.text()
    assert reset["B"].state == State.OWED
    assert emails.send_due() == 0


def test_the_password_works_once(reset: World, mailbox: Mailbox):
    emails.send_due()
    assert sign_in("user-b", PASSWORD) is None
    assert sign_in("user-b", mailbox.password()) == reset["B"]
    assert sign_in("user-b", mailbox.password()) is None
    assert reset["B"].state == State.EXPIRED


def test_the_former_address_learns_that_passwords_go_elsewhere(world: World, mailbox: Mailbox):
    """Who edits an address and resets would else take over an account unseen."""
    Administrator.objects.filter(pk=world["B"].pk).update(last_login=timezone.now())
    former, new = world["B"].email, "ailleurs@exemple.fr"
    services.update_details(world["B"], {"email": new}, by=world["A"])
    services.reset_password(world["B"], by=world["A"])
    assert emails.send_due() == 2
    assert [one.rcpt_tos for one in mailbox.envelopes] == [[former], [new]]
    assert "user-b" in mailbox.text(0)
    assert new not in mailbox.text(0)
    assert "adresse e-mail de votre compte" in mailbox.mails[0]["Subject"]


def test_who_never_signed_in_has_no_former_address(world: World):
    """It was a slip of the pen, and perhaps somebody else's."""
    services.update_details(world["B"], {"email": "ailleurs@exemple.fr"}, by=world["A"])
    services.update_details(world["B"], {"city": "Lille"}, by=world["A"])
    assert not OutgoingMail.objects.exists()


def test_nobody_writes_to_others_in_the_name_of_the_carrier(world: World, mailbox: Mailbox):
    """Who creates an account chooses its names; none of them is in what it receives."""
    named = {"first_name": "Urgent", "middle_name": "à payer", "last_name": "sur piege.example"}
    services.create_administrator(by=world["A"], details=details(**named))
    services.update_details(world["B"], named, by=world["A"])
    services.reset_password(world["B"], by=world["A"])
    assert emails.send_due() == 2
    for envelope in mailbox.envelopes:
        assert not [word for word in ("Urgent", "payer", "piege") if word in str(envelope.content)]


def test_a_mail_that_nobody_is_owed_any_more_says_so(reset: World, mailbox: Mailbox):
    services.disable(reset["B"], by=reset["A"])
    assert emails.send_due() == 0
    mail = OutgoingMail.objects.get()
    assert mailbox.envelopes == []
    assert (bool(mail.sent_at), mail.last_error) == (
        True,
        "Non envoyé\u202f: plus aucun mot de passe n’est dû",
    )
    assert emails.send_due() == 0


def test_a_new_administrator_gets_theirs(world: World, mailbox: Mailbox):
    child = services.create_administrator(by=world["A"], details=details())
    emails.send_due()
    assert mailbox.envelopes[0].rcpt_tos == [child.email]
    assert sign_in("nora.petit", mailbox.password()) == child


@pytest.mark.parametrize(
    ("age", "works"), [(timedelta(hours=23), True), (timedelta(hours=24), False)]
)
def test_the_password_lives_24_hours(reset: World, mailbox: Mailbox, age, works: bool):
    emails.send_due()
    sent = Administrator.objects.filter(pk=reset["B"].pk)
    assert sent.get().password_expires_at <= timezone.now() + timedelta(hours=24)
    sent.update(password_expires_at=F("password_expires_at") - age)
    assert (sign_in("user-b", mailbox.password()) is not None) is works
    assert reset["B"].state == State.EXPIRED


def test_the_password_is_nowhere_in_the_database(reset: World, mailbox: Mailbox):
    emails.send_due()
    password = mailbox.password()
    tables = [model for model in apps.get_models() if model._meta.managed]
    rows = [str(row) for model in tables for row in model._default_manager.values()]
    assert any("user-b" in row for row in rows)
    assert not [row for row in rows if password in row or password.replace("-", "") in row]


def test_each_mail_has_another_password_of_80_bits(reset: World, mailbox: Mailbox):
    emails.send_due()
    services.reset_password(reset["B"], by=reset["A"])
    emails.send_due()
    first, second = mailbox.password(0), mailbox.password(1)
    assert first != second
    assert len(emails.ALPHABET) ** len(first.replace("-", "")) > 2**80
    assert sign_in("user-b", first) is None
    assert sign_in("user-b", second) == reset["B"]


def dead_port(settings, mailbox: Mailbox) -> None:
    settings.EMAIL_PORT = free_port()


def refusing(settings, mailbox: Mailbox) -> None:
    mailbox.refusing = True


def dying_after_data(settings, mailbox: Mailbox) -> None:
    mailbox.dying = True


@pytest.mark.parametrize("fault", [dead_port, refusing, dying_after_data])
def test_a_broken_server_loses_nothing(reset: World, mailbox: Mailbox, settings, fault):
    port = settings.EMAIL_PORT
    fault(settings, mailbox)
    assert emails.send_due() == 0
    mail = OutgoingMail.objects.get()
    assert (mail.sent_at, mail.tries, bool(mail.last_error)) == (None, 1, True)
    assert reset["B"].state == State.MAIL_PENDING
    assert not reset["B"].has_usable_password()

    settings.EMAIL_PORT, mailbox.refusing, mailbox.dying = port, False, False
    assert emails.send_due() == 0, "not before it is due"
    make_due()
    assert emails.send_due() == 1
    assert OutgoingMail.objects.get().sent_at
    assert sign_in("user-b", mailbox.password()) == reset["B"]


def test_the_password_of_a_mail_that_may_have_left_is_void(reset: World, mailbox: Mailbox):
    mailbox.dying = True
    emails.send_due()
    assert sign_in("user-b", mailbox.password()) is None


def test_each_failure_waits_longer_up_to_an_hour(reset: World, mailbox: Mailbox):
    mailbox.refusing = True
    waits = []
    for _ in range(8):
        make_due()
        emails.send_due()
        waits.append(
            round((OutgoingMail.objects.get().due_at - timezone.now()) / timedelta(minutes=1))
        )
    assert waits == [2, 4, 8, 16, 32, 60, 60, 60]


def test_one_broken_mail_does_not_hold_up_the_others(reset: World, mailbox: Mailbox):
    Administrator.objects.filter(pk=reset["B"].pk).update(email="not an address\n")
    services.reset_password(reset["C"], by=reset["A"])
    assert emails.send_due() == 1
    assert mailbox.envelopes[0].rcpt_tos == ["user-c@exemple.fr"]


@pytest.mark.parametrize("signed_in", [False, True])
def test_a_retry_resets_nothing_that_was_chosen_meanwhile(
    reset: World, mailbox: Mailbox, signed_in: bool
):
    """The mail arrived although the server died; the person may stand at the change page."""
    emails.send_due()
    OutgoingMail.objects.update(sent_at=None, due_at=timezone.now())
    b = sign_in("user-b", mailbox.password())
    if not signed_in:
        own.change_own_password(b, "Lanterne-Verte-88", by=b)
    before = reset["B"].password
    emails.send_due()
    assert reset["B"].password == before
    assert len(mailbox.envelopes) == 1


def test_a_sender_that_died_is_taken_up_after_its_lease(reset: World, mailbox: Mailbox):
    emails._claim()
    assert emails.send_due() == 0
    OutgoingMail.objects.update(due_at=F("due_at") - emails.LEASE)
    assert emails.send_due() == 1
    assert sign_in("user-b", mailbox.password()) == reset["B"]


HOSTILE = [
    "Nora\r\nBcc: tous@exemple.fr",
    "{{ password }}{% include 'base.html' %}",
    "<script>alert(1)</script>",
    "%(password)s %s {0}",
    "Nora\u2028Subject: autre",
]


@pytest.mark.parametrize("name", HOSTILE)
def test_a_name_never_shapes_the_mail(world: World, mailbox: Mailbox, name: str):
    plain = details("plain.person")
    hostile = details("hostile.person") | {"first_name": name}
    for given in (plain, hostile):
        services.create_administrator(by=world["A"], details=given)
        emails.send_due()
    first, second = mailbox.mails
    headers = [h for h in first if h not in {"Date", "Message-ID", "To"}]
    assert [first[h] for h in headers] == [second[h] for h in headers]
    assert first.keys() == second.keys()
    assert [e.rcpt_tos for e in mailbox.envelopes][1] == ["hostile.person@exemple.fr"]
    lines = [mailbox.text(n).splitlines() for n in (0, 1)]
    assert len(lines[0]) == len(lines[1])
    assert mailbox.text(1).count(mailbox.password(1)) == 1


def test_the_mail_speaks_the_persons_language(reset: World, mailbox: Mailbox):
    Administrator.objects.filter(pk=reset["B"].pk).update(language="en")
    emails.send_due()
    assert mailbox.mails[0]["Subject"] == "Your temporary password"


def test_feedback_goes_to_the_operator(world: World, mailbox: Mailbox, settings):
    own.send_feedback("Bonjour", by=world["B"])
    emails.send_due()
    (mail,) = mailbox.mails
    assert (mail["To"], mail["Reply-To"]) == (settings.OPERATOR_EMAIL, "user-b@exemple.fr")
    assert world["B"].check_password(PASSWORD)


def test_a_refused_act_mails_nobody(world: World, mailbox: Mailbox):
    with pytest.raises(services.OutOfScope):
        services.reset_password(world["A"], by=world["B"])
    assert emails.send_due() == 0
    assert not mailbox.envelopes
    assert AuditEntry.objects.get().act == Act.REFUSED
