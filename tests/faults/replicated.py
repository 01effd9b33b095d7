"""The portal over a primary and its replica, with people at their browsers."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.faults.browser import Answer, Browser
from tests.faults.cluster import Cluster
from tests.faults.conftest import FILLED
from tests.faults.processes import Portal, manage, portal
from tests.faults.standby import Standby
from tests.world import username_of

DATABASE = "replicated"
IMPATIENT = "&options=-c%20lock_timeout%3D200ms"
FURNISH = """
from administrators.models import Administrator
from sites.models import Site
from tests.inventory import furnish
furnish(Site.objects.all(), author=Administrator.objects.get(username="user-r"))
"""


@dataclass
class Town:
    """Two servers, and a portal that knows both."""

    primary: Cluster
    standby: Standby
    running: Portal
    signed_in: dict[str, Browser] = field(default_factory=dict)

    def one(self, sql: str, *parameters: Any) -> Any:
        """What the primary says."""
        return self.primary.query(DATABASE, sql, *parameters)[0][0]

    def site(self, name: str) -> int:
        return self.one("SELECT id FROM sites_site WHERE name = %s", name)

    def person(self, name: str) -> int:
        sql = "SELECT id FROM administrators_administrator WHERE username = %s"
        return self.one(sql, username_of(name))

    def at(self, name: str) -> Browser:
        """That person, signed in."""
        if name not in self.signed_in:
            self.signed_in[name] = self.running.browser().sign_in(name)
        return self.signed_in[name]

    def post(self, name: str, path: str, /, **data: Any) -> Answer:
        """What a form sends, without opening its page first."""
        browser = self.at(name)
        browser.cookies.pop("messages", None)  # nobody opens the page that would show them
        return browser.post(path, data | {"csrfmiddlewaretoken": browser.cookies["csrftoken"]})

    def version(self, name: str) -> int:
        sql = "SELECT version FROM administrators_administrator WHERE id = %s"
        return self.one(sql, self.person(name))

    def on_person(self, actor: str, target: str, act: str, **data: Any) -> Answer:
        """An act of `actor` on `target`."""
        sent = {"version": self.version(target), "confirmed": "on", **data}
        return self.post(actor, f"/administrators/{self.person(target)}/{act}/", **sent)

    def write_note(self, name: str, site: str, text: str) -> bool:
        return self.post(name, "/notes/add/", site=self.site(site), text=text).saved

    def shows(self, name: str, path: str, text: str) -> bool:
        """Whether that list holds `text`."""
        page = self.at(name).get(path)
        assert page.status == 200, page.content
        return text in page.content.decode()

    def asked(self, table: str) -> int:
        """How often the replica was asked for rows of `table`."""
        return self.standby.statements(f'FROM "{table}"')

    @contextmanager
    def standing_still(self) -> Iterator[None]:
        """The replica has all that there is now, and nothing of what comes."""
        self.standby.catch_up_with(self.primary)
        self.standby.pause(self.primary)
        try:
            yield
        finally:
            self.standby.resume()
            self.standby.catch_up_with(self.primary)


@contextmanager
def town(primary: Cluster, standby: Standby, folder: Path) -> Iterator[Town]:
    """A furnished database on both, and the portal on it."""
    url = primary.copy(FILLED, DATABASE)
    manage(url, "shell", "--verbosity", "0", "-c", FURNISH)
    standby.catch_up_with(primary)
    with portal(url, folder, REPLICA_URL=standby.url(DATABASE) + IMPATIENT) as running:
        yield Town(primary, standby, running)
