"""Choosing sites out of many: ticks survive searching and paging, with or without JavaScript.

Nothing is kept on the server. The form carries which sites were added and removed so far, and
which boxes of the shown page were ticked when it was shown; so a save changes only boxes that
somebody saw and changed (rule 11).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.core.exceptions import SuspiciousOperation
from django.core.paginator import Page, Paginator
from django.db.models import F, Q
from django.http import QueryDict
from django.utils.functional import cached_property

from permissions import rules
from sites.arrays import AmongIds
from sites.models import Site
from sites.text import number

if TYPE_CHECKING:
    from administrators.models import Administrator
    from sites.querysets import SiteQuerySet

PER_PAGE = 10
MOST = 20_000  # ids that one form carries; who wants more ticks "all sites"


@dataclass(frozen=True)
class Row:
    """A site on the shown page."""

    site: Site
    ticked: bool


class SitePicker:
    """The state of a picker, read from a form, and the page of sites that it shows.

    `held` are the sites ticked to begin with; `added` and `removed` are ids changed since.
    """

    def __init__(self, grantable: "SiteQuerySet", held: "SiteQuerySet", data: Any) -> None:
        self.grantable, self.held = grantable, held
        data = data or QueryDict()
        self.added = _ids(data.get("picker-added", ""))
        self.removed = _ids(data.get("picker-removed", "")) - self.added
        self.query = data.get("picker-q", "")
        self.only_ticked = data.get("picker-only", "") == "1"
        self.page_number = data.get("picker-page", "1")
        self.action = _action(data)
        self._take_ticks(data)
        self.too_many = not self._acted()

    @classmethod
    def for_administrator(cls, target: "Administrator", data: Any) -> "SitePicker":
        """What the target's parent holds, ticked where the target holds it."""
        return cls(rules.grantable_sites(target), Site.objects.held_by(target), data)

    @classmethod
    def for_new_child(cls, parent: "Administrator", data: Any) -> "SitePicker":
        """What the parent holds, nothing ticked."""
        return cls(rules.held_sites(parent), Site.objects.none(), data)

    @property
    def most(self) -> int:
        """How many sites one save may add, or take away."""
        return MOST

    @property
    def browsing(self) -> bool:
        """Whether a button of the picker was pressed, so that nothing is to be saved."""
        return bool(self.action)

    @property
    def results(self) -> "SiteQuerySet":
        """The sites that the search finds."""
        return self.grantable.search(self.query)

    @property
    def ticked(self) -> "SiteQuerySet":
        """The sites that are ticked now; every site is looked up among the ids, however few."""
        kept = self.held.exclude(AmongIds(F("pk"), self.removed, few=0)).values("pk")
        return self.grantable.filter(Q(pk__in=kept) | Q(AmongIds(F("pk"), self.added, few=0)))

    @cached_property
    def ticked_count(self) -> int:
        """What is held may be given: the keys see to that, so it need not be looked for again."""
        changed = self.added or self.removed
        return (self.ticked if changed else self.held).count()

    @cached_property
    def total(self) -> int:
        return self.grantable.count()

    def page(self) -> Page:
        """The shown page of results; an absurd number is clamped."""
        results = self.results
        if self.only_ticked:
            results = results.filter(pk__in=self.ticked.values("pk"))
        pages = Paginator(results.order_by("search_key", "pk"), PER_PAGE)
        if not self.query:  # among very many sites each count takes longer than the page
            pages.count = self.ticked_count if self.only_ticked else self.total
        return pages.get_page(self.page_number)

    def rows(self) -> list[Row]:
        """The shown page, each site with its tick."""
        sites = list(self.shown.object_list)
        ticked = self._ticked_among([site.pk for site in sites])
        return [Row(site, site.pk in ticked) for site in sites]

    def prepare(self) -> "SitePicker":
        """Read the page once, for the template."""
        self.shown = self.page()
        self.shown_rows = self.rows()
        self.shown_ticked = ",".join(str(row.site.pk) for row in self.shown_rows if row.ticked)
        self.added_text = ",".join(map(str, sorted(self.added)))
        self.removed_text = ",".join(map(str, sorted(self.removed)))
        return self

    def _take_ticks(self, data: Any) -> None:
        """What was ticked and unticked on the page that was shown."""
        before = _ids(data.get("picker-was", ""))
        now = _ids(",".join(data.getlist("picker-tick")))
        self._tick(now - before)
        self._untick(before - now)

    def _tick(self, ids: set[int]) -> None:
        self.added |= ids - self.removed
        self.removed -= ids

    def _untick(self, ids: set[int]) -> None:
        self.removed |= ids - self.added
        self.added -= ids

    def _acted(self) -> bool:
        """Whether the button could be carried out: one form carries `MOST` ids of each kind."""
        before = self.added.copy(), self.removed.copy()
        self._act()
        if max(len(self.added), len(self.removed)) <= MOST:
            return True
        self.added, self.removed = before
        return False

    def _act(self) -> None:
        """Carry out the button that was pressed."""
        verb, _, value = self.action.partition(":")
        if verb == "page":
            self.page_number = value
        elif verb in {"search", "only", "all", "clear"}:
            self.page_number = "1"
            self.only_ticked = verb == "only" or (verb == "search" and self.only_ticked)
            self.query = "" if verb == "clear" else self.query
        elif verb == "tick":
            self._tick(_some(self.results.exclude(pk__in=self.ticked.values("pk"))))
        elif verb == "untick":
            self._untick(_some(self.results.filter(pk__in=self.ticked.values("pk"))))

    def _ticked_among(self, ids: Iterable[int]) -> set[int]:
        ids = set(ids)
        held = set(self.held.filter(pk__in=ids).values_list("pk", flat=True))
        return (held - self.removed) | (self.added & ids)


def _some(sites: "SiteQuerySet") -> set[int]:
    """The ids; of very many so many that no form carries them, whatever else it has changed."""
    return set(sites.order_by().values_list("pk", flat=True)[: 2 * MOST + 1])


def _ids(text: str) -> set[int]:
    """The ids in "3,14,15"; anything else is 0, which no site has, so that it is refused."""
    parts = [part.strip() for part in text.split(",")]
    if len(parts) > MOST:
        raise SuspiciousOperation("more sites than one save may carry")
    return {number(part) for part in parts if part}


def _action(data: Any) -> str:
    """The button of the picker that was pressed; Enter presses the one that searches."""
    return data.get("picker-go", "")
