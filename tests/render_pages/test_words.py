from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from statuspage.render.words import next_update_words, time_words
from statuspage.shown import Promise
from tests.render_pages.builders import at

BERLIN = ZoneInfo("Europe/Berlin")


@pytest.mark.parametrize(
    ("zone", "words"),
    [
        ("Europe/Berlin", "14:58 CET"),
        ("UTC", "13:58 UTC"),
        ("Asia/Kolkata", "19:28 IST"),
        ("Asia/Dubai", "17:58 UTC+04:00"),
    ],
)
def test_a_time_of_day_names_its_zone(zone: str, words: str) -> None:
    assert time_words(at("21 13:58"), ZoneInfo(zone)) == words


@pytest.mark.parametrize(
    ("due_at", "words"),
    [
        (at("21 14:10"), "Next update by 15:10 CET."),
        (at("21 23:30"), "Next update by 00:30 CET on 22 November 2026."),
    ],
)
def test_a_promise_names_the_day_when_it_is_another_day(due_at: datetime, words: str) -> None:
    promise = Promise(made_at=at("21 13:40"), due_at=due_at)

    assert next_update_words(promise, BERLIN) == words
