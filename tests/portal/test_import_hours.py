"""Opening hours of a file, as the page can show and save them."""

import pytest
from django.utils import translation

from sites import models
from tests import pages, visitors
from tests.files import Files, stored
from tests.world import World

pytestmark = pytest.mark.django_db

HEAD = "site;weekday;opens;closes\n"


def lines(*periods: str, day: int = 1) -> str:
    """A file with these periods of one day, as "08:00-12:00"."""
    return HEAD + "".join(f"Paris;{day};{one.replace('-', ';')}\n" for one in periods)


@pytest.mark.parametrize(
    ("period", "column"),
    [
        ("08:00:30-12:00", "opens"), ("08:00-12:00:01", "closes"),
        ("08:00:00.5-12:00", "opens"), ("08:00-23:59:59", "closes"),
    ],
)  # fmt: skip
def test_hours_are_on_whole_minutes(files: Files, period: str, column: str) -> None:
    before = stored("hours")
    assert files.said("hours", lines(period)) == [(2, column)]
    assert stored("hours") == before


def test_what_is_not_on_a_whole_minute_is_quoted(files: Files) -> None:
    with translation.override("fr"):
        done = files.give("hours", lines("08:00:30-12:00"))
    said = "«\u202f08:00:30\u202f» ne tombe pas sur une minute entière."
    assert [one.message for one in done.problems.first] == [said]


def test_seconds_that_say_nothing_may_stand(files: Files) -> None:
    assert files.said("hours", lines("08:00:00-12:00:00")) == []


@pytest.mark.parametrize(
    ("periods", "wrong"),
    [
        (["08:00-12:00", "11:59-18:00"], [2, 3]),
        (["11:59-18:00", "08:00-12:00"], [2, 3]),
        (["08:00-18:00", "09:00-10:00", "11:00-12:00", "18:00-19:00"], [2, 3, 4]),
        (["08:00-12:00", "12:00-18:00"], []),
    ],
)
def test_periods_of_a_file_do_not_overlap(
    files: Files, periods: list[str], wrong: list[int]
) -> None:
    before = stored("hours")
    with translation.override("fr"):
        problems = files.give("hours", lines(*periods)).problems.in_order
    assert [(one.line, one.column) for one in problems] == [(line, "opens") for line in wrong]
    said = "Deux plages d’un même jour ne peuvent pas se chevaucher."
    assert {one.message for one in problems} == ({said} if wrong else set())
    assert (stored("hours") == before) == bool(wrong)


@pytest.mark.parametrize(
    ("period", "wrong"),
    [("17:59-19:00", [2]), ("07:00-20:00", [2]), ("18:00-19:00", []), ("08:00-20:00", [])],
)
def test_nor_with_what_the_day_has(files: Files, period: str, wrong: list[int]) -> None:
    """Paris opens on Mondays from 08:00 to 18:00."""
    assert files.said("hours", lines(period, day=0)) == [(line, "opens") for line in wrong]
    assert files.said("hours", lines(period, day=1)) == []


def test_nor_with_another_day_or_site(files: Files) -> None:
    monday = "Paris;1;08:00;12:00\n"
    assert files.said("hours", f"{HEAD}{monday}Paris;2;09:00;13:00\nLyon;1;09:00;13:00\n") == []


def test_what_overlaps_already_is_not_the_doing_of_the_file(files: Files) -> None:
    site = files.site
    for hour in (9, 10):
        times = {"opens": f"{hour:02}:00", "closes": "12:00"}
        models.OpeningHours.objects.create(site=site, weekday=3, **times)
    assert files.said("hours", lines("08:00-12:00")) == []


def test_hours_of_a_file_can_be_saved_on_the_page(files: Files, world: World) -> None:
    assert files.said("hours", lines("08:00-12:00", "12:00-18:00")) == []
    client, url = visitors.visitor(world["R"]), f"/sites/{files.site.pk}/hours/"
    answer = client.post(url, pages.form(client.get(url), friday_0="08:00", friday_1="09:00"))
    assert answer.status_code == 302
