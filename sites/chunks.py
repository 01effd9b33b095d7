"""Many rows, read as they are needed.

Django's own cursors of the server outlive transactions, and so get lost where a pooler gives each
transaction another connection: the settings forbid them. These do not.
"""

from collections.abc import Iterator
from contextlib import nullcontext
from typing import Any

from django.db import connections, transaction
from django.db.models import QuerySet

CHUNK = 2000


def in_chunks(rows: QuerySet, size: int = CHUNK) -> Iterator[Any]:
    """In one transaction; not on SQLite, which would let nobody write as long as it lasts."""
    apart = connections[rows.db].vendor != "postgresql"
    with nullcontext() if apart else transaction.atomic(using=rows.db):
        yield from rows._iterator(use_chunked_fetch=True, chunk_size=size)
