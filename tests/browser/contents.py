"""What the figures and lists of single pages must say to their reader."""

from collections.abc import Callable, Mapping
from datetime import datetime, time, timedelta
from typing import Any

from django.db.models import Q
from django.utils import timezone
from playwright.sync_api import Page

from sites import models
from tests.browser.readers import Reader
from tests.browser.walk import (
    SIZE,
    cells,
    differ,
    figure,
    first_figure,
    grid,
    listed,
    silent,
    texts,
    total,
)

DAYS = 30  # that analytics, reports and the dashboard show at first
FREE = Q(subscriber=None, device=None, service=None, trunk=None)
OCCUPIED = Q(subscriber__isnull=False) | Q(device__isnull=False)
OVER = ("done", "cancelled")
CURRENT_SHOWN = 5
Counts = Callable[[Reader], Mapping[str, int]]


def calls(one: Reader, **where: Any) -> Any:
    """Those of the last days."""
    first = timezone.localdate() - timedelta(days=DAYS - 1)
    since = timezone.make_aware(datetime.combine(first, time()))
    return one.by_site(models.CallRecord, at__gte=since, **where)


def numbers_of(one: Reader, rule: Q) -> Mapping[str, int]:
    return one.by_site(models.PhoneNumber, pk__in=models.PhoneNumber.objects.filter(rule))


def stations_of(one: Reader, rule: Q) -> Mapping[str, int]:
    return one.by_site(models.Station, pk__in=models.Station.objects.filter(rule))


# The figures of each report, from left to right.
REPORTS: Mapping[str, list[Counts]] = {
    "inventory": [
        lambda one, kind=kind: one.by_site(kind)
        for kind in (models.PhoneNumber, models.Device, models.Subscriber, models.Station,
                     models.Service)
    ],
    "assignments": [
        lambda one: numbers_of(one, ~FREE), lambda one: numbers_of(one, FREE),
        lambda one: stations_of(one, OCCUPIED), lambda one: stations_of(one, ~OCCUPIED),
    ],
    "calls": [lambda one: calls(one, answered=True), lambda one: calls(one, answered=False)],
}  # fmt: skip


def dashboard(page: Page, one: Reader) -> list[str]:
    stock = [[figure(text) for text in row[1:]] for row in grid(page, ".two-columns")]
    current = one.rows(models.Order).exclude(status__in=OVER)
    references = set(current.values_list("reference", flat=True))
    lines = texts(page, ".order-lines li")
    shown = {line.partition(" — ")[0] for line in lines}
    return [
        *differ("inventory", stock, in_stock(one)),
        *differ("orders not held", shown - references, set()),
        *differ("orders", len(lines), min(CURRENT_SHOWN, len(references))),
        *charted(page, calls(one).total(), charts=1),
    ]


def in_stock(one: Reader) -> list[list[int]]:
    """Numbers, stations and services: free, in use, all."""
    pairs = [
        (sum(numbers_of(one, FREE).values()), one.rows(models.PhoneNumber).count()),
        (sum(stations_of(one, ~OCCUPIED).values()), one.rows(models.Station).count()),
        (
            one.rows(models.Service, members=None, numbers=None).count(),
            one.rows(models.Service).count(),
        ),
    ]
    return [[free, every - free, every] for free, every in pairs]


def charted(page: Page, expected: int, *, charts: int) -> list[str]:
    """Each chart, and the table under it, tells of these calls."""
    captions = texts(page, "figure.chart figcaption p")
    found = [first_figure(text) for text in captions]
    below = sum(figure(cell) for row in grid(page, "figure.chart") for cell in row[1:])
    return differ("charts", (found, below), ([expected] * charts, expected * charts))


def analytics(page: Page, one: Reader) -> list[str]:
    rows = grid(page, "section.chart")
    found = {site: figure(answered) + figure(missed) for site, answered, missed, _bar in rows}
    expected = calls(one)
    faults = charted(page, expected.total(), charts=2)
    return faults + differ("calls by site", found, dict(expected))


def numbers(page: Page, one: Reader) -> list[str]:
    every, used = one.rows(models.Station).count(), sum(stations_of(one, OCCUPIED).values())
    found = [figure(text) for text in texts(page, "dl.tally dd")]
    return differ("stations", found, [every - used, used, every])


def services(page: Page, one: Reader) -> list[str]:
    chips = texts(page, "nav[aria-label='Services par type'] a")
    found = [figure(text) for text in chips]
    kinds = models.Service.Kind.values
    expected = [one.rows(models.Service, kind=kind).count() for kind in kinds]
    return differ("services by type", found, expected)


def recordings(page: Page, one: Reader) -> list[str]:
    """The other half of the page; then back to the first."""
    page.goto(f"/recordings/users/?{SIZE}")
    found = silent(page, one) + listed(page, one, one.by_site(models.Subscriber))
    page.goto(f"/recordings/?{SIZE}")
    return found


def reports(page: Page, one: Reader) -> list[str]:
    found = []
    for name, columns in REPORTS.items():
        page.goto(f"/reports/?report={name}&{SIZE}")
        counts = [count(one) for count in columns]
        expected = [[site, *(str(count.get(site, 0)) for count in counts)] for site in one.sites]
        shown = [row[: len(columns) + 1] for row in grid(page, "#table")]
        found += differ(name, sorted(shown), sorted(expected)) + silent(page, one)
    page.goto(f"/reports/?report=administrators&{SIZE}")
    holding = [name for name, sites in one.below.items() if not one.chosen or one.chosen in sites]
    expected = sorted(holding) if one.opens("/administrators/") else []
    return found + differ("people", sorted(cells(page, "Nom d’utilisateur")), expected)


def administrators(page: Page, one: Reader) -> list[str]:
    """Everybody below, wherever they are; the filter offers the sites held."""
    offered = texts(page, "select[name=site] option[value]:not([value=''])")
    found = differ("filter by site", sorted(offered), sorted(one.held))
    return found + differ("people", sorted(cells(page, "Nom d’utilisateur")), sorted(one.below))


def every_site(page: Page, one: Reader) -> list[str]:
    """All that are held, whatever was chosen: one must be able to choose another."""
    found = differ("total", total(page), len(one.held))
    return found + differ("sites", sorted(cells(page, "Nom")), sorted(one.held))


def profile(page: Page, one: Reader) -> list[str]:
    return differ("enterprise", page.locator("#id_account_name").input_value(), one.enterprise)


CHECKS: Mapping[str, Callable[[Page, Reader], list[str]]] = {
    "/dashboard/": dashboard,
    "/assignments/numbers/": numbers,
    "/services/": services,
    "/recordings/": recordings,
    "/analytics/": analytics,
    "/reports/": reports,
    "/profile/": profile,
    "/administrators/": administrators,
    "/sites/": every_site,
    "/sites/choose/": every_site,
}
