"""Many rows of all that the generator leaves out, so that their plans are seen as well."""

from datetime import timedelta
from itertools import cycle, islice
from typing import Any

from django.db import connection
from django.db.models import CharField, F, Value
from django.db.models.functions import Concat
from django.utils import timezone

from administrators.models import Administrator
from permissions.audit_rows import record_each
from permissions.models import Act, FeatureGrant
from portal.generating import rows
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

AMOUNT = 100_000
WORDS = """
    SELECT gin_clean_pending_list(indexrelid) FROM pg_index
    JOIN pg_class ON pg_class.oid = indexrelid JOIN pg_am ON pg_am.oid = relam
    WHERE amname = 'gin'
"""
NUMBER = "+33199000000"


def fill(enterprise: Enterprise) -> None:
    """As many users, devices, calls, recordings, notes and orders, and an audit of all features."""
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
    item = Concat(Value("feature:"), "content_object_id", output_field=CharField())
    grants = FeatureGrant.objects.filter(enterprise=enterprise).order_by("pk")
    record_each(
        grants, Act.GRANT, by=root, person="user", item=item, item_name=F("content_object_id")
    )


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
