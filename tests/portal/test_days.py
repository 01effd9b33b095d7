"""Days as people write them: in French the first of a month is an ordinal."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.template import Context, Template
from django.utils import timezone, translation

from portal.days import short_day
from sites.templatetags.days import ago, day, in_words, moment

FIRST, ELEVENTH = date(2027, 1, 1), date(2027, 1, 11)
NIGHT = datetime(2026, 11, 30, 23, 30, tzinfo=UTC)  # the next day in France


@pytest.mark.parametrize(
    ("language", "value", "said"),
    [
        ("fr", FIRST, "1er janvier 2027"), ("fr", ELEVENTH, "11 janvier 2027"),
        ("en", FIRST, "1 January 2027"), ("fr", None, ""),
    ],
)  # fmt: skip
def test_a_day(language: str, value: date | None, said: str) -> None:
    with translation.override(language):
        assert day(value) == said


def test_a_moment_is_told_in_local_time() -> None:
    template = Template("{% load days %}{{ at|moment }} {{ none|moment }}")
    with translation.override("fr"):
        assert template.render(Context({"at": NIGHT})).strip() == "1er décembre 2026 à 00:30"
        assert moment(NIGHT) == "30 novembre 2026 à 23:30"


def test_how_long_ago_names_the_local_moment() -> None:
    with translation.override("fr"):
        assert 'title="1er décembre 2026 à 00:30"' in ago(NIGHT)


@pytest.mark.parametrize(
    ("seconds", "said"),
    [(0, "à l’instant"), (59, "à l’instant"), (-30, "à l’instant"), (61, "il y a une minute")],
)
def test_what_has_just_happened_is_told_so(seconds: int, said: str) -> None:
    """The clock of another machine may be ahead."""
    with translation.override("fr"):
        told = ago(timezone.now() - timedelta(seconds=seconds))
    assert f">{said}<" in told.replace("\u00a0", " ")


def test_a_day_in_a_filter_and_under_a_chart() -> None:
    with translation.override("fr"):
        assert (in_words(FIRST), in_words("Paris"), short_day(FIRST)) == (
            "1er janvier 2027", "Paris", "1er janv.",
        )  # fmt: skip
    with translation.override("en"):
        assert short_day(FIRST) == "1 Jan"
