"""Writes the sites, and the numbers that stand at them."""

from collections.abc import Callable
from random import Random

from portal.generating import names, rows
from sites.models import Enterprise, PhoneNumber, Site

Advance = Callable[[int], None]
Stretch = tuple[int, int, int]  # a site, its first number, how many

# +33 1 99 00 00 00 and on, then +33 2 99 …: ranges that nobody has.
OF_A_RANGE, RANGES = 1_000_000, 5
ADD_NUMBERS = """
INSERT INTO {numbers} (enterprise_id, site_id, number, kind, status, is_main, search_key)
WITH RECURSIVE planned (site, first, amount) AS (VALUES {rows}),
     nth (n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM nth WHERE n < %s),
     written (site, e164) AS (
        SELECT site, 33199000000 + (first + n) / {size} * 100000000 + (first + n) %% {size}
        FROM planned JOIN nth ON n < amount)
SELECT %s, site, '+' || e164, 'geographic',
       CASE WHEN e164 %% 20 = 0 THEN 'suspended' WHEN e164 %% 20 = 1 THEN 'porting'
            ELSE 'active' END,
       FALSE, '0' || (e164 - 33000000000) || ' +' || e164
FROM written
"""


class NoNumbersLeft(ValueError):
    """Too few of the numbers that nobody has are left."""


def check_numbers(amount: int) -> None:
    """Raises NoNumbersLeft, before anything is written."""
    if _next_number() + amount > OF_A_RANGE * RANGES:
        raise NoNumbersLeft


def add_sites(enterprise: Enterprise, amount: int, chance: Random, advance: Advance) -> list[int]:
    """That many sites; their ids, in order."""
    ids: list[int] = []
    for numbers in rows.batches(range(amount)):
        places = (names.place(number, chance)._asdict() for number in numbers)
        sites = [Site(enterprise=enterprise, **place) for place in places]
        ids += [site.pk for site in Site.objects.bulk_create(sites)]
        advance(len(sites))
    return sorted(ids)


def add_numbers(
    enterprise: Enterprise, sites: list[int], amount: int, chance: Random, advance: Advance
) -> None:
    """That many numbers, many at some of the sites and few at the others."""
    for some in rows.batches(_shared_out(sites, _next_number(), amount, chance)):
        others = [max(stretch[2] for stretch in some), enterprise.pk]
        table = PhoneNumber._meta.db_table
        rows.execute_with(ADD_NUMBERS, some, others, numbers=table, size=str(OF_A_RANGE))
        advance(sum(stretch[2] for stretch in some))


def _shared_out(sites: list[int], first: int, amount: int, chance: Random) -> list[Stretch]:
    shares = [chance.paretovariate(1.5) for _ in sites]
    stretches, before, whole = [], 0.0, sum(shares)
    for site, share in zip(sites, shares, strict=True):
        start, end = (round(amount * part / whole) for part in (before, before + share))
        if end > start:
            stretches.append((site, first + start, end - start))
        before += share
    return stretches


def _next_number() -> int:
    """The one after the last that was given: all ranges are used in their order."""
    for nth in reversed(range(RANGES)):
        begin = f"+33{nth + 1}99"
        end = f"{begin}{OF_A_RANGE - 1}"
        given = PhoneNumber.objects.filter(number__gte=begin, number__lte=end)
        if last := given.order_by("number").last():
            return nth * OF_A_RANGE + int(last.number.as_e164.removeprefix(begin)) + 1
    return 0
