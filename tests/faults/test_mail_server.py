"""The mail server refuses, hangs, or dies: nothing is lost, nobody is reset twice or held up."""

import asyncio
import os
import re
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from email import message_from_bytes, policy
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from tests.administrators.mailbox import free_port
from tests.faults.browser import Browser
from tests.faults.cluster import Cluster
from tests.faults.conftest import DATABASE
from tests.faults.processes import PATIENCE, ROOT, Portal, end, environment
from tests.races.figures import count
from tests.world import username_of

IMPATIENT = {"DJANGO_SETTINGS_MODULE": "tests.faults.impatient_settings"}
TEMPORARY = re.compile(r"\b[a-z2-9]{4}(?:-[a-z2-9]{4}){4}\b")
RESET = ("A", "B", "C")
NOW = "UPDATE administrators_outgoingmail SET due_at = now() WHERE sent_at IS NULL"
WAITING = "SELECT count(*) FROM administrators_outgoingmail WHERE sent_at IS NULL"
CHOSEN = "Lanterne-Verte-88"
Fault = Callable[..., Any]


class Server:
    """Takes every mail, after `fault` had its chance."""

    def __init__(self) -> None:
        self.fault: Fault | None = None
        self.taken: list[tuple[str, str]] = []
        self.hanging = threading.Event()
        self.port = free_port()

    async def handle_DATA(  # noqa: N802
        self, server: SMTP, session: Session, envelope: Envelope
    ) -> str:
        text = message_from_bytes(envelope.content, policy=policy.default).get_content()
        if self.fault is None:
            self.taken.append((envelope.rcpt_tos[0], TEMPORARY.search(text).group()))
            return "250 OK"
        return await self.fault(self, server, envelope.rcpt_tos[0], TEMPORARY.search(text).group())

    def password(self, name: str) -> str:
        """The last one that was mailed to that person."""
        return dict(self.taken)[f"{username_of(name)}@exemple.fr"]


async def refusing(box: Server, smtp: SMTP, to: str, password: str) -> str:
    return "451 come back later"


async def hanging(box: Server, smtp: SMTP, to: str, password: str) -> str:
    box.hanging.set()
    await asyncio.sleep(PATIENCE)
    return "451 too late"


async def dying_after_data(box: Server, smtp: SMTP, to: str, password: str) -> str:
    """The mail was taken, but its sender never hears of it."""
    box.taken.append((to, password))
    smtp.transport.abort()
    return ""


@pytest.fixture
def server() -> Iterator[Server]:
    box = Server()
    controller = Controller(box, hostname="127.0.0.1", port=box.port)
    controller.start()
    yield box
    controller.stop()


class Office:
    """The portal, its outbox, and the sender as a process."""

    def __init__(self, scratch: Cluster, running: Portal, server: Server) -> None:
        self.scratch, self.running, self.server = scratch, running, server
        self.root = running.browser().sign_in("R")

    def reset(self, *names: str) -> None:
        for name in names:
            pk = self.query(
                "SELECT id FROM administrators_administrator WHERE username = %s", username_of(name)
            )
            assert self.root.submit(f"/administrators/{pk}/reset-password/").saved

    def sender(self) -> subprocess.Popen[bytes]:
        url = self.scratch.url(DATABASE)
        told = {"EMAIL_URL": f"smtp://127.0.0.1:{self.server.port}", **IMPATIENT}
        command = [sys.executable, "manage.py", "send_mail_queue"]
        return subprocess.Popen(
            command, cwd=ROOT, env=environment(url, **told), stdout=subprocess.DEVNULL
        )

    def send(self) -> int:
        """Runs the sender to its end; returns how many mails are still waiting."""
        self.scratch.query(DATABASE, NOW)
        running = self.sender()
        try:
            assert running.wait(PATIENCE) == 0
        finally:
            end(running)
        return self.query(WAITING)

    def query(self, sql: str, *parameters: Any) -> int:
        return self.scratch.query(DATABASE, sql, *parameters)[0][0]

    def arrive(self, name: str) -> Browser:
        """Signs in with the mailed password, and chooses another."""
        browser = self.running.browser().sign_in(name, self.server.password(name))
        assert browser.get("/account/").location.startswith("/password/")
        chosen = {"new_password1": CHOSEN, "new_password2": CHOSEN}
        assert browser.submit("/password/", **chosen).saved
        assert browser.get("/account/").status == 200
        return browser


@pytest.fixture
def office(scratch: Cluster, running: Portal, server: Server) -> Office:
    return Office(scratch, running, server)


@pytest.mark.parametrize("fault", [refusing, dying_after_data])
def test_a_broken_server_loses_nothing(office: Office, server: Server, fault: Fault) -> None:
    office.reset(*RESET)
    server.fault = fault
    assert office.send() == len(RESET)
    void = {name: server.password(name) for name in RESET if server.taken}
    server.fault = None
    assert office.send() == 0
    for name in RESET:
        assert server.password(name) != void.get(name)
        office.arrive(name)
    count(f"mail server {fault.__name__}", resets=len(RESET), lost=0)


def test_a_hanging_server_holds_nobody_up(office: Office, server: Server) -> None:
    """While the sender waits for the server, people go on, one of them by a reset."""
    office.reset("A")
    server.fault = hanging
    sender = office.sender()
    try:
        assert server.hanging.wait(PATIENCE)
        office.reset("B")
        assert office.root.get("/administrators/").status == 200
        assert sender.poll() is None, "the sender was no longer waiting"
        assert sender.wait(PATIENCE) == 0
    finally:
        end(sender)
    assert office.query(WAITING) == 2
    server.fault = None
    assert office.send() == 0
    office.arrive("A")
    office.arrive("B")
    count("mail server hanging", resets=2, lost=0, requests_held_up=0)


def test_a_sender_killed_after_data_resets_nobody_again(office: Office, server: Server) -> None:
    """The mail left, its sender could not note it: whoever used it keeps what they chose."""
    killed: list[int] = []

    async def killing(box: Server, smtp: SMTP, to: str, password: str) -> str:
        box.taken.append((to, password))
        os.kill(killed[0], signal.SIGKILL)
        return "250 OK"

    office.reset("B")
    server.fault = killing
    sender = office.sender()
    killed.append(sender.pid)
    assert sender.wait(PATIENCE) == -signal.SIGKILL
    browser = office.arrive("B")
    server.fault = None
    assert office.send() == 0, "the mail is closed once its lease has ended"
    assert len(server.taken) == 1
    assert browser.get("/account/").status == 200
    count("mail sender killed after DATA", lost=0, second_resets=0)
