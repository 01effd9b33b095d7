"""Pages that cannot be asked wrongly."""

from typing import Any

from django.conf import settings
from django.core.paginator import Page, Paginator


class OfferedPaginator(Paginator):
    """Only the sizes that the screen offers; a page that does not exist is the nearest one."""

    def __init__(self, object_list: Any, per_page: int, **kwargs: Any) -> None:
        sizes = settings.TABLE_PAGE_SIZES
        super().__init__(object_list, per_page if per_page in sizes else sizes[0], **kwargs)

    def page(self, number: Any) -> Page:
        return super().page(max(1, min(number, self.num_pages)))
