"""Acts and readings in any order, over a replica that is late."""

import random
import re
import time
from dataclasses import dataclass, field

from tests.faults.browser import Browser
from tests.faults.processes import Portal
from tests.faults.replicated import Town
from tests.visitors import VARYING

READINGS = [
    ("A", "/notes/"), ("M", "/notes/"), ("R", "/notes/"), ("R", "/administrators/"),
    ("N", "/notes/?q=remarque"), ("A", "/administrators/?state=active"),
]  # fmt: skip
TABLES = ("sites_note", "administrators_administrator")
# How long ago something was is said of the moment of reading.
AGO = re.compile(r">[^<]*</time>")


@dataclass
class Walk:
    """Acts and readings in any order; each list is compared with what the primary alone says."""

    place: Town
    late: Portal
    alone: Portal
    chance: random.Random
    read: int = 0
    there: int = 0
    stale: list[tuple[int, str, str]] = field(default_factory=list)

    def step(self, number: int) -> None:
        act = self.chance.choice([self.write, self.move_a_site, self.close_a_site, self.wait])
        act(number)
        for name, path in self.chance.sample(READINGS, 2):
            self.compare(number, name, path)

    def compare(self, number: int, name: str, path: str) -> None:
        before = self.asked()
        page = self.list_at(self.late, name, path)
        self.there += self.asked() > before
        self.read += 1
        if page != self.list_at(self.alone, name, path):
            self.stale.append((number, name, path))

    def asked(self) -> int:
        return sum(map(self.place.asked, TABLES))

    def write(self, number: int) -> None:
        name = self.chance.choice("ARS")
        assert self.place.write_note(name, "Paris", f"Remarque numéro {number}")

    def move_a_site(self, number: int) -> None:
        held = "SELECT count(*) FROM permissions_sitegrant WHERE user_id = %s"
        holds = self.place.one(held, self.place.person("M"))
        act = "picker-removed" if holds else "picker-added"
        assert self.place.on_person("R", "M", "sites", **{act: self.place.site("Paris")}).saved

    def close_a_site(self, number: int) -> None:
        opened = self.place.one("SELECT is_open FROM sites_site WHERE name = 'Nantes'")
        page = f"/admin/sites/site/{self.place.site('Nantes')}/change/"
        data = {"confirmed": "on"} if opened else {"is_open": "on"}
        assert self.place.post("SU", page, name="Nantes", country="FR", **data).saved

    def wait(self, number: int) -> None:
        time.sleep(self.chance.uniform(0, 0.3))

    def list_at(self, portal: Portal, name: str, path: str) -> str:
        page = Browser(portal.port, dict(self.place.at(name).cookies)).get(path)
        assert page.status == 200, page.content
        return AGO.sub("", VARYING.sub("", page.content.decode()))
