"""Taken away, then used: by the very next request it must be gone, whichever worker answers."""

from concurrent.futures import ThreadPoolExecutor

from tests.faults.browser import Answer, Browser
from tests.faults.cluster import Cluster
from tests.faults.conftest import DATABASE
from tests.faults.processes import Portal
from tests.races.figures import LONG, count
from tests.world import username_of

ROUNDS = 10_000 if LONG else 1_000
PAIRS = ("B", "S1")  # who loses something; R, above both, takes it
GIVE_BACK = """
INSERT INTO permissions_{table} (user_id, permission_id, content_object_id, bound_id{more})
SELECT a.id, p.permission_id, p.content_object_id, a.parent_id{values}
FROM administrators_administrator a JOIN permissions_{table} p ON p.user_id = a.parent_id
WHERE a.username = %s AND p.content_object_id = %s ON CONFLICT DO NOTHING"""


class Loser:
    """Somebody who has a page open, and from whom R takes what opens it."""

    def __init__(self, scratch: Cluster, running: Portal, name: str) -> None:
        self.scratch, self.running, self.username = scratch, running, username_of(name)
        self.pk = self._one("SELECT id FROM administrators_administrator WHERE username = %s")
        self.paris = scratch.query(DATABASE, "SELECT id FROM sites_site WHERE name = 'Paris'")[0][0]
        self.root = running.browser().sign_in("R")
        self.own: Browser = running.browser().sign_in(name)
        self.name, self.stale = name, 0

    def rounds(self, number: int) -> int:
        """How often something was still there after it had been taken; every third act differs."""
        acts = (self._feature, self._site, self._session)
        return sum(acts[n % len(acts)]() for n in range(number))

    def _feature(self) -> bool:
        self._give_back("featuregrant", "notes")
        path = f"/administrators/{self.pk}/features/"
        assert self.own.get("/notes/").status == 200
        page = self.root.submit(path, features=["manage_administrators"])
        return self._answer(page, "/notes/", 403)

    def _site(self) -> bool:
        self._give_back("sitegrant", self.paris)
        assert self.own.get(f"/sites/{self.paris}/").status == 200
        page = self.root.submit(
            f"/administrators/{self.pk}/sites/", **{"picker-removed": self.paris, "picker-was": ""},
            **{"picker-tick": [], "all_sites": []},
        )  # fmt: skip
        return self._answer(page, f"/sites/{self.paris}/", 404)

    def _session(self) -> bool:
        page = self.root.submit(f"/administrators/{self.pk}/disable/", branch="person")
        stale = self._answer(page, "/account/", 302)
        assert self.root.submit(f"/administrators/{self.pk}/enable/").saved
        self.own = self.running.browser().sign_in(self.name)
        return stale

    def _answer(self, taken: Answer, path: str, refused: int) -> bool:
        assert taken.saved, taken.content[:2000]
        return self.own.get(path).status != refused

    def _give_back(self, table: str, thing: object) -> None:
        of_site = table == "sitegrant"
        more = (", enterprise_id", ", a.enterprise_id") if of_site else ("", "")
        sql = GIVE_BACK.format(table=table, more=more[0], values=more[1])
        self.scratch.query(DATABASE, sql, self.username, thing)

    def _one(self, sql: str) -> int:
        return self.scratch.query(DATABASE, sql, self.username)[0][0]


def test_revoked_then_used(scratch: Cluster, running: Portal) -> None:
    losers = [Loser(scratch, running, name) for name in PAIRS]
    share = ROUNDS // len(losers)
    with ThreadPoolExecutor(len(losers)) as pool:
        stale = sum(pool.map(lambda loser: loser.rounds(share), losers))
    count("revoked, then used", times=share * len(losers), stale_answers=stale)
    assert not stale
