"""Asks a WSGI handler for pages, as somebody who has signed in, and takes the time."""

import resource
import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any
from urllib.parse import urlencode

import psycopg
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.core.cache import caches
from django.core.handlers.wsgi import WSGIHandler
from django.db import connection
from django.test.utils import override_settings

from administrators.models import Administrator
from administrators.sessions import SessionStore

BACKEND = "administrators.backends.AdministratorBackend"
LONG, WORTH = 500, 1_000  # ms
TOKEN = "b" * 32  # against forged requests; the cookie and the header are the same

# What Django itself needs to show a page to somebody who has signed in.
BARE_MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
]


@dataclass
class Times:
    """Milliseconds of each of many turns."""

    turns: list[float] = field(default_factory=list)

    @property
    def median(self) -> float:
        return statistics.median(self.turns)

    @property
    def p95(self) -> float:
        return sorted(self.turns)[int(len(self.turns) * 0.95)]

    @property
    def enough(self) -> bool:
        """Whether this takes long, and has been asked for as long as it is worth."""
        return sum(self.turns) > WORTH and self.median > LONG


class Page:
    """An address, asked by one person of the portal or of what stands beside it."""

    def __init__(
        self, handler: WSGIHandler, session: str, url: str, sent: dict[str, str] | None = None
    ) -> None:
        """`sent` is a form, which is posted."""
        self.handler, self.session, self.url = handler, session, url
        self.body = urlencode(sent or {}).encode()

    def __call__(self) -> bytes:
        statuses: list[str] = []
        answer = self.handler(self._environ(), lambda status, *_: statuses.append(status))
        content = b"".join(answer)
        answer.close()
        if statuses == ["403 Forbidden"]:
            raise PermissionError(self.url)
        if statuses != ["200 OK"]:
            raise RuntimeError(f"{self.url}: {statuses}")
        return content

    def _environ(self) -> dict[str, Any]:
        path, _, query = self.url.partition("?")
        return {
            "REQUEST_METHOD": "POST" if self.body else "GET",
            "PATH_INFO": path, "QUERY_STRING": query, "SCRIPT_NAME": "",
            "SERVER_NAME": "testserver", "SERVER_PORT": "80", "SERVER_PROTOCOL": "HTTP/1.1",
            "REMOTE_ADDR": "127.0.0.1", "wsgi.url_scheme": "http", "wsgi.input": BytesIO(self.body),
            "CONTENT_TYPE": "application/x-www-form-urlencoded",
            "CONTENT_LENGTH": str(len(self.body)), "HTTP_X_CSRFTOKEN": TOKEN,
            "HTTP_COOKIE": f"{settings.SESSION_COOKIE_NAME}={self.session};"
            f"{settings.CSRF_COOKIE_NAME}={TOKEN}",
        }  # fmt: skip


def cold(page: Page) -> None:
    """The page as the first who asks for it gets it: nothing that stands around it is kept."""
    for name in ("fragments", "addresses"):
        caches[name].clear()
    page()


def queries_of(ask: Callable[[], Any]) -> list[tuple[str, Any]]:
    """What is asked of the database, the second time."""
    asked: list[tuple[str, Any]] = []

    def note(execute: Callable[..., Any], sql: str, parameters: Any, *rest: Any) -> Any:
        asked.append((sql, parameters))
        return execute(sql, parameters, *rest)

    ask()
    with connection.execute_wrapper(note):
        ask()
    return asked


class OwnSql:
    """The reading statements of a page, by psycopg alone, on a connection of its own."""

    def __init__(self, queries: list[tuple[str, Any]]) -> None:
        given = connection.get_connection_params()
        named = {name: given[name] for name in ("dbname", "user", "host", "port") if name in given}
        raw = psycopg.connect(**named, autocommit=True, cursor_factory=psycopg.ClientCursor)
        self.cursor = raw.cursor()
        reading = [(sql, values) for sql, values in queries if sql.startswith(("SELECT", "WITH"))]
        self.queries = [self.cursor.mogrify(sql, values) for sql, values in reading]

    def __call__(self) -> None:
        for sql in self.queries:
            self.cursor.execute(sql)
            self.cursor.fetchall()

    def close(self) -> None:
        self.cursor.connection.close()


def session_of(person: Administrator) -> str:
    """The key of a session that begins now."""
    session = SessionStore()
    session[SESSION_KEY] = str(person.pk)
    session[BACKEND_SESSION_KEY] = BACKEND
    session[HASH_SESSION_KEY] = person.get_session_auth_hash()
    session.create()
    return str(session.session_key)


def bare_handler() -> WSGIHandler:
    """Django with its own middleware only, and the addresses of tests/bench/bare.py."""
    with override_settings(MIDDLEWARE=["tests.bench.asking.beside", *BARE_MIDDLEWARE]):
        return WSGIHandler()


def beside(get_response: Callable[[Any], Any]) -> Callable[[Any], Any]:
    """Middleware: other addresses than the portal's."""

    def answer(request: Any) -> Any:
        request.urlconf = "tests.bench.bare"
        return get_response(request)

    return answer


def take_times(asked: dict[str, Callable[[], Any]], turns: int) -> dict[str, Times]:
    """All of them in turn, so that what slows the machine slows them all; the first is not counted.

    What takes long is asked less often, and what takes very long only once more.
    """
    times = {name: Times() for name in asked}
    for ask in asked.values():
        ask()
    for _turn in range(turns):
        for name, ask in asked.items():
            if not times[name].enough:
                started = time.perf_counter()
                ask()
                times[name].turns.append((time.perf_counter() - started) * 1000)
    return times


def memory() -> float:
    """The most that this process has ever used, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
