"""«Analyse»: what the charts say in words, and that nothing is counted and then not said."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from django.test import Client
from django.utils import timezone, translation

from permissions.features import FeatureCode as F
from portal import calls, charts
from portal.days import short_day, short_hour, short_month
from sites.models import CallRecord, Site
from tests import visitors
from tests.portal import lists
from tests.world import World

URL = "/analytics/"
EVERY_MONTH = [date(2026, month, 17) for month in range(1, 13)]
FRENCH = "janv. févr. mars avr. mai juin juil. août sept. oct. nov. déc."
ENGLISH = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec"


def ring(site: Site, count: int, *, missed: int = 0, at: datetime | None = None) -> None:
    """So many calls at a site, today unless it is said when."""
    made = CallRecord.objects.count()
    CallRecord.objects.bulk_create(
        CallRecord(
            enterprise_id=site.enterprise_id, site=site, reference=f"T-{made + n}",
            at=at or timezone.now(), direction="incoming",
            number="+33199000001", peer="+33199009999", seconds=60 * (n >= missed),
            answered=n >= missed,
        )
        for n in range(count)
    )  # fmt: skip


@pytest.fixture
def reader(world: World) -> Client:
    return visitors.visitor(lists.holder(world, F.ANALYTICS, sites="Paris Lyon Lille"))


@pytest.fixture
def few(monkeypatch: pytest.MonkeyPatch) -> None:
    """The ranking names one site."""
    monkeypatch.setattr(calls, "SITES", 1)


@pytest.mark.parametrize(
    ("period", "title", "head"),
    [
        ("7", "Appels par jour", "Jour"), ("90", "Appels par jour", "Jour"),
        ("365", "Appels par mois", "Mois"),
    ],
)  # fmt: skip
def test_a_chart_says_of_what_its_bars_are(
    world: World, reader: Client, period: str, title: str, head: str
) -> None:
    ring(world.site("Paris"), 1)
    page = reader.get(URL, {"period": period}).content.decode()
    assert f"<h2>{title}</h2>" in page
    assert f'<th scope="col">{head}</th>' in page
    other = "Appels par jour" if "mois" in title else "Appels par mois"
    assert other not in page


@pytest.mark.parametrize(("language", "names"), [("fr", FRENCH), ("en", ENGLISH)])
def test_months_are_short_in_each_language(language: str, names: str) -> None:
    with translation.override(language):
        assert [short_month(day) for day in EVERY_MONTH] == [f"{one} 2026" for one in names.split()]
        assert [short_day(day) for day in EVERY_MONTH] == [f"17 {one}" for one in names.split()]


@pytest.mark.parametrize(("language", "hour"), [("fr", "9 h"), ("en", "9:00")])
def test_an_hour_is_written_as_people_do(language: str, hour: str) -> None:
    with translation.override(language):
        assert short_hour(9) == hour


def test_the_middle_line_says_what_stands_at_its_height() -> None:
    for value in [*range(300), 999, 1001, 12_345]:
        low, middle, top = charts.stacked([("", value, 0)]).lines
        assert middle.value * 2 == top.value >= value
        assert abs(middle.y * 2 - low.y - top.y) < 0.2


@pytest.mark.parametrize(("value", "top"), [(0, 2), (5, 6), (9, 10), (15, 20), (93, 100)])
def test_the_highest_line_is_round_and_even(value: int, top: int) -> None:
    assert charts.round_up(value) == top


@pytest.mark.parametrize(
    ("part", "rest", "percent"),
    [(4, 11, 27), (1, 7, 13), (3, 5, 38), (0, 4, 0), (4, 0, 100), (0, 0, None)],
)
def test_shares_are_rounded_as_people_round(part: int, rest: int, percent: int | None) -> None:
    assert charts.share_of(part, rest) == percent


def test_the_last_label_stands_inside_the_drawing() -> None:
    bars = charts.stacked([("sept. 2026", 1, 0)] * 13).bars
    assert bars[-1].labelled
    assert bars[-1].middle + 36 <= charts.WIDTH


@pytest.mark.usefixtures("few")
def test_what_the_ranking_does_not_name_is_still_said(world: World, reader: Client) -> None:
    for name, count, missed in (("Paris", 5, 1), ("Lyon", 3, 1), ("Lille", 2, 0)):
        ring(world.site(name), count, missed=missed)
    ring(world.site("Nantes"), 7)
    words = visitors.words(reader.get(URL))
    ranked = words[words.index("Appels par site") :]
    assert "Site Répondus Manqués Volume Paris 4 1 Autres sites (2) 4 1 Total 8 2" in ranked


@pytest.mark.parametrize(
    ("answered", "missed", "apart"), [(80, 20, 2), (80, 0, 0), (0, 80, 0), (1, 999, 0.1)]
)
def test_the_parts_of_a_bar_stand_apart(answered: int, missed: int, apart: float) -> None:
    """Where there is room for it: the lower part gives it, so that the top says the sum."""
    (bar,) = charts.stacked([("", answered, missed)]).bars
    gap = bar.y_answered - (bar.y_missed + bar.height_missed)
    assert gap == pytest.approx(apart, abs=0.06)
    assert (bar.height_answered > 0) == (answered > 0)


def test_the_total_is_the_charts(world: World, reader: Client) -> None:
    for name, count in (("Paris", 5), ("Lyon", 3)):
        ring(world.site(name), count, missed=2)
    context = reader.get(URL).context
    total = context["by_site"].total
    assert (total.answered, total.missed) == (4, 4)
    assert context["by_day"].total == context["by_hour"].total == 8


def test_an_hour_and_a_day_are_those_of_the_clock_here(world: World) -> None:
    """Also where the clock goes back: the hour that comes twice is one hour of that day."""
    today = timezone.localdate()
    for hour, count in ((0, 1), (9, 2), (23, 3)):
        at = timezone.make_aware(datetime.combine(today - timedelta(days=1), time(hour, 30)))
        ring(world.site("Paris"), count, missed=1, at=at)
    for hour in (0, 1):
        ring(world.site("Lyon"), 1, at=datetime(2025, 10, 26, hour, 30, tzinfo=UTC))
    by_day, by_hour = calls.by_day_and_hour(CallRecord.objects.all(), 7)
    assert [(bar.answered, bar.missed) for bar in by_day.bars][-2:] == [(3, 3), (0, 0)]
    assert counted(by_hour) == {"0 h": (0, 1), "2 h": (2, 0), "9 h": (1, 1), "23 h": (2, 1)}
    assert counted(calls.by_day(CallRecord.objects.all(), 7)) == counted(by_day)


def test_a_long_time_is_added_up_by_month(world: World) -> None:
    first = timezone.localdate().replace(day=1)
    for day in (first, first - timedelta(days=1), (first - timedelta(days=1)).replace(day=1)):
        at = timezone.make_aware(datetime.combine(day, time(0, 30)))
        ring(world.site("Paris"), 2, missed=1, at=at)
    by_month, _by_hour = calls.by_day_and_hour(CallRecord.objects.all(), 365)
    assert [(bar.answered, bar.missed) for bar in by_month.bars][-2:] == [(2, 2), (1, 1)]


@pytest.mark.parametrize(
    ("today", "first"),
    [("2026-01-31", "2025-02-01"), ("2026-11-29", "2025-12-01"), ("2026-12-01", "2026-01-01")],
)
def test_twelve_months_begin_with_a_whole_one(
    monkeypatch: pytest.MonkeyPatch, today: str, first: str
) -> None:
    monkeypatch.setattr(timezone, "localdate", lambda: date.fromisoformat(today))
    assert calls.first_day(365) == date.fromisoformat(first)
    assert len(calls.by_day(CallRecord.objects.none(), 365).bars) == 12


def counted(chart: charts.Chart) -> dict[str, tuple[int, int]]:
    """The bars that are not empty, by what stands under them."""
    bars = {bar.label: (bar.answered, bar.missed) for bar in chart.bars}
    return {label: counts for label, counts in bars.items() if any(counts)}


def test_without_others_there_is_no_such_row(world: World, reader: Client) -> None:
    ring(world.site("Paris"), 2)
    words = visitors.words(reader.get(URL))
    assert "Autre" not in words[words.index("Appels par site") :]
    assert "Total 2 0" in words


def test_the_sites_with_the_most_calls_come_first_then_by_name(world: World) -> None:
    for name, count in (("Nantes", 2), ("Paris", 3), ("Lille", 2)):
        ring(world.site(name), count)
    found = calls.by_site(CallRecord.objects.all())
    assert found == [("Paris", 3, 0), ("Lille", 2, 0), ("Nantes", 2, 0)]


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("fr", "1\u00a0234 appels. Pic\u202f: 6 nov. (1\u00a0234)"),
        ("en", "1,234 calls. Busiest: 6 Nov (1,234)"),
    ],
)
def test_the_sentence_groups_thousands(
    world: World, reader: Client, monkeypatch: pytest.MonkeyPatch, language: str, said: str
) -> None:
    today = date(2026, 11, 8)
    monkeypatch.setattr(timezone, "localdate", lambda *_args: today)
    noon = datetime(2026, 11, 6, 12, tzinfo=UTC)
    ring(world.site("Paris"), 1234, missed=34, at=noon)
    reader.post("/language/", {"language": language})
    page = reader.get(URL, {"period": "7"}).content.decode()
    assert said in " ".join(page.replace("\n", " ").split(" "))
    assert ("1\u00a0200" if language == "fr" else "1,200") in page
    assert "1200" not in page
    assert "1234" not in page


def test_the_axis_groups_thousands(world: World, reader: Client) -> None:
    ring(world.site("Paris"), 1001)
    lines = [f">{said}</text>" for said in ("0", "1\u00a0000", "2\u00a0000")]
    page = reader.get(URL).content.decode()
    assert [page.count(line) for line in lines] == [2, 2, 2]


def test_a_chart_scrolls_by_itself_and_can_be_reached(world: World, reader: Client) -> None:
    ring(world.site("Paris"), 1, at=timezone.now() - timedelta(days=1))
    page = reader.get(URL).content.decode()
    assert page.count('class="chart-scroll" tabindex="0" role="region"') == 2
    assert 'aria-label="Graphique\u202f: Appels par jour"' in page
