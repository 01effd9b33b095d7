"""One person at a browser: thinks, opens a page, and sends forms as they were shown."""

import html
import re
import time
from collections.abc import Callable
from random import Random
from typing import Any

from django.conf import settings
from django.db import connection
from django.utils import translation
from django.utils.translation import gettext

from administrators.models import Administrator
from tests.bench.asking import session_of
from tests.bench.load.people import Visitor
from tests.bench.load.tally import Loss, Tally
from tests.faults.browser import Answer, Browser, NoAnswer
from tests.pages import Reader

THINKING = (1.0, 3.0)
SIGN_IN = "/sign-in/"
SUMMARY = re.compile(r'id="error-summary".*?<ul>(.*?)</ul>', re.DOTALL)
NAMES = re.compile(r"(par|by) .*?\.")


class Over(Exception):
    """The time is up."""


class Lost(Exception):
    """What one was about to do can no longer be done; one turns to something else."""


class Visit:
    """Of one person, until a moment; `tally` is what was seen, with its times from `since` on."""

    def __init__(self, visitor: Visitor, port: int, since: float, until: float) -> None:
        self.visitor, self.since, self.until, self.tally = visitor, since, until, Tally()
        self.chance = Random(visitor.pk)
        self.browser = Browser(port, {settings.SESSION_COOKIE_NAME: visitor.session})
        self.disabled: list[int] = []

    def stay(self, choose: Callable[["Visit"], Callable[[], None]]) -> None:
        """One thing after the other, until the time is up."""
        try:
            while True:
                try:
                    choose(self)()
                except Lost:
                    continue
        except Over:
            return
        finally:
            connection.close()

    def think(self) -> None:
        """As people do, before each page that they ask for themselves."""
        time.sleep(max(0.0, min(self.chance.uniform(*THINKING), self.until - time.monotonic())))
        if time.monotonic() >= self.until:
            raise Over

    def open(self, kind: str, path: str, feature: str = "") -> Answer:
        self.think()
        return self._ask(kind, feature, self.browser.get, path)

    def send(self, kind: str, path: str, data: dict[str, Any], feature: str = "") -> Answer:
        """Sends a form and follows where it leads. One that takes from others is confirmed."""
        self.think()
        answer = self._ask(kind, feature, self.browser.post, path, data)
        shown = read(answer)
        if "confirmed" in shown.data and shown.data["confirmed"] == ["on"]:
            return self.send(f"{kind}, confirmed", path, shown.data, feature)
        if answer.saved:
            self.tally.written[kind.removesuffix(", confirmed")] += 1
            return self._ask("page after a save", feature, self.browser.get, answer.location)
        self.tally.refused.update(reasons(answer))
        return answer

    def _ask(self, kind: str, feature: str, ask: Callable[..., Answer], *what: Any) -> Answer:
        started = time.monotonic()
        try:
            answer = ask(*what)
        except NoAnswer as error:
            self.tally.errors[f"{kind}: no answer: {error.__cause__!r}"] += 1
            raise Lost from error
        if started >= self.since:
            self.tally.times[kind].append((time.monotonic() - started) * 1000)
        self.tally.answers[str(answer.status)] += 1
        return self._judged(kind, feature, ask == self.browser.post, answer)

    def _judged(self, kind: str, feature: str, posted: bool, answer: Answer) -> Answer:
        """What somebody was taken from meanwhile is noted, and looked up in the audit later."""
        away = answer.saved and answer.location.startswith(SIGN_IN)
        if away or answer.status in ({403, 404} if posted else {403}):
            self.tally.losses.append(Loss(self.visitor.pk, "" if away else feature))
            if away:
                self.come_back()
            raise Lost
        if answer.status != 200 and not (posted and answer.saved):
            self.tally.errors[f"{kind}: {answer.status} {answer.location}"] += 1
            raise Lost
        return answer

    def come_back(self) -> None:
        """Waits until one may sign in again: whoever disabled one enables one later."""
        while True:
            self.think()
            person = Administrator.objects.get(pk=self.visitor.pk)
            if person.is_active:
                self.browser.cookies = {settings.SESSION_COOKIE_NAME: session_of(person)}
                return


def read(answer: Answer) -> Reader:
    reader = Reader()
    reader.feed(answer.content.decode())
    return reader


def reasons(answer: Answer) -> list[str]:
    """What a form says is wrong, without the names of people."""
    found = SUMMARY.search(answer.content.decode())
    texts = re.findall(r"<li>(.*?)</li>", found[1], re.DOTALL) if found else ["(no reason given)"]
    plain = [" ".join(html.unescape(re.sub(r"<[^>]*>", " ", text)).split()) for text in texts]
    with translation.override("fr"):
        changed = " ".join(gettext("Current value: %(value)s").partition("%")[0].split())
    return [NAMES.sub(r"\1 ….", text) for text in plain if changed not in text]
