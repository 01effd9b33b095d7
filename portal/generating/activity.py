"""Writes what happened: a year of calls, and of acts in the audit."""

from datetime import datetime, timedelta
from itertools import accumulate
from random import Random
from typing import Any

from django.utils import timezone

from administrators.models import Administrator
from permissions.audit_items import of_feature, of_site
from permissions.features import FeatureCode
from permissions.models import Act, AuditEntry
from portal.generating import rows
from portal.generating.places import Advance
from sites.models import CallRecord, Enterprise, Site

YEAR = timedelta(days=365)
ANSWERED = 0.85
NUMBER = "+33199000000"


def add_calls(
    enterprise: Enterprise, sites: list[int], amount: int, chance: Random, advance: Advance
) -> None:
    """That many, the oldest first, many at some of the sites and few at the others."""
    shares = list(accumulate(chance.paretovariate(1.5) for _ in sites))
    for numbers in rows.batches(range(amount)):
        seconds = [_seconds(chance) for _ in numbers]
        columns = {
            "site_id": chance.choices(sites, cum_weights=shares, k=len(numbers)),
            "reference": [f"M{number:08d}" for number in numbers],
            "at": [_at(number, amount) for number in numbers],
            "seconds": seconds,
            "answered": [bool(one) for one in seconds],
        }
        same = {"enterprise": enterprise, "direction": "incoming", "number": NUMBER}
        rows.insert(CallRecord, columns, **same)
        advance(len(numbers))


def _seconds(chance: Random) -> int:
    return chance.randint(5, 600) if chance.random() < ANSWERED else 0


def _at(number: int, amount: int) -> datetime:
    return timezone.now() - YEAR * (1 - number / amount)


def add_acts(enterprise: Enterprise, amount: int, chance: Random, advance: Advance) -> None:
    """That many rows of the audit, the oldest first, of what might have been done to anybody.

    Nobody's rights can be built again from them.
    """
    people, sites = (
        list(kind.objects.filter(enterprise=enterprise).order_by("pk").values_list("pk", flat=True))
        for kind in (Administrator, Site)
    )
    for numbers in rows.batches(range(amount)):
        chosen = chance.choices(people, k=len(numbers))
        named = Administrator.objects.select_related("parent").in_bulk(set(chosen))
        each = [_act(named[pk], chance.choice(sites), chance) for pk in chosen]
        columns = {name: [row[name] for row in each] for name in each[0]}
        columns["at"] = [_at(number, amount) for number in numbers]
        rows.insert(AuditEntry, columns, enterprise=enterprise)
        advance(len(numbers))


def _act(person: Administrator, site: int, chance: Random) -> dict[str, Any]:
    """What was done; half of all acts are sign-ins, most others what the parent did."""
    drawn, code = chance.random(), chance.choice(FeatureCode.values)
    if drawn < 0.5:
        return _row(Act.SIGN_IN, person, person)
    by = person.parent or person
    if drawn < 0.7:
        return _row(Act.EDIT, by, person, item="email", after=person.email)
    if drawn < 0.8:
        return _row(Act.GRANT, by, person, item=of_site(site), item_name=f"Site {site}")
    if drawn < 0.9:
        return _row(Act.REVOKE, by, person, item=of_feature(code), item_name=code)
    return _row(Act.EDIT, person, None, item=f"phonenumber:{site}:kind", site=site)


def _row(
    act: Act, by: Administrator, to: Administrator | None, site: int | None = None, **texts: str
) -> dict[str, Any]:
    said = {"item": "", "item_name": "", "after": ""} | texts
    names = {"actor_name": str(by), "target_name": str(to or "")}
    return said | names | {
        "act": act, "actor_id": by.pk, "target_id": to.pk if to else None, "site_id": site,
        "path": (to or by).child_path,
    }  # fmt: skip
