"""Measures one database, which the environment names, and prints the table."""

import sys
from functools import partial

import django

django.setup()

from django.core.handlers.wsgi import WSGIHandler

from administrators.models import Administrator
from sites.models import Enterprise, Site
from tests.bench import actors, acts, asking, bare, rights
from tests.bench.asking import OwnSql, Page, Times

HEAD = ["queries", "ours, ms", "p95", "cold", "own SQL", "ours ÷ SQL"]
BESIDE = ["bare view", "ours ÷ bare", "admin, guardian", "admin ÷ ours"]
RIGHTS = ["who", "queries", "rights and menus, ms", "loading the user", "ours ÷ that"]
RIGHTS += ["rights alone", "÷ loading"]
ACTS = ["act", "how much", "ours, s", "the other, s", "ours ÷ other", "the other"]
LIST, ADMIN = "/administrators/", "/admin/administrators/administrator/"
# The pages that Django's admin has as well, and how it is asked for them.
OF_LIST = {"list": "", "page 500": "?page=500", "search, few": "?q=zoe+zimmermann",
           "disabled": "?state=disabled"}  # fmt: skip
OF_ADMIN = {"list": "", "page 500": "?p=500", "search, few": "?q=zoe+zimmermann",
            "disabled": "?is_active__exact=0"}  # fmt: skip
OTHERS_OF_LIST = {
    "last page": "?page=1000",
    "100 rows": "?per_page=100",
    "search, many": "?q=marie",
    "search, none": "?q=xyzxyz",
    "active": "?state=active",
    "owed": "?state=owed",
    "feature": "?feature=notes",
    "parent": "?parent={parent}",
    "site": "?site={site}",
    "by username": "?sort=username",
    "by name, reversed": "?sort=-name",
    "by username, reversed": "?sort=-username",
}
OTHERS = {
    "edit": "/administrators/{child}/account/",
    "site picker": "/administrators/{child}/sites/",
    "site picker, search": "/administrators/{child}/sites/",
    "features": "/administrators/{child}/features/",
    "create": "/administrators/create/",
    "dashboard": "/dashboard/",
    "sites": "/sites/",
    "history": "/administrators/history/",
}
SENT = {"site picker, search": {"picker-q": "lyon", "picker-go": "search"}}
INVENTORY = {
    "numbers": "/assignments/numbers/",
    "numbers, last page": "/assignments/numbers/?page=1000",
    "numbers, search": "/assignments/numbers/?q=990012",
    "numbers, free": "/assignments/numbers/?use=free",
}


class Report:
    """The lines of a table, each measured and then printed."""

    def __init__(self, turns: int) -> None:
        self.turns = turns
        self.portal, self.bare = WSGIHandler(), asking.bare_handler()
        self.enterprise = Enterprise.objects.get(name="Mesure")
        self.with_branches = actors.with_branches(self.enterprise)
        self.with_sites = actors.with_sites(self.enterprise)

    def line(self, name: str, whose: str, session: str, url: str, **beside: str) -> None:
        page = Page(self.portal, session, url, SENT.get(name))
        try:
            queries = asking.queries_of(page)
        except PermissionError:  # they lack the feature
            return
        sql = OwnSql(queries)
        others = {key: Page(self.bare, session, address) for key, address in beside.items()}
        ways = {"ours": page, "cold": partial(asking.cold, page), "sql": sql, **others}
        times = asking.take_times(ways, self.turns)
        sql.close()
        ours = times["ours"]
        cells = [name, whose, str(len(queries)), _ms(ours), f"{ours.p95:.1f}", _ms(times["cold"])]
        cells += _times_slower(ours, times["sql"])
        if beside:
            cells += [*_times_slower(ours, times["bare"]), *_times_faster(ours, times["admin"])]
        print(_line(cells), flush=True)

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
        """What the admin has as well stands in a table of its own."""
        print_head(["page", "below", *HEAD, *BESIDE])
        for size, actor in self.with_branches.items():
            session = asking.session_of(actor)
            bare.let_see_all_below(actor)
            for name, query in OF_LIST.items():
                if name == "page 500" and Administrator.objects.below(actor).count() < 5_000:
                    continue
                beside = {"bare": "/bare/" + query, "admin": ADMIN + OF_ADMIN[name]}
                self.line(name, size, session, LIST + query, **beside)
        print_head(["page", "below", *HEAD])
        for size, actor in self.with_branches.items():
            session, values = asking.session_of(actor), self._values(actor)
            for name, query in OTHERS_OF_LIST.items():
                self.line(name, size, session, LIST + query.format(**values))
            for name, url in OTHERS.items():
                self.line(name, size, session, url.format(**values))

    def inventory(self) -> None:
        print_head(["page", "sites", *HEAD])
        for size, actor in self.with_sites.items():
            session = asking.session_of(actor)
            for name, url in INVENTORY.items():
                self.line(name, size, session, url)

    def acts(self) -> None:
        print_head(ACTS)
        for line in acts.report(self.enterprise):
            print(_line(line), flush=True)

    def _values(self, actor: Administrator) -> dict[str, int]:
        child = Administrator.objects.filter(parent=actor).order_by("pk")[0]
        site = Site.objects.held_by(child).order_by("pk").first()
        return {"child": child.pk, "parent": actor.pk, "site": site.pk if site else 0}


def print_head(cells: list[str]) -> None:
    print("", _line(cells), _line(["---"] * len(cells)), sep="\n", flush=True)


def _line(cells: list[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _times_slower(ours: Times, other: Times) -> list[str]:
    return [_ms(other), f"{ours.median / other.median:.1f}"]


def _times_faster(ours: Times, other: Times) -> list[str]:
    return [_ms(other), f"{other.median / ours.median:.1f}"]


def _ms(times: Times) -> str:
    return f"{times.median:.1f}"


if __name__ == "__main__":
    turns, only = int(sys.argv[1]), sys.argv[2]
    report = Report(turns)
    started = asking.memory()
    print(f"\n### {Administrator.objects.count():,} administrators")
    for part in ("rights", "pages", "inventory", "acts"):
        if only in {"", part}:
            getattr(report, part)()
    print(f"\nMemory: {started:.0f} MB before, {asking.memory():.0f} MB after all pages")
