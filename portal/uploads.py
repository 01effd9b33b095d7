"""What becomes of files that are sent to the portal."""

from typing import Any

from django.core.files.uploadhandler import SkipFile, TemporaryFileUploadHandler

MOST_BYTES = 5 * 1024 * 1024


class CarrierFileHandler(TemporaryFileUploadHandler):
    """Files are the carrier's alone: anybody else's is read over, whatever page it was sent to.

    They stand on the disk, never in memory, and of one that is too large no more than its size.
    """

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        user = getattr(self.request, "user", None)
        if not getattr(user, "is_superuser", False):
            raise SkipFile
        super().new_file(*args, **kwargs)

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        if start + len(raw_data) <= MOST_BYTES:
            super().receive_data_chunk(raw_data, start)
