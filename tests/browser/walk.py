"""What stands on any page of the portal, compared with what its reader may read."""

import html
import re
from collections import Counter
from typing import Any

from playwright.sync_api import Page

from tests.browser.readers import BADGES, EVERYBODYS, PAGES, Reader

SIZE = "per_page=50"


def differ(what: str, found: Any, expected: Any) -> list[str]:
    return [] if found == expected else [f"{what}: {found}, not {expected}"]


def framed(page: Page, reader: Reader) -> list[str]:
    """The entries of the menus, their badges, and the selector of sites."""
    entries = page.locator("#side-menu a, header nav a").evaluate_all(
        "found => found.map(one => [one.getAttribute('href'), one.textContent])"
    )
    offered = {href for href, _text in entries if href in PAGES}
    found = differ("menus", offered, {path for path in PAGES if reader.opens(path)})
    badged = dict(re.findall(r"(\S+)\s+\((\d+)\)", "\n".join(text for _href, text in entries)))
    assigns = "user_assignments" in reader.features
    counts = {name: str(reader.rows(model).count()) for name, model in BADGES.items()}
    found += differ("badges", badged, counts if assigns else {})
    selected = page.locator(".site-selector-name").text_content()
    return found + differ("selector", selected, reader.chosen or "Tous les sites")


def silent(page: Page, reader: Reader) -> list[str]:
    """Wherever it would stand: options of filters, tables of charts, titles of bars, addresses."""
    offers_all_held = page.url.partition("?")[0].endswith(("/administrators/", *EVERYBODYS))
    foreign = reader.foreign - (reader.held if offers_all_held else set())
    text = html.unescape(page.content())
    return [f"names {name}" for name in sorted(foreign) if name in text]


def listed(page: Page, reader: Reader, expected: Counter[str], column: str = "Site") -> list[str]:
    """Each page of the list: the sites of its rows, and the total under it."""
    shown = Counter(cells(page, column))
    found = differ("total", total(page), expected.total())
    while (following := page.locator("#table a[rel=next]")).count():
        page.goto(page.url.partition("?")[0] + str(following.get_attribute("href")))
        shown.update(cells(page, column))
        found += silent(page, reader)
    return found + differ("sites", dict(shown), dict(expected))


def cells(page: Page, column: str) -> list[str]:
    return texts(page, f'#table tbody [data-label="{column}"]')


def texts(page: Page, where: str) -> list[str]:
    """As they stand in the page, even where it is folded away."""
    found = page.locator(where).all_text_contents()
    return [" ".join(text.split()) for text in found]


def total(page: Page) -> int:
    """The total under the list; a list without rows has none."""
    counts = texts(page, "#table .paging-count")
    return figure(counts[0].rpartition(" de ")[2]) if counts else 0


def figure(text: str) -> int:
    return int(re.sub(r"\D", "", text))


def first_figure(text: str) -> int:
    """The one with which a sentence begins; none is nothing."""
    found = re.match(r"\d[\d\s]*", text)
    return figure(found[0]) if found else 0


def grid(page: Page, where: str) -> list[list[str]]:
    """The texts of a table's body, even where it is folded away."""
    rows = page.locator(f"{where} tbody tr").evaluate_all(
        "rows => rows.map(row => [...row.cells].map(cell => cell.textContent.trim()))"
    )
    return [list(row) for row in rows]
