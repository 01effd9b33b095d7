"""Measures one database, which the environment names, and prints the table."""

import math
import sys
from functools import partial

import django

django.setup()

from django.core.handlers.wsgi import WSGIHandler
from django.db.models import QuerySet

from administrators.models import Administrator
from permissions import rules
from permissions.models import AuditEntry
from permissions.scopes import items_opened
from portal.interpreter import settle, with_room
from sites.models import Enterprise, PhoneNumber, Site
from sites.paging import CAP, count_to_cap
from tests.bench import actors, acts, asking, rights
from tests.bench.addresses import FROM, INVENTORY, MIDDLE, PEOPLE, Measured
from tests.bench.asking import OwnSql, Page, Times
from tests.bench.guarded import give_keys, let_see_all_below, take_keys

HEAD = ["queries", "ours, ms", "p95", "cold", "own SQL", "ours ÷ SQL"]
HEAD += ["bare view", "ours ÷ bare", "admin, guardian", "admin ÷ ours"]
RIGHTS = ["who", "queries", "rights and menus, ms", "loading the user", "ours ÷ that"]
RIGHTS += ["rights alone", "÷ loading"]
ACTS = ["act", "how much", "ours, s", "the other, s", "ours ÷ other", "the other"]
NOTHING = ["–", "–"]


class Report:
    """The lines of a table, each measured and then printed."""

    def __init__(self, turns: int) -> None:
        self.turns = turns
        self.portal, self.bare = with_room(WSGIHandler()), with_room(asking.bare_handler())
        self.enterprise = Enterprise.objects.get(name="Mesure")
        self.with_branches = actors.with_branches(self.enterprise)
        self.with_sites = actors.with_sites(self.enterprise)

    def line(self, name: str, whose: str, session: str, page: Measured) -> None:
        ours = Page(self.portal, session, page.ours, page.sent)
        try:
            queries = asking.queries_of(ours)
        except PermissionError:  # they lack the feature
            return
        sql = OwnSql(queries)
        ways = {"ours": ours, "cold": partial(asking.cold, ours), "sql": sql}
        times = asking.take_times(ways | self.beside(session, page), self.turns)
        sql.close()
        print(_line([name, whose, str(len(queries)), *_compared(times)]), flush=True)

    def beside(self, session: str, page: Measured) -> dict[str, Page]:
        """What one would use instead, as far as there is anything."""
        addresses = {"bare": page.bare, "admin": page.admin}
        return {way: Page(self.bare, session, url) for way, url in addresses.items() if url}

    def rights(self) -> None:
        """Everybody's, whatever the page."""
        print_head(RIGHTS)
        below = {f"{size} below": one for size, one in self.with_branches.items()}
        held = {f"{size} sites": one for size, one in self.with_sites.items()}
        for name, actor in (below | held).items():
            print(_line([name, *self.rights_of(actor)]), flush=True)

    def rights_of(self, actor: Administrator) -> list[str]:
        ways = {"ours": rights.with_menu, "load": rights.load, "alone": rights.alone}
        asked = {way: partial(ask, actor) for way, ask in ways.items()}
        queries = len(asking.queries_of(asked["ours"]))
        times = asking.take_times(asked, self.turns)
        ours, alone, load = times["ours"], times["alone"], times["load"]
        compared = [*_times_slower(ours, load), _ms(alone), _times_slower(alone, load)[1]]
        return [str(queries), _ms(ours), *compared]

    def pages(self) -> None:
        give_keys()
        print_head(["page", "below", *HEAD])
        for size, actor in self.with_branches.items():
            let_see_all_below(actor)
            below = Administrator.objects.below(actor)
            session, values = asking.session_of(actor), _values(actor, below)
            for name, page in PEOPLE.items():
                if name != MIDDLE or count_to_cap(below) >= FROM:
                    self.line(name, size, session, page.of(values))

    def inventory(self) -> None:
        give_keys()
        print_head(["page", "sites", *HEAD])
        for size, actor in self.with_sites.items():
            numbers = PhoneNumber.objects.at(rules.held_sites(actor))
            session, values = asking.session_of(actor), {"last": _last_page(numbers)}
            for name, page in INVENTORY.items():
                self.line(name, size, session, page.of(values))

    def acts(self) -> None:
        take_keys()
        print_head(ACTS)
        for line in acts.report(self.enterprise):
            print(_line(line), flush=True)


def _values(actor: Administrator, below: QuerySet) -> dict[str, int]:
    """What stands in the addresses of one actor."""
    child = Administrator.objects.filter(parent=actor).order_by("pk")[0]
    site = Site.objects.held_by(child).order_by("pk").first()
    opened = items_opened(rules.held_features(actor))
    found = AuditEntry.objects.readable_by(actor, opened)
    entries = _last_page(found.exclude(target=None))  # the admin has no others
    shown = {"site": site.pk if site else 0, "last": _last_page(below), "last_entries": entries}
    return {"child": child.pk, "parent": actor.pk, **shown}


def _last_page(rows: QuerySet) -> int:
    """The last one that the portal offers, of ten rows each."""
    return max(1, math.ceil(min(count_to_cap(rows), CAP) / 10))


def print_head(cells: list[str]) -> None:
    print("", _line(cells), _line(["---"] * len(cells)), sep="\n", flush=True)


def _line(cells: list[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _compared(times: dict[str, Times]) -> list[str]:
    ours, admin = times["ours"], times.get("admin")
    cells = [_ms(ours), f"{ours.p95:.1f}", _ms(times["cold"])]
    cells += _times_slower(ours, times["sql"]) + _times_slower(ours, times["bare"])
    return cells + (_times_faster(ours, admin) if admin else NOTHING)


def _times_slower(ours: Times, other: Times) -> list[str]:
    return [_ms(other), f"{ours.median / other.median:.1f}"]


def _times_faster(ours: Times, other: Times) -> list[str]:
    return [_ms(other), f"{other.median / ours.median:.1f}"]


def _ms(times: Times) -> str:
    return f"{times.median:.1f}"


if __name__ == "__main__":
    turns, only = int(sys.argv[1]), sys.argv[2]
    report = Report(turns)
    settle()
    started = asking.memory()
    print(f"\n### {Administrator.objects.count():,} administrators")
    for part in ("rights", "pages", "inventory", "acts"):
        if only in {"", part}:
            getattr(report, part)()
    print(f"\nMemory: {started:.0f} MB before, {asking.memory():.0f} MB after all pages")
