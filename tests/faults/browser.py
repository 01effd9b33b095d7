"""A person at a browser, over real HTTP, who notices when no answer comes."""

import http.client
from dataclasses import dataclass, field
from http.cookies import SimpleCookie
from typing import Any
from urllib.parse import urlencode

from tests.factories import PASSWORD
from tests.pages import Reader
from tests.world import username_of

TIMEOUT = 60  # seconds; only a portal that hangs is waited for that long
FORM = {"Content-Type": "application/x-www-form-urlencoded"}


class NoAnswer(Exception):
    """The connection broke: whether the portal did what it was asked is not known."""


@dataclass(frozen=True)
class Answer:
    status: int
    headers: http.client.HTTPMessage
    content: bytes

    @property
    def saved(self) -> bool:
        """What every form of the portal answers once it is written."""
        return self.status == 302

    @property
    def location(self) -> str:
        return self.headers.get("Location", "")


@dataclass
class Browser:
    """Keeps cookies. Each request is a connection of its own, so that any worker may take it."""

    port: int
    cookies: dict[str, str] = field(default_factory=dict)

    def get(self, path: str) -> Answer:
        return self._ask("GET", path)

    def post(self, path: str, data: dict[str, Any]) -> Answer:
        return self._ask("POST", path, urlencode(data, doseq=True))

    def submit(self, path: str, **changes: Any) -> Answer:
        """Opens a page, changes its form and sends it; another answer than a page is returned."""
        shown = self.get(path)
        return self.post(path, form(shown) | changes) if shown.status == 200 else shown

    def sign_in(self, name: str, password: str = PASSWORD) -> "Browser":
        """As that person of tests/world.py."""
        told = {"username": username_of(name), "password": password}
        assert self.submit("/sign-in/", **told).saved
        return self

    def _ask(self, method: str, path: str, body: str | None = None) -> Answer:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=TIMEOUT)
        cookies = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        try:
            connection.request(method, path, body, {"Cookie": cookies, **(FORM if body else {})})
            response = connection.getresponse()
            answer = Answer(response.status, response.headers, response.read())
        except (OSError, http.client.HTTPException) as error:
            raise NoAnswer from error
        finally:
            connection.close()
        self._keep_cookies(answer)
        return answer

    def _keep_cookies(self, answer: Answer) -> None:
        for header in answer.headers.get_all("Set-Cookie", []):
            for name, morsel in SimpleCookie(header).items():
                self.cookies[name] = morsel.value


def form(answer: Answer) -> dict[str, Any]:
    """What the form of a page sends back when nothing is changed."""
    reader = Reader()
    reader.feed(answer.content.decode())
    return reader.data
