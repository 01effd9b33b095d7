"""Several senders at one outbox, and resets while mails are leaving."""

import re

import pytest
from django.core import mail

from administrators import emails, services, writing
from administrators.models import Administrator, OutgoingMail
from tests.races.racing import People, Race
from tests.races.scene import Scene
from tests.races.unprotected import without_locks
from tests.world import username_of

WAITING = "B C N D"
TEMPORARY = re.compile(r"\b[a-z2-9]{4}(?:-[a-z2-9]{4}){4}\b")


def send(people: People) -> None:
    emails.send_due()


def recipients() -> tuple[str, ...]:
    """To whom mails left in this round."""
    found = sorted(address for message in mail.outbox for address in message.to)
    mail.outbox.clear()
    return tuple(found)


def two_senders(scene: Scene) -> Race:
    for name in WAITING.split():
        writing.post(OutgoingMail.Kind.RESET, scene.world[name])
        writing.owe_password(Administrator.objects.filter(username=username_of(name)))
    scene.keep()
    return Race("send_mail_queue ∥ send_mail_queue", send, send, recipients)


def test_each_mail_leaves_once(scene: Scene) -> None:
    two_senders(scene).check(scene)


def test_without_locks_a_mail_leaves_twice(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    race = two_senders(scene)
    serial = race.serial(scene)
    without_locks(monkeypatch)
    assert race.fails(scene, serial)


def reset_and_send(scene: Scene) -> Race:
    """B is reset again while the mail of the first reset leaves; in the end the last one works."""
    services.reset_password(scene.world["B"], by=scene.world["A"])
    scene.keep()

    def reset(people: People) -> None:
        services.reset_password(people["B"], by=people["A"])

    def after() -> tuple[bool, int]:
        emails.send_due()
        last = TEMPORARY.search(mail.outbox[-1].body).group()
        return scene.world["B"].check_password(last), len(recipients())

    return Race("reset ∥ send_mail_queue", reset, send, after)


def test_reset_while_its_mail_leaves(scene: Scene) -> None:
    """Without locks a mail may leave twice, as above; the order of the locks is what is tested."""
    reset_and_send(scene).check(scene)


def test_a_failure_that_comes_late_leaves_the_newer_password(
    scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The first sender hangs, B is reset again and gets the mail, then the first one fails."""
    services.reset_password(scene.world["B"], by=scene.world["A"])
    claimed = emails._claim()
    services.reset_password(scene.world["B"], by=scene.world["A"])
    assert emails.send_due() == 1
    newer = TEMPORARY.search(mail.outbox[-1].body).group()

    def fail(message: mail.EmailMessage) -> None:
        raise TimeoutError

    monkeypatch.setattr(mail.EmailMessage, "send", fail)
    assert not emails._send(*claimed)
    assert scene.world["B"].check_password(newer)
