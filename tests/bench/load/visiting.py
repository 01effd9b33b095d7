"""People at browsers, as users of locust, which lets them think, and takes the time.

__main__.py runs it in a process of its own: locust replaces the sockets, and the database is not
asked through such.
"""

import json
import time
from argparse import ArgumentParser
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from random import Random
from typing import Any, ClassVar
from urllib.parse import urlencode

from locust import FastHttpUser, between, events, task
from locust.contrib.fasthttp import FastResponse
from locust.env import Environment
from locust.stats import sort_stats
from requests.cookies import create_cookie

from tests.bench.load import doing
from tests.bench.load.handed import CROWD, PASSWORD, SEEN, Seen, Visitor
from tests.bench.load.reading import Lost, read, reasons

SIGN_IN = "/sign-in/"
FORM = {"Content-Type": "application/x-www-form-urlencoded"}
PERCENTILES = (0.5, 0.95, 0.99, 1)


class Visit(FastHttpUser):
    """One person, who does one thing after the other, as `choose` says."""

    abstract = True
    wait_time = between(1, 3)
    default_headers = {"Connection": "close"}  # so that any worker may take the next request
    choose: Callable[["Visit"], Callable[[], None]]
    # Shared by all visits.
    crowd: ClassVar[list[Visitor]] = []  # who has not come yet
    absent: ClassVar[set[int]] = set()  # who is disabled
    seen: ClassVar[Seen] = Seen()

    def on_start(self) -> None:
        self.visitor = self.crowd.pop(0)
        self.chance = Random(self.visitor.pk)
        self.disabled: list[int] = []
        self.client.cookiejar.set_cookie(create_cookie(*self.visitor.cookie, domain="127.0.0.1"))

    @task
    def do_one_thing(self) -> None:
        with suppress(Lost):
            self.choose()()

    def ask(
        self, kind: str, path: str, feature: str = "", form: dict[str, Any] | None = None
    ) -> FastResponse:
        """A page, or with `form` what is answered to it."""
        how = {"method": "GET"} if form is None else _posting(form)
        with self.client.request(
            url=path, name=kind, catch_response=True, allow_redirects=False, **how
        ) as answer:
            self._judge(answer, feature, posted=form is not None)
        return answer

    def send(self, kind: str, path: str, form: dict[str, Any], feature: str = "") -> None:
        """Sends a form and follows where it leads. One that takes from others is confirmed."""
        self.wait()
        answer = self.ask(kind, path, feature, form)
        shown = read(answer.content).data
        if shown.get("confirmed") == ["on"]:
            self.send(f"{kind}, confirmed", path, shown, feature)
        elif answer.status_code == 302:
            self.seen.written[kind.removesuffix(", confirmed")] += 1
            self.ask("page after a save", _location(answer), feature)
        else:
            self.seen.refused.update(reasons(answer.content))

    def _judge(self, answer: FastResponse, feature: str, *, posted: bool) -> None:
        """What somebody was taken from meanwhile is noted, and looked up in the audit later."""
        status, away = answer.status_code, _location(answer).startswith(SIGN_IN)
        if away or status in ({403, 404} if posted else {403}):
            answer.success()
            self.seen.losses.append((self.visitor.pk, "" if away else feature))
            if away:
                self._come_back()
            raise Lost
        if status != 200 and not (posted and status == 302):
            answer.failure(getattr(answer, "error", f"{status} {_location(answer)}"))
            raise Lost

    def _come_back(self) -> None:
        """Whoever disabled one enables one later; then one signs in again."""
        while self.visitor.pk in self.absent:
            self.wait()
        self.client.cookiejar.clear()
        shown = read(self.ask("form to sign in", SIGN_IN).content).data
        self.wait()
        told = {"username": self.visitor.username, "password": PASSWORD}
        self.ask("sign in", SIGN_IN, form=shown | told)


class OfThePortal(Visit):
    choose = doing.portal


class OfTheBareView(Visit):
    choose = doing.bare


def _posting(form: dict[str, Any]) -> dict[str, Any]:
    return {"method": "POST", "data": urlencode(form, doseq=True), "headers": FORM}


def _location(answer: FastResponse) -> str:
    """Where it leads, if anywhere; a connection that broke has no headers."""
    return (answer.headers or {}).get("Location", "")


@events.init_command_line_parser.add_listener
def add_folder(parser: ArgumentParser) -> None:
    parser.add_argument("--folder", type=Path, help="of what is handed over and back")


@events.init.add_listener
def let_in(environment: Environment, **_: Any) -> None:
    text = (environment.parsed_options.folder / CROWD).read_text()
    Visit.crowd.extend(Visitor(**one) for one in json.loads(text))


@events.request.add_listener
def note_answer(name: str, response: FastResponse, exception: Exception | None, **_: Any) -> None:
    """Those of the first seconds, too, which locust forgets."""
    Visit.seen.answers[str(response.status_code)] += 1
    if exception:
        Visit.seen.errors[f"{name}: {exception!r}"] += 1


@events.user_error.add_listener
def note_error(exception: Exception, **_: Any) -> None:
    """Of a visitor who does not know what to do with a page."""
    Visit.seen.errors[repr(exception)] += 1


@events.quitting.add_listener
def hand_back(environment: Environment, **_: Any) -> None:
    seen, stats = Visit.seen, environment.stats
    for entry in [*sort_stats(stats.entries), stats.total]:
        longest = [entry.get_response_time_percentile(share) for share in PERCENTILES]
        seen.times.append((entry.name, entry.num_requests, longest))
    seen.per_second = stats.total.total_rps
    seen.of_one_core = time.process_time() / environment.parsed_options.run_time
    (environment.parsed_options.folder / SEEN).write_text(json.dumps(vars(seen)))
