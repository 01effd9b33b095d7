"""Pages of the list of people."""

from collections.abc import Callable
from typing import Any

from administrators.prepared import Order
from administrators.querysets import AdministratorQuerySet
from sites.paging import OfferedPaginator

SORTED_BY = 2  # columns; an address may name the same ones again and again


class PeoplePaginator(OfferedPaginator):
    """What is shown of people is read for those of one page only."""

    def __init__(
        self,
        *args: Any,
        first_page: Callable[[Order, int], list[Any]] | None = None,
        **kwargs: Any,
    ) -> None:
        """`first_page` reads the first in that order, so many of them, where it is quicker."""
        self.first_page = first_page
        super().__init__(*args, **kwargs)

    def rows_of_page(self, first: int, last: int) -> Any:
        order = self.listed.query.order_by
        if self.first_page and not first and len(order) <= SORTED_BY:
            return self.first_page(order, self.per_page)
        return super().rows_of_page(first, last)

    @property
    def rows(self) -> AdministratorQuerySet:
        return self.listed.shown()
