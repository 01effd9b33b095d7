"""Pages that accept any number and any size, and stop counting at a cap."""

from collections.abc import Callable, Iterable
from typing import Any

from django.conf import settings
from django.core.paginator import Page, Paginator
from django.db.models import IntegerField, QuerySet, Subquery
from django.utils.formats import number_format
from django.utils.functional import cached_property
from django_tables2.rows import BoundRows

from sites.querysets import PlacedQuerySet

FAR = 200  # rows
CAP = 10_000  # what is beyond is neither counted nor offered: it is searched
MENU_CAP = 500  # what a menu counts no further, at each page


class RowCount(Subquery):
    """How many rows there are, beside the row that they belong to, counted up to `most`."""

    template = "(SELECT COUNT(*) FROM (%(subquery)s) AS counted)"
    output_field = IntegerField()
    empty_result_set_value = 0  # for what is not read without a feature

    def __init__(self, rows: QuerySet, most: int | None = None) -> None:
        super().__init__(_first(rows, most))


class CappedCount(RowCount):
    """How many rows there are, at most one more than the cap."""

    def __init__(self, rows: QuerySet, cap: int | None = None) -> None:
        super().__init__(rows, (cap or CAP) + 1)


def count_to_cap(rows: QuerySet) -> int:
    """How many rows there are, counted no further than one beyond `CAP`."""
    return _first(rows, CAP + 1).count()


def _first(rows: QuerySet, most: int | None) -> QuerySet:
    return rows.order_by().values("pk")[:most]


def capped(count: int, cap: int | None = None) -> str:
    """A count in words of the screen: what is counted no further says so."""
    most = cap or CAP
    text = number_format(min(count, most), use_l10n=True, force_grouping=True)
    return f"{text}+" if count > most else text


class CappedPaginator(Paginator):
    """Django's own, but counts no further than is offered; what is beyond is searched."""

    @cached_property
    def count(self) -> int:
        return self.object_list.order_by().values("pk")[:CAP].count()


class OfferedPaginator(Paginator):
    """Only the sizes that the screen offers; a page that does not exist is the nearest one."""

    def __init__(
        self, object_list: Any, per_page: int, *, known: int | None = None, **kwargs: Any
    ) -> None:
        """`known` is the number of rows, where somebody has counted them."""
        self.known, self.sizes = known, settings.TABLE_PAGE_SIZES
        size = per_page if per_page in self.sizes else self.sizes[0]
        super().__init__(object_list, size, **kwargs)

    @cached_property
    def counted(self) -> int:
        """The rows, at most one more than `CAP`."""
        if self.known is not None:
            return self.known
        found = isinstance(self.found, QuerySet)
        return count_to_cap(self.found) if found else len(self.object_list)

    @property
    def found(self) -> Any:
        """The rows of the table, as they are counted and as those of a far page are found."""
        return self.listed

    @property
    def capped(self) -> bool:
        """Whether there are more rows than are offered."""
        return self.counted > CAP

    @cached_property
    def count(self) -> int:
        return min(self.counted, CAP)

    def page(self, number: Any) -> Page:
        """The nearest page that there is."""
        number = max(1, min(number, self.num_pages))
        if not isinstance(self.listed, QuerySet):
            return super().page(number)
        first = (number - 1) * self.per_page
        rows = self.rows_of_page(first, min(first + self.per_page, self.count))
        shown = BoundRows(rows, self.object_list.table)
        return self._get_page(shown, number, self)  # the table keeps all its rows, for a file

    def rows_of_page(self, first: int, last: int) -> Any:
        """Far from the first page, rows are found by their keys.

        What the database skips it would otherwise read whole, with all that the table shows.
        """
        if first >= FAR:
            return self.named(self.found.values_list("pk", flat=True)[first:last])
        return self.rows[first:last]

    def named(self, keys: Iterable[Any]) -> QuerySet:
        """The rows of these keys, in the order of the table."""
        return self.rows.filter(pk__in=list(keys))

    @property
    def rows(self) -> Any:
        """The rows of the table with all that it shows of them."""
        return self.listed

    @property
    def listed(self) -> Any:
        """What the table lists, if it comes from the database."""
        return getattr(getattr(self.object_list, "data", None), "data", None)


class PlacedPaginator(OfferedPaginator):
    """Pages of rows that stand at sites, found by the sites held (docs/decisions/0016-lists.md)."""

    def __init__(
        self, *args: Any, by_sites: Callable[[], PlacedQuerySet], owner: int | None, **kwargs: Any
    ) -> None:
        """`by_sites` gives the same rows, found by the sites at which they stand.

        `owner` is the enterprise of which the reader holds some sites, neither all of them nor a
        single one.
        """
        self.by_sites, self.owner = by_sites, owner
        super().__init__(*args, **kwargs)

    @cached_property
    def found(self) -> PlacedQuerySet:
        return self.by_sites().in_order_of(self.listed)

    def rows_of_page(self, first: int, last: int) -> QuerySet:
        """Of many rows at some sites, a page is looked for near the start of the order."""
        if not self.owner:
            return super().rows_of_page(first, last)
        if self.count <= FAR:
            return self.rows.sorted_at_last()[first:last]
        near = self.rows.near_start(last, self.owner).values_list("pk", flat=True)
        keys = list(near[first:last]) if self.capped else []
        if len(keys) < last - first:
            keys = list(self.found.sorted_at_last().values_list("pk", flat=True)[first:last])
        return self.named(keys)
