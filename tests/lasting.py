"""Rows that several tests share, and that go after the last of them."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import transaction
from pytest_django import DjangoDbBlocker


@contextmanager
def lasting(blocker: DjangoDbBlocker) -> Iterator[None]:
    """What is written inside is undone at its end; each test inside has a savepoint of its own."""
    with blocker.unblock(), transaction.atomic():
        yield
        transaction.set_rollback(True)
