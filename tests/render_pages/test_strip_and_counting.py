from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest

from statuspage.model import ComponentState
from statuspage.render.language import language_of
from statuspage.render.pages.counting import RULES, count_of
from statuspage.render.pages.strip import strip, strip_label
from statuspage.shown import Day, Uptime

ENGLISH = language_of("en")
FIRST = date(2026, 11, 1)


def days(*worst: ComponentState | None) -> tuple[Day, ...]:
    return tuple(
        Day(date=FIRST + timedelta(days=number), worst=state, outage_minutes=Decimal(0))
        for number, state in enumerate(worst)
    )


WELL = ComponentState.OPERATIONAL


def test_ordinary_days_are_one_line_problems_a_path_each_severity_and_blank_days_dots() -> None:
    drawn = strip(days(None, None, WELL, ComponentState.MAJOR_OUTAGE, WELL, WELL, ComponentState.MAJOR_OUTAGE), ENGLISH)

    assert drawn == (
        '<svg class="strip" viewBox="0 0 28 24" preserveAspectRatio="none" role="img" aria-label="Last 7 days: '
        'major outage on 4 November 2026, major outage today; counted since 3 November 2026">'
        '<path class="blank" d="M0 23H8"/>'
        '<path class="day" d="M8.7 21.5H12M16.7 21.5H24"/>'
        '<path class="maj" d="M14 24v-24m12 24v-24"/></svg>'
    )


def test_the_label_names_the_days_or_counts_them() -> None:
    slow = ComponentState.DEGRADED_PERFORMANCE

    assert strip_label(days(WELL, WELL), ENGLISH) == "Last 2 days: no problems"
    assert strip_label(days(None, None), ENGLISH) == "Last 2 days: not counted yet"
    assert strip_label(days(slow, WELL), ENGLISH) == "Last 2 days: slow or unreliable on 1 November 2026"
    assert strip_label(days(*[slow] * 12, ComponentState.PARTIAL_OUTAGE), ENGLISH) == (
        "Last 13 days: problems on 13 days, at worst: partial outage"
    )


@pytest.mark.parametrize(
    ("minutes", "words"),
    [
        ("0", "0 min"),
        ("52", "52 min"),
        ("60", "1 h 0 min"),
        ("206", "3 h 26 min"),
        ("28.5", "28.5 min"),
        ("8.41", "8.5 min"),
        ("59.99", "1 h 0 min"),
        ("6000", "100 h 0 min"),
    ],
)
def test_minutes_read_as_people_say_them(minutes: str, words: str) -> None:
    assert ENGLISH.minutes(Decimal(minutes)) == words


@pytest.mark.parametrize(
    ("hundredths", "words"), [(10000, "100 %"), (9984, "99.84 %"), (9950, "99.50 %"), (0, "0 %"), (None, "")]
)
def test_percentages_have_two_decimals_unless_whole(hundredths: int | None, words: str) -> None:
    uptime = Uptime(days=(), hundredths=hundredths, outage_minutes=Decimal(206))

    count = count_of(uptime, ENGLISH)

    assert count.percent.replace("\N{NO-BREAK SPACE}", " ") == words
    assert count.minutes == "3 h 26 min of outage"


def test_how_we_count_says_that_today_is_a_whole_day() -> None:
    assert "Today counts as a whole day, although it is not over." in RULES
