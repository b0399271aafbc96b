"""Times as people write them."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from statuspage.config import parse_duration
from statuspage.errors import Unreadable
from statuspage.source.times import parse_next, parse_start, parse_time

from .builders import utc

BERLIN = ZoneInfo("Europe/Berlin")
AT = utc("2026-11-21 14:05")


@pytest.mark.parametrize(
    ("text", "at"),
    [
        ("2026-11-21 14:05 UTC", "2026-11-21 14:05"),
        ("2026-11-21 14:05 utc", "2026-11-21 14:05"),
        ("2026-11-21 14:05 GMT", "2026-11-21 14:05"),
        ("2026-11-21 14:05Z", "2026-11-21 14:05"),
        ("2026-11-21T14:05:07Z", "2026-11-21 14:05:07"),
        ("2026-11-21T14:05:07.25Z", "2026-11-21 14:05:07.250000"),
        ("2026-11-21 14:05:07,123456789 UTC", "2026-11-21 14:05:07.123456"),
        ("2026-11-21 14:05:60 UTC", "2026-11-21 14:05:59"),
        ("2026-11-21 14:05", "2026-11-21 13:05"),
        ("2026-11-21 9:05", "2026-11-21 08:05"),
        ("2026-11-21 at 14:05", "2026-11-21 13:05"),
        ("2026-11-21 14:05 +02:00", "2026-11-21 12:05"),
        ("2026-11-21 14:05+0530", "2026-11-21 08:35"),
        ("2026-11-21 14:05 −03", "2026-11-21 17:05"),
        ("2026-11-21 14:05 UTC+2", "2026-11-21 12:05"),
        ("2026-11-21 14:05 [America/New_York]", "2026-11-21 19:05"),
        ("2026-11-21 14:05 (Asia/Kathmandu)", "2026-11-21 08:20"),
        ("2026-10-25 02:30 +01:00 [Europe/Berlin]", "2026-10-25 01:30"),
        ("2026-10-25T02:30+02:00[Europe/Berlin]", "2026-10-25 00:30"),
    ],
)
def test_a_time_is_read_in_its_own_zone_or_else_in_that_of_the_site(text: str, at: str) -> None:
    assert parse_time(text, BERLIN).at == utc(at)


@pytest.mark.parametrize(
    ("text", "what"),
    [
        (
            "2026-03-29 02:30",
            "2026-03-29 02:30 does not exist in Europe/Berlin, whose clocks change then; "
            "write 2026-03-29 00:30 UTC or 2026-03-29 01:30 UTC",
        ),
        (
            "2026-10-25 02:30",
            "2026-10-25 02:30 happens twice in Europe/Berlin, whose clocks change then; "
            "write 2026-10-25 00:30 UTC or 2026-10-25 01:30 UTC",
        ),
        ("2026-02-30 14:05", "there is no day 2026-02-30; write year-month-day"),
        ("0001-01-01 00:00 +14:00", "there is no day 0001-01-01; write year-month-day"),
        ("2026-11-21 24:00", "there is no time of day 24:00; write 00:00 to 23:59"),
        ("2026-11-21 14:05 +25:00", '"+25:00" is not an offset from UTC; write it as +02:00'),
        ("2026-11-21 14:05 [Europe/Berln]", '"Europe/Berln" is not a time zone; did you mean "Europe/Berlin"?'),
        (
            "2026-11-21 14:05 +05:00 [Europe/Berlin]",
            '"2026-11-21 14:05 +05:00 [Europe/Berlin]" has an offset that Europe/Berlin does not have then; '
            "write one of the two",
        ),
        ("soon", '"soon" is not a date and a time of day; write it as 2026-11-21 14:05 UTC'),
        ("14:05", '"14:05" is not a date and a time of day; write it as 2026-11-21 14:05 UTC'),
    ],
)
def test_a_time_that_cannot_be_meant_is_refused_with_what_to_write(text: str, what: str) -> None:
    with pytest.raises(Unreadable) as caught:
        parse_time(text, BERLIN)

    assert str(caught.value) == what


def test_a_start_may_be_a_day_alone_and_means_its_first_instant() -> None:
    assert parse_start("2026-11-21", BERLIN) == utc("2026-11-20 23:00")


@pytest.mark.parametrize(
    ("text", "at"),
    [
        ("14:35", "2026-11-22 13:35"),
        ("15:35", "2026-11-21 14:35"),
        ("15:05", "2026-11-22 14:05"),
        ("15:35.", "2026-11-21 14:35"),
        ("at 15:35", "2026-11-21 14:35"),
        ("14:35 UTC", "2026-11-21 14:35"),
        ("09:00 [America/New_York]", "2026-11-22 14:00"),
        ("tomorrow 09:00", "2026-11-22 08:00"),
        ("Tomorrow at 09:00 UTC", "2026-11-22 09:00"),
        ("2026-11-23 08:00 UTC", "2026-11-23 08:00"),
        ("30m", "2026-11-21 14:35"),
        ("2h", "2026-11-21 16:05"),
        ("1h30m", "2026-11-21 15:35"),
        ("in 30 minutes", "2026-11-21 14:35"),
    ],
)
def test_a_next_update_is_the_first_such_time_after_the_update(text: str, at: str) -> None:
    assert parse_next(text, after=AT, zone=BERLIN) == utc(at)


@pytest.mark.parametrize(
    ("after", "text", "at"),
    [
        ("2026-03-29 12:00", "02:30", "2026-03-30 00:30"),
        ("2026-10-25 12:00", "02:30", "2026-10-26 01:30"),
        ("2026-10-25 00:15", "03:30", "2026-10-25 02:30"),
    ],
)
def test_a_time_of_day_that_is_past_today_is_tomorrows_whatever_the_clocks_did_today(
    after: str, text: str, at: str
) -> None:
    assert parse_next(text, after=utc(after), zone=BERLIN) == utc(at)


@pytest.mark.parametrize(
    ("text", "at"), [("06:40", "2026-11-28 05:40"), ("2h", "2026-11-28 04:00"), ("tomorrow 23:00", None)]
)
def test_what_was_written_long_before_is_the_first_such_time_afterwards(text: str, at: str | None) -> None:
    start = utc("2026-11-28 02:00")

    if at:
        assert parse_next(text, after=start, zone=BERLIN, written_at=AT) == utc(at)
    else:
        with pytest.raises(Unreadable, match="is not later than 2026-11-28 02:00 UTC"):
            parse_next(text, after=start, zone=BERLIN, written_at=AT)


def test_a_next_update_may_be_none() -> None:
    assert parse_next("none", after=AT, zone=BERLIN) is None


@pytest.mark.parametrize(
    ("text", "what"),
    [
        (
            "2026-11-21 14:05 UTC",
            '"2026-11-21 14:05 UTC" is not later than 2026-11-21 14:05 UTC; '
            "write a later time, or a length such as 30m",
        ),
        (
            "today 14:00",
            '"today 14:00" is not later than 2026-11-21 14:05 UTC; write a later time, or a length such as 30m',
        ),
        (
            "soon",
            '"soon" is not a time; write a time of day such as 14:35, a date and time, 30m, 2h, tomorrow 09:00 or none',
        ),
    ],
)
def test_a_next_update_before_the_update_or_without_a_time_is_refused(text: str, what: str) -> None:
    with pytest.raises(Unreadable) as caught:
        parse_next(text, after=AT, zone=BERLIN)

    assert str(caught.value) == what


def test_a_next_update_is_counted_in_the_zone_of_the_heading() -> None:
    heading = parse_time("2026-11-21 22:00 +09:00", BERLIN)

    at = parse_next("22:30", after=heading.at, zone=heading.zone)

    assert at == utc("2026-11-21 13:30")


@pytest.mark.parametrize(
    ("text", "minutes"), [("20m", 20), ("2h", 120), ("24h", 1440), ("1h 30 min", 90), ("1d", 1440), ("90 minutes", 90)]
)
def test_a_length_of_time_is_read_as_people_write_it(text: str, minutes: int) -> None:
    assert parse_duration(text) == timedelta(minutes=minutes)


@pytest.mark.parametrize("text", ["", "20", "m", "-5m", "0m", "9999d", "1h 30m 20s", "٣m x"])
def test_a_length_of_time_without_unit_or_sense_is_refused(text: str) -> None:
    with pytest.raises(Unreadable):
        parse_duration(text)


def test_every_instant_is_in_utc() -> None:
    assert parse_time("2026-11-21 14:05 [Europe/Berlin]", BERLIN).at.utcoffset() == timedelta(0)
    assert isinstance(parse_start("2026-11-21", BERLIN), datetime)
