"""Times as people write them in headings, fields and front matter, to instants in UTC."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo
from functools import lru_cache

from statuspage.config import find_zone, parse_duration
from statuspage.errors import Unreadable

FIRST_YEAR, LAST_YEAR = 1970, 2199
EXAMPLE = "2026-11-21 14:05 UTC"

_CLOCK = r"(?P<hour>\d{1,2}):(?P<minute>\d{2})(?::(?P<second>\d{2})(?:[.,](?P<fraction>\d{1,9}))?)?(?!\d|:\d)"
_ZONE = (
    r"(?:[ \t]{0,4}(?P<zone>UTC|GMT|Z|(?:UTC|GMT)?[+\u2212-](?P<shift>\d{1,2}(?::?\d{2})?))(?!\w))?"
    r"(?:[ \t]{0,4}[\[(](?P<name>[A-Za-z][A-Za-z0-9_+/-]{0,60})[\])])?"
)
_DATE = r"(?P<year>\d{4})-(?P<month>\d{2})-(?P<day>\d{2})"
TIME = re.compile(_DATE + r"(?:[Tt]|,?[ \t]{1,4}(?:at[ \t])?)" + _CLOCK + _ZONE, re.IGNORECASE)
_DAY = re.compile(_DATE)
_TIME_OF_DAY = re.compile(
    r"(?:(?P<ahead>today|tomorrow),?[ \t]{1,4})?(?:(?:at|by)[ \t]{1,4})?" + _CLOCK + _ZONE, re.IGNORECASE
)
_NOTHING = ("none", "no", "never")
_LEADING = re.compile(r"(?:in|at|by)[ \t]+", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class ZonedTime:
    """An instant, and the zone in which it was written."""

    at: datetime
    """Aware UTC."""
    zone: tzinfo


def parse_time(text: str, zone: tzinfo) -> ZonedTime:
    """Return the date and time of day; without a zone of its own in `zone`. Raise Unreadable where it is none."""
    match = TIME.fullmatch(text.strip())
    if match is None:
        raise Unreadable(f'"{text.strip()[:60]}" is not a date and a time of day; write it as {EXAMPLE}')
    return zoned_time(match, zone)


def parse_start(text: str, zone: tzinfo) -> datetime:
    """Return the instant of a date and time, or the first of a date alone."""
    match = _DAY.fullmatch(text.strip())
    if match is None:
        return parse_time(text, zone).at
    return _instant(datetime.combine(_day(match), time()), zone)


def parse_next(text: str, *, after: datetime, zone: tzinfo, written_at: datetime | None = None) -> datetime | None:
    """Return the instant that `Next update:` means in an update at `after`; None for `none`.

    A time of day is the first such time after `after`; every other form must lie after it too. Where the words were
    written earlier, `today` and `tomorrow` are counted from then.
    """
    words = text.strip().rstrip(".").rstrip()
    if words.casefold() in _NOTHING:
        return None
    words = _LEADING.sub("", words, count=1)
    has_clock = ":" in words
    if has_clock and (clock := _TIME_OF_DAY.fullmatch(words)):
        at = _next_time_of_day(clock, after=after, zone=zone, written_at=written_at or after)
    elif has_clock and TIME.fullmatch(words):
        at = parse_time(words, zone).at
    else:
        at = after + _length(words)
    if at <= after:
        than = f"{after:%Y-%m-%d %H:%M} UTC"
        raise Unreadable(f'"{words}" is not later than {than}; write a later time, or a length such as 30m')
    return at


def is_time_of_day(text: str) -> bool:
    """Return True for a time without a day, `14:35`, as `parse_next` takes it."""
    words = _LEADING.sub("", text.strip().rstrip(".").rstrip(), count=1)
    return words[:1].isdigit() and _TIME_OF_DAY.fullmatch(words) is not None


def zoned_time(match: re.Match[str], zone: tzinfo) -> ZonedTime:
    """Return the instant that a match of `TIME` means."""
    own_zone = _own_zone(match) or zone
    naive = datetime.combine(_day(match), _clock(match))
    shift = _shift(match)
    if shift is None or not match["name"]:
        return ZonedTime(at=_instant(naive, own_zone), zone=own_zone)
    at = _instant(naive, shift)
    if at.astimezone(own_zone).replace(tzinfo=None) != naive:
        raise Unreadable(f'"{match[0]}" has an offset that {match["name"]} does not have then; write one of the two')
    return ZonedTime(at=at, zone=own_zone)


def _length(words: str) -> timedelta:
    try:
        return parse_duration(words)
    except Unreadable as error:
        accepted = "write a time of day such as 14:35, a date and time, 30m, 2h, tomorrow 09:00 or none"
        raise Unreadable(f'"{words[:60]}" is not a time; {accepted}') from error


def _next_time_of_day(match: re.Match[str], *, after: datetime, zone: tzinfo, written_at: datetime) -> datetime:
    own_zone = _own_zone(match) or zone
    ahead, clock = (match["ahead"] or "").casefold(), _clock(match)
    if ahead:
        day = written_at.astimezone(own_zone).date() + timedelta(days=ahead == "tomorrow")
        return _instant(datetime.combine(day, clock), own_zone)
    today = datetime.combine(after.astimezone(own_zone).date(), clock)
    # Tomorrow before today is resolved: a time of day that today's clock change left out may be there tomorrow.
    is_past = max(_both_instants(today, own_zone)) <= after
    return _instant(today + timedelta(days=is_past), own_zone)


def _own_zone(match: re.Match[str]) -> tzinfo | None:
    if match["name"]:
        return find_zone(match["name"])
    return _shift(match)


def _shift(match: re.Match[str]) -> tzinfo | None:
    zone, shift = match.group("zone", "shift")
    return _offset(zone, shift or "0") if zone else None


@lru_cache(maxsize=64)
def _offset(zone: str, shift: str) -> tzinfo:
    digits = shift.replace(":", "")
    hours, minutes = (int(digits[:-2]), int(digits[-2:])) if len(digits) > 2 else (int(digits), 0)
    if hours > 14 or minutes > 59:
        raise Unreadable(f'"{zone}" is not an offset from UTC; write it as +02:00')
    sign = -1 if {"-", "\u2212"} & set(zone) else 1
    length = sign * timedelta(hours=hours, minutes=minutes)
    return timezone(length) if length else UTC


def _day(match: re.Match[str]) -> date:
    year, month, day = map(int, match.group("year", "month", "day"))
    try:
        if FIRST_YEAR <= year <= LAST_YEAR:
            return date(year, month, day)
    except ValueError:
        pass
    raise Unreadable(f"there is no day {match['year']}-{match['month']}-{match['day']}; write year-month-day")


def _clock(match: re.Match[str]) -> time:
    hours, minutes, seconds, fraction = match.group("hour", "minute", "second", "fraction")
    hour, minute, second = int(hours), int(minutes), int(seconds or 0)
    if hour > 23 or minute > 59 or second > 60:
        raise Unreadable(f"there is no time of day {hours}:{minutes}; write 00:00 to 23:59")
    if not seconds:
        return time(hour, minute)
    microsecond = int((fraction or "0").ljust(6, "0")[:6])
    # A leap second has no place in Python's times; the second before it is the nearest that has one.
    return time(hour, minute, min(second, 59), microsecond)


def _instant(naive: datetime, zone: tzinfo) -> datetime:
    """Return the UTC instant; raise Unreadable where the zone's clocks skip or repeat that time."""
    if zone is UTC:
        return naive.replace(tzinfo=UTC)
    early, late = sorted(_both_instants(naive, zone))
    if early == late:
        return early
    is_repeated = early.astimezone(zone).replace(tzinfo=None) == naive
    happens = "happens twice" if is_repeated else "does not exist"
    choices = f"{early:%Y-%m-%d %H:%M} UTC or {late:%Y-%m-%d %H:%M} UTC"
    raise Unreadable(f"{naive:%Y-%m-%d %H:%M} {happens} in {zone}, whose clocks change then; write {choices}")


def _both_instants(naive: datetime, zone: tzinfo) -> tuple[datetime, datetime]:
    """Return the instants by the clocks before and after a change; the same one where there is none."""
    before, after = (naive.replace(tzinfo=zone, fold=fold).astimezone(UTC) for fold in (0, 1))
    return before, after
