"""What a chart shows can be read without seeing it, and agrees with the table under it."""

import re
from datetime import datetime, time, timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Locator, Page, expect

from sites.models import CallRecord
from tests.browser.conftest import Visit
from tests.browser.walk import figure, first_figure, grid

pytestmark = pytest.mark.browser
ENTERPRISE = "Boulangeries Martin"
# The pages with charts, and how many days they look back.
CHARTED = {"/dashboard/": 30} | {f"/analytics/?period={days}": days for days in (7, 30, 90, 365)}


@pytest.fixture
def page(visit: Visit) -> Page:
    return visit("cmartin")


def calls_of(days: int, **where: object) -> int:
    first = timezone.localdate() - timedelta(days=days - 1)
    since = timezone.make_aware(datetime.combine(first, time()))
    rows = CallRecord.objects.filter(site__enterprise__name=ENTERPRISE, at__gte=since, **where)
    return rows.count()


def test_charts_agree_with_their_tables(page: Page) -> None:
    for path, days in CHARTED.items():
        page.goto(path)
        charts = page.locator("figure.chart").all()
        assert len(charts) == (1 if path == "/dashboard/" else 2), path
        for chart in charts:
            drawn, answered, missed = read(chart)
            assert (answered, missed) == (calls_of(days, answered=True),
                                          calls_of(days, answered=False)), path  # fmt: skip
            assert drawn == answered + missed == caption(chart), path


def read(chart: Locator) -> tuple[int, int, int]:
    """How many calls the bars stand for, and the sums of both columns of the table."""
    title = chart.get_by_role("heading").inner_text()
    expect(chart.get_by_role("img", name=title, exact=True)).to_be_visible()
    chart.get_by_text("Les mêmes chiffres en tableau").click()
    expect(chart.get_by_role("table")).to_be_visible()
    rows = chart.locator("tbody tr").all_inner_texts()
    cells = [re.split(r"\s*\t\s*", row.strip()) for row in rows]
    bars = [bar.split(" – ") for bar in chart.locator("svg title").all_text_contents()]
    assert [label for label, *_counts in cells] == [label for label, _counts in bars]
    drawn = sum(figure(part) for _label, counts in bars for part in counts.split(", "))
    return drawn, *(sum(figure(row[n]) for row in cells) for n in (1, 2))


def caption(chart: Locator) -> int:
    return first_figure(chart.locator("figcaption p").inner_text())


def test_the_sites_of_the_analysis_are_in_a_table(page: Page) -> None:
    page.goto("/analytics/")
    expect(page.locator("section.chart svg:not([aria-hidden=true])")).to_have_count(0)
    rows = grid(page, "section.chart")
    assert len(rows) == 15
    for site, answered, missed, _bar in rows:
        found = [calls_of(30, site__name=site, answered=one) for one in (True, False)]
        assert [figure(answered), figure(missed)] == found, site


@pytest.mark.parametrize("report", ["assignments", "calls"])
def test_shares_are_written_beside_their_bar(page: Page, report: str) -> None:
    page.goto(f"/reports/?report={report}&per_page=25")
    rows = grid(page, "#table")
    assert len(rows) == 24
    expect(page.locator("#table tbody svg[aria-hidden=true]")).to_have_count(drawn(rows))
    expect(page.locator("#table tbody svg:not([aria-hidden=true])")).to_have_count(0)
    for row in rows:
        part, rest = figure(row[1]), figure(row[2])
        written = re.sub(r"\s", "", row[-1])
        share = int(100 * part / (part + rest) + 0.5) if part + rest else None
        assert written == ("—" if share is None else f"{share}%"), row


def drawn(rows: list[list[str]]) -> int:
    """The rows that have something to draw a share of."""
    return sum(1 for row in rows if figure(row[1]) + figure(row[2]))
