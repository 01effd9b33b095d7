"""Pages that cannot be asked wrongly, nor cost more than they are worth."""

from typing import Any

from django.conf import settings
from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.utils.formats import number_format
from django.utils.functional import cached_property

CAP = 10_000  # what is beyond is neither counted nor offered: it is searched


def capped(count: int) -> str:
    """A count in words of the screen: what is counted no further says so."""
    text = number_format(min(count, CAP), use_l10n=True, force_grouping=True)
    return f"{text}+" if count > CAP else text


class OfferedPaginator(Paginator):
    """Only the sizes that the screen offers; a page that does not exist is the nearest one."""

    def __init__(self, object_list: Any, per_page: int, **kwargs: Any) -> None:
        sizes = settings.TABLE_PAGE_SIZES
        super().__init__(object_list, per_page if per_page in sizes else sizes[0], **kwargs)

    @cached_property
    def counted(self) -> int:
        """How many rows there are, counted no further than one beyond `CAP`."""
        rows = getattr(getattr(self.object_list, "data", None), "data", None)
        if isinstance(rows, QuerySet):
            return rows.order_by().values("pk")[: CAP + 1].count()
        return len(self.object_list)

    @property
    def capped(self) -> bool:
        """Whether there are more rows than are offered."""
        return self.counted > CAP

    @cached_property
    def count(self) -> int:
        return min(self.counted, CAP)

    def page(self, number: Any) -> Page:
        return super().page(max(1, min(number, self.num_pages)))
