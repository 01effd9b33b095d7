"""Taken away, then used: by the very next request it must be gone, whichever worker answers."""

from concurrent.futures import ThreadPoolExecutor
from typing import Any

from tests.faults.browser import Answer, Browser
from tests.faults.cluster import Cluster
from tests.faults.conftest import DATABASE
from tests.faults.processes import Portal
from tests.races.figures import LONG, count
from tests.world import username_of

ROUNDS = 10_000 if LONG else 300
LOSERS = ("B", "S1")  # R, above both, takes something from them
LOOK_FIRST = 10  # in one round of so many it is seen that the page had opened
PERSON = "SELECT id, version, session_epoch FROM administrators_administrator WHERE username = %s"
GIVE_BACK = """
WITH p AS (UPDATE administrators_administrator SET is_active = true, session_epoch = %s
           WHERE id = %s RETURNING id, parent_id, enterprise_id, version),
s AS (INSERT INTO permissions_sitegrant
      (user_id, permission_id, content_object_id, bound_id, enterprise_id)
      SELECT p.id, g.permission_id, g.content_object_id, p.parent_id, p.enterprise_id
      FROM p JOIN permissions_sitegrant g ON g.user_id = p.parent_id
      WHERE g.content_object_id = %s ON CONFLICT DO NOTHING),
f AS (INSERT INTO permissions_featuregrant
      (user_id, permission_id, content_object_id, bound_id, enterprise_id)
      SELECT p.id, g.permission_id, g.content_object_id, p.parent_id, p.enterprise_id
      FROM p JOIN permissions_featuregrant g ON g.user_id = p.parent_id
      WHERE g.content_object_id = 'notes' ON CONFLICT DO NOTHING)
SELECT version FROM p"""


class Loser:
    """Somebody who is signed in, and from whom R takes what opens a page."""

    def __init__(self, scratch: Cluster, running: Portal, name: str) -> None:
        self.scratch = scratch
        ((self.pk, _version, self.epoch),) = scratch.query(DATABASE, PERSON, username_of(name))
        sites = "SELECT id FROM sites_site WHERE name = 'Paris'"
        self.paris = scratch.query(DATABASE, sites)[0][0]
        self.root, self.own = running.browser().sign_in("R"), running.browser().sign_in(name)

    def rounds(self, number: int) -> int:
        """How often something still opened after it had been taken; the acts take turns."""
        acts = (self._feature, self._site, self._session)
        return sum(
            self._stale(*acts[n % len(acts)](), look=n % LOOK_FIRST == 0) for n in range(number)
        )

    def _feature(self) -> tuple[str, dict[str, Any], str, int]:
        kept, had = ["manage_administrators"], "manage_administrators,notes"
        return "features", {"features": kept, "shown": had}, "/notes/", 403

    def _site(self) -> tuple[str, dict[str, Any], str, int]:
        return "sites", {"picker-removed": self.paris}, f"/sites/{self.paris}/", 404

    def _session(self) -> tuple[str, dict[str, Any], str, int]:
        return "disable", {"branch": "person"}, "/account/", 302

    def _stale(
        self, act: str, data: dict[str, Any], page: str, refused: int, *, look: bool
    ) -> bool:
        parameters = (self.epoch, self.pk, self.paris)
        ((version,),) = self.scratch.query(DATABASE, GIVE_BACK, *parameters)
        assert not look or self.own.get(page).status == 200
        taken = self._take(self.root, act, data | {"version": version, "confirmed": "on"})
        assert taken.saved, taken.content[:2000]
        return self.own.get(page).status != refused

    def _take(self, root: Browser, act: str, data: dict[str, Any]) -> Answer:
        """What the form of that page sends."""
        root.cookies.pop("messages", None)  # nobody opens the page that would show them
        token = {"csrfmiddlewaretoken": root.cookies["csrftoken"]}
        return root.post(f"/administrators/{self.pk}/{act}/", data | token)


def test_revoked_then_used(scratch: Cluster, running: Portal) -> None:
    losers = [Loser(scratch, running, name) for name in LOSERS]
    share = ROUNDS // len(losers)
    with ThreadPoolExecutor(len(losers)) as pool:
        stale = sum(pool.map(lambda loser: loser.rounds(share), losers))
    count("revoked, then used", times=share * len(losers), stale_answers=stale)
    assert not stale
