"""Pages that accept any number and any size, and stop counting at a cap."""

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


class CappedCount(Subquery):
    """How many rows there are, at most one more than the cap."""

    template = "(SELECT COUNT(*) FROM (%(subquery)s) AS capped)"
    output_field = IntegerField()

    def __init__(self, rows: QuerySet, cap: int | None = None) -> None:
        super().__init__(_up_to(rows, cap or CAP))


def count_to_cap(rows: QuerySet) -> int:
    """How many rows there are, counted no further than one beyond `CAP`."""
    return _up_to(rows, CAP).count()


def _up_to(rows: QuerySet, cap: int) -> QuerySet:
    return rows.order_by().values("pk")[: cap + 1]


def capped(count: int) -> str:
    """A count in words of the screen: what is counted no further says so."""
    text = number_format(min(count, CAP), use_l10n=True, force_grouping=True)
    return f"{text}+" if count > CAP else text


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
        """The rows, at most one more than `CAP`; by the sites held where these are known."""
        if self.known is not None:
            return self.known
        rows = self.rows
        if isinstance(rows, PlacedQuerySet):
            rows = rows.site_by_site()
        if isinstance(rows, QuerySet):
            return count_to_cap(rows)
        return len(self.object_list)

    @property
    def capped(self) -> bool:
        """Whether there are more rows than are offered."""
        return self.counted > CAP

    @cached_property
    def count(self) -> int:
        return min(self.counted, CAP)

    def page(self, number: Any) -> Page:
        """The nearest page that there is. Far from the first one, its rows are found by their keys.

        What the database skips it would otherwise read whole, with all that the table shows.
        """
        number = max(1, min(number, self.num_pages))
        first = (number - 1) * self.per_page
        rows, last = self.rows, min(first + self.per_page, self.count)
        if isinstance(rows, PlacedQuerySet) and rows.granted is not None:
            keys = rows.keys_of(first, last, many=self.capped)
        elif first >= FAR and isinstance(rows, QuerySet):
            keys = list(rows.values_list("pk", flat=True)[first:last])
        else:
            return super().page(number)
        shown = BoundRows(rows.filter(pk__in=keys), self.object_list.table)
        return self._get_page(shown, number, self)  # the table keeps all its rows, for a file

    @property
    def rows(self) -> Any:
        """What the table shows, if it comes from the database."""
        return getattr(getattr(self.object_list, "data", None), "data", None)
