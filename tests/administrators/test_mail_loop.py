"""The command that sends the mails: once, or for as long as it runs."""

import time
from contextlib import AbstractContextManager
from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command
from django.db import InterfaceError, OperationalError, connection

from administrators.management.commands import send_mail_queue
from tests.administrators.mailbox import Mailbox
from tests.world import World


class Interrupted(Exception):
    """Somebody ended the loop."""


def looks(monkeypatch: pytest.MonkeyPatch, count: int) -> list[float]:
    """The loop ends after so many looks; how long it waited after each of them."""
    waited: list[float] = []

    def wait(seconds: float) -> None:
        waited.append(seconds)
        if len(waited) == count:
            raise Interrupted

    monkeypatch.setattr(time, "sleep", wait)
    return waited


def failing(*errors: Exception) -> AbstractContextManager[None]:
    """The database fails so at the first statements of the outbox, and then answers."""
    left = list(errors)

    def fail(execute: Any, sql: str, *rest: Any) -> Any:
        if left and "outgoingmail" in sql.lower():
            raise left.pop(0)
        return execute(sql, *rest)

    return connection.execute_wrapper(fail)


LOST = [OperationalError("database is locked"), InterfaceError("connection already closed")]


def test_the_loop_outlives_a_database_that_does_not_answer(
    reset: World,
    mailbox: Mailbox,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
):
    waited, closed = looks(monkeypatch, 3), []
    monkeypatch.setattr(send_mail_queue, "close_old_connections", lambda: closed.append(1))
    with failing(*LOST), pytest.raises(Interrupted):
        call_command("send_mail_queue", "--loop", "--every", "7")
    assert (waited, len(closed)) == ([7.0] * 3, 2)
    assert [envelope.rcpt_tos for envelope in mailbox.envelopes] == [["user-b@exemple.fr"]]
    said = [(record.levelname, record.getMessage()) for record in caplog.records]
    assert [level for level, _text in said] == ["WARNING", "WARNING"]
    assert "database is locked" in said[0][1]
    assert "connection already closed" in said[1][1]


def test_the_loop_does_not_hide_what_is_no_fault_of_the_database(
    world: World, monkeypatch: pytest.MonkeyPatch
):
    looks(monkeypatch, 3)
    with failing(ZeroDivisionError()), pytest.raises(ZeroDivisionError):
        call_command("send_mail_queue", "--loop")


@pytest.mark.parametrize("error", LOST)
def test_a_single_run_fails_loudly(reset: World, mailbox: Mailbox, error: Exception):
    with failing(error), pytest.raises(type(error)):
        call_command("send_mail_queue")
    assert not mailbox.envelopes


def test_a_single_run_says_how_many_left(reset: World, mailbox: Mailbox):
    said = StringIO()
    call_command("send_mail_queue", stdout=said)
    assert said.getvalue() == "1 sent\n"
