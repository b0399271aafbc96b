"""Planned work as a calendar that people subscribe to (RFC 5545)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from urllib.parse import urlsplit

from icalendar import Calendar, Event, vText

from statuspage.characters import one_line, without_controls
from statuspage.model import Site, Status
from statuspage.render.kept import kept_by_identity
from statuspage.render.markup import to_text
from statuspage.shown import Shown, ShownIncident

PRODUCT_ID = "-//statuspage//planned work//EN"
PAST_DAYS = 90
REFRESH_SECONDS = 900
"""How often calendars are asked to fetch it again."""
_END = b"END:VCALENDAR"
SHORTEST = timedelta(minutes=1)
"""How long an event is whose end does not come after its start."""


def render_calendar(shown: Shown) -> dict[str, bytes]:
    """Return `calendar.ics`: planned work under way, to come, and that of the past 90 days, first start first."""
    calendar = Calendar()
    calendar.add("prodid", PRODUCT_ID)
    calendar.add("version", "2.0")
    # icalendar escapes what it knows to be text; a property of calendar programs it does not know.
    calendar.add("x-wr-calname", vText(one_line(f"{shown.site.title}: planned work")))
    calendar.add("refresh-interval", timedelta(seconds=REFRESH_SECONDS), parameters={"VALUE": "DURATION"})
    # The events go before the last line; most of them are as they were.
    head, _, foot = calendar.to_ical().rpartition(_END)
    events = b"".join(_event(planned, shown.site) for planned in _recent(shown))
    return {"calendar.ics": head + events + _END + foot}


def _recent(shown: Shown) -> Iterator[ShownIncident]:
    """Yield whole days: the calendar then changes at midnight, when the page does too."""
    zone = shown.site.zone
    first_day = shown.now.astimezone(zone).date() - timedelta(days=PAST_DAYS)
    for planned in reversed(shown.maintenances):
        if planned.is_open or (planned.ends_at or planned.updated_at).astimezone(zone).date() >= first_day:
            yield planned


@kept_by_identity
def _event(planned: ShownIncident, site: Site) -> bytes:
    event = Event()
    event.add("uid", f"{planned.source.id}@{urlsplit(site.url).hostname}")
    event.add("dtstamp", _second(planned.updated_at))
    event.add("sequence", len(planned.updates))
    event.add("status", "CANCELLED" if planned.status is Status.CANCELLED else "CONFIRMED")
    starts_at = _second(planned.listed_at)
    event.add("dtstart", starts_at)
    # RFC 5545 §3.8.2.2: the end is later than the start, whatever the file says.
    event.add("dtend", max(_second(planned.ends_at or planned.updated_at), starts_at + SHORTEST))
    event.add("summary", one_line(planned.source.title))
    if planned.updates:
        event.add("description", without_controls(to_text(planned.updates[0].body)).strip())
    event.add("url", site.url + planned.source.path)
    # Subscribers are not busy while we work.
    event.add("transp", "TRANSPARENT")
    written: bytes = event.to_ical()
    return written


def _second(at: datetime) -> datetime:
    return at.astimezone(UTC).replace(microsecond=0)
