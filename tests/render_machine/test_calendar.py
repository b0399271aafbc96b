"""The calendar, read back by icalendar and byte by byte."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from icalendar import Calendar

from statuspage.model import Status, derived_id
from statuspage.render.calendar import render_calendar
from statuspage.shown import Shown, ShownIncident

from .builders import NOW, incident, shown, site, update

WINDOW = (NOW + timedelta(days=3), NOW + timedelta(days=3, hours=4))


def calendar(*planned: ShownIncident, at: datetime = NOW) -> bytes:
    return render_calendar(shown(maintenances=planned, at=at))["calendar.ics"]


def events(document: bytes) -> list[Any]:
    return list(Calendar.from_ical(document).walk("VEVENT"))


def test_planned_work_is_an_event() -> None:
    announced = update(Status.SCHEDULED, NOW - timedelta(days=1), body="We **swap** disks.\n\nNothing to do.")

    document = calendar(incident("disks", announced, title="New disks", window=WINDOW))

    assert document.decode().split("\r\n") == [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//statuspage//planned work//EN",
        "X-WR-CALNAME:Acme: planned work",
        "REFRESH-INTERVAL;VALUE=DURATION:PT15M",
        "BEGIN:VEVENT",
        "SUMMARY:New disks",
        "DTSTART:20261124T144000Z",
        "DTEND:20261124T184000Z",
        "DTSTAMP:20261120T144000Z",
        f"UID:{derived_id('disks')}@status.acme.example",
        "SEQUENCE:1",
        "DESCRIPTION:We swap disks.\\n\\nNothing to do.",
        "STATUS:CONFIRMED",
        "TRANSP:TRANSPARENT",
        "URL:https://status.acme.example/maintenance/disks/",
        "END:VEVENT",
        "END:VCALENDAR",
        "",
    ]


def test_a_calendar_without_work_is_still_a_calendar() -> None:
    document = calendar()

    assert events(document) == []
    assert document.startswith(b"BEGIN:VCALENDAR\r\n")
    assert document.endswith(b"END:VCALENDAR\r\n")


def test_lines_are_folded_at_75_octets_and_end_in_crlf() -> None:
    title = "Plätze 📦 für; Pakete, und \\ mehr: " * 20
    body = "日本語のとても長い文章です。" * 30
    planned = incident("disks", update(Status.SCHEDULED, body=body), title=title, window=WINDOW)

    document = calendar(planned)

    lines = document.split(b"\r\n")
    assert document.count(b"\n") == document.count(b"\r\n")
    assert max(len(line) for line in lines) == 75
    assert [line.decode("utf-8") for line in lines]
    assert [(str(e["SUMMARY"]), str(e["DESCRIPTION"])) for e in events(document)] == [(title.strip(), body)]


def test_separators_in_a_title_are_escaped() -> None:
    document = calendar(incident("disks", title="a, b; c \\ d\x00\x07", window=WINDOW))

    assert b"SUMMARY:a\\, b\\; c \\\\ d\r\n" in document


def test_the_name_of_the_calendar_is_escaped() -> None:
    document = render_calendar(shown(on=site(title="Acme, Inc\r\nBEGIN:VEVENT")))["calendar.ics"]

    assert events(document) == []
    assert b"X-WR-CALNAME:Acme\\, Inc BEGIN:VEVENT: planned work\r\n" in document


def test_cancelled_work_is_cancelled_and_counts_its_updates() -> None:
    planned = incident("disks", update(Status.CANCELLED), update(Status.SCHEDULED, NOW - timedelta(1)), window=WINDOW)

    (event,) = events(calendar(planned))

    assert (str(event["STATUS"]), event["SEQUENCE"]) == ("CANCELLED", 2)
    assert event["DTSTAMP"].dt == NOW


def over(slug: str, ended_at: datetime) -> ShownIncident:
    window = (ended_at - timedelta(hours=1), ended_at)
    return incident(slug, update(Status.COMPLETED, ended_at), title=slug, window=window)


def test_work_leaves_the_calendar_at_midnight_ninety_days_later() -> None:
    planned = [over("older", datetime(2026, 8, 22, 23, 59, tzinfo=UTC)), over("old", datetime(2026, 8, 23, tzinfo=UTC))]

    assert [str(e["SUMMARY"]) for e in events(calendar(*planned))] == ["old"]
    assert calendar(*planned, at=NOW.replace(hour=0, minute=0)) == calendar(*planned, at=NOW.replace(hour=23))
    assert calendar(*planned, at=NOW + timedelta(days=1)) != calendar(*planned)


def test_overdue_work_stays_in_the_calendar() -> None:
    long_ago = (NOW - timedelta(days=200), NOW - timedelta(days=199))
    planned = incident("endless", update(Status.VERIFYING, NOW - timedelta(days=199)), window=long_ago)

    assert len(events(calendar(planned))) == 1


def test_events_stand_in_order_of_their_start() -> None:
    def page() -> Shown:
        return shown(maintenances=[incident(f"m{n}", title=f"m{n}", window=_days(n)) for n in (3, 1, 2)])

    assert [str(e["SUMMARY"]) for e in events(render_calendar(page())["calendar.ics"])] == ["m1", "m2", "m3"]
    assert render_calendar(page()) == render_calendar(page())


@pytest.mark.parametrize(
    "length", [timedelta(0), timedelta(hours=-3), timedelta(seconds=20), timedelta(microseconds=1)]
)
def test_an_event_ends_at_least_a_minute_after_it_starts(length: timedelta) -> None:
    (event,) = events(calendar(incident("disks", window=(NOW, NOW + length))))

    assert (event["DTSTART"].dt, event["DTEND"].dt) == (NOW, NOW + timedelta(minutes=1))


def _days(number: int) -> tuple[datetime, datetime]:
    return NOW + timedelta(days=number), NOW + timedelta(days=number, hours=1)
