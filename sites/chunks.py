"""Many rows, read as they are needed.

Django's own server-side cursors outlive a transaction, so that PgBouncer would lose them: the
settings forbid them. These live inside one.
"""

from collections.abc import Iterator
from typing import Any

from django.db import connections, transaction
from django.db.models import QuerySet

CHUNK = 2000


def in_chunks(rows: QuerySet) -> Iterator[Any]:
    """In one transaction; not on SQLite, which would let nobody write as long as it lasts."""
    if connections[rows.db].vendor != "postgresql":
        yield from rows.iterator(CHUNK)
        return
    with transaction.atomic(using=rows.db):  # `iterator` would obey the setting
        yield from rows._iterator(use_chunked_fetch=True, chunk_size=CHUNK)
