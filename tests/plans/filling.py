"""Many rows of all that stands in lists, so that their plans are seen as well."""

from datetime import timedelta
from itertools import cycle, islice
from random import Random
from typing import Any

from django.db import connection
from django.utils import timezone

from administrators.models import Administrator
from permissions import delegation
from permissions.models import SiteGrant
from portal.generating import activity, rows
from sites.models import (
    CallRecord,
    Device,
    DeviceModel,
    Enterprise,
    Note,
    Order,
    Recording,
    Site,
    Subscriber,
)

AMOUNT, TAKEN = 100_000, 5
WORDS = """
    SELECT gin_clean_pending_list(indexrelid) FROM pg_index
    JOIN pg_class ON pg_class.oid = indexrelid JOIN pg_am ON pg_am.oid = relam
    WHERE amname = 'gin'
"""
NUMBER = "+33199000000"


def fill(enterprise: Enterprise) -> None:
    """As many users, devices, calls, recordings, notes, orders and rows of the audit."""
    root = Administrator.objects.get(enterprise=enterprise, parent=None)
    DeviceModel.objects.create(maker="Fabricant", name="Un", lines=2)
    now = timezone.now()
    each = {
        Subscriber: {"user_id": "u{}@entreprise.example", "search_key": "durand {} zoe"},
        Device: {"mac": "02:00:00:{}", "search_key": "020000{}"},
        CallRecord: {"reference": "A{}"},
        Recording: {"reference": "E{}", "search_key": "e{}"},
        Note: {"search_key": "note {}"},
        Order: {"reference": "C{}", "search_key": "c{}"},
    }
    same: dict[type, dict[str, Any]] = {
        Subscriber: {"first_name": "Zoé", "last_name": "Durand"},
        Device: {},
        CallRecord: {"direction": "incoming", "number": NUMBER, "answered": True},
        Recording: {"number": NUMBER, "seconds": 60},
        Note: {"text": "Note", "author": root, "author_name": str(root)},
        Order: {"status": "received", "ordered_on": now.date()},
    }
    for kind, texts in each.items():
        _insert(kind, enterprise, texts, same[kind])
        rows.analyze()  # a key's check may keep a plan of an earlier test, when few stood there
    activity.add_acts(enterprise, AMOUNT, Random(1), lambda amount: None)
    _take_from_many(root)


def _take_from_many(root: Administrator) -> None:
    """One act that takes several sites from a branch, as a row of the audit for each person."""
    child = Administrator.objects.filter(parent=root, all_sites=False).order_by("pk")[0]
    held = SiteGrant.objects.given_to(child).values_list("content_object", flat=True)
    delegation.change_sites(child, remove=list(held[:TAKEN]), by=root)


def _insert(
    kind: type, enterprise: Enterprise, texts: dict[str, str], same: dict[str, Any]
) -> None:
    sites = Site.objects.filter(enterprise=enterprise).order_by("pk").values_list("pk", flat=True)
    first, numbers = rows.reserve_ids(kind, AMOUNT), [f"{n:06d}" for n in range(AMOUNT)]
    columns: dict[str, list[Any]] = {
        name: [text.format(_of(name, number)) for number in numbers] for name, text in texts.items()
    }
    columns["id"] = list(range(first, first + AMOUNT))
    columns["site_id"] = list(islice(cycle(sites), AMOUNT))
    if kind is Device:
        columns["model_id"] = [DeviceModel.objects.get().pk] * AMOUNT
    if kind is Recording:
        columns["subscriber_id"] = list(
            Subscriber.objects.order_by("pk").values_list("pk", flat=True)
        )
    if kind in {CallRecord, Recording}:
        columns["at"] = [timezone.now() - timedelta(hours=n) for n in range(AMOUNT)]
    rows.insert(kind, columns, enterprise=enterprise, **same)


def _of(name: str, number: str) -> str:
    """A MAC address is written in pairs."""
    return ":".join((number[:2], number[2:4], number[4:])) if name == "mac" else number


def settle() -> None:
    """What was just written enters the indexes of words, as it does by itself after a while.

    Until then it is read whole for each search, and PostgreSQL may choose to read the table.
    """
    with connection.cursor() as cursor:
        cursor.execute(WORDS)
    rows.analyze()
