"""Minutes of outage and percentages of one component, by the rules printed on the page under "How we count"."""

from __future__ import annotations

import math
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from itertools import pairwise
from zoneinfo import ZoneInfo

from statuspage.model import ComponentState, Window
from statuspage.shown import Day, Uptime

DAYS_SHOWN = 90
ANNOUNCED_AHEAD = timedelta(hours=72)
"""Planned work announced this long before its start leaves the count; any other counts as outage."""

_MINUTE_SECONDS = 60
_FULL_OUTAGE = Decimal(1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """One component in one state because of one incident."""

    start: datetime
    end: datetime | None
    """None: still so."""
    state: ComponentState
    share: Decimal | None = None
    """Measured share of customers affected, in percent."""
    announced: Window | None = None
    """The part of planned work that was announced long enough ahead."""
    is_counted: bool = True
    """False: shown, but nobody can make out since when."""


@dataclass(frozen=True, slots=True)
class _Stretch:
    """Whole minutes [start, end) since the epoch that count alike."""

    start: int
    end: int
    state: ComponentState
    weight: Decimal
    share: Decimal | None
    """The measured share that the weight is made of."""
    is_excluded: bool
    is_ongoing: bool = False


def uptime_of(
    spans: Iterable[Span], *, now: datetime, zone: ZoneInfo, since: date | None, days: int = DAYS_SHOWN
) -> Uptime:
    """Return minutes and percentage of the last `days` days in `zone`, today counted as a whole day.

    An outage in progress counts to the last full hour, so that the figures change only then. Percentages are
    floored; overlapping spans merge, and the worst wins each minute.
    """
    today = now.astimezone(zone).date()
    dates = [today - timedelta(days=back) for back in range(days - 1, -1, -1)]
    bounds = [_midnight_minute(day, zone) for day in (*dates, today + timedelta(days=1))]
    stretches = sorted(
        (s for span in spans for s in _stretches(span, now) if s.end >= bounds[0] and s.start < bounds[-1]),
        key=lambda s: s.start,
    )
    counted = [
        _count_day(day, *edge, near, is_blank=since is not None and day < since)
        for day, edge, near in zip(dates, pairwise(bounds), _by_day(stretches, bounds), strict=True)
    ]
    total = sum(minutes for _, minutes in counted)
    outage = sum((day.outage_minutes for day, _ in counted), Decimal(0))
    return Uptime(
        days=tuple(day for day, _ in counted),
        hundredths=math.floor((total - outage) * 10_000 / total) if total else None,
        outage_minutes=outage,
        shares=_shares_counted(stretches),
    )


def last_full_hour(now: datetime) -> datetime:
    """Return the hour to which an outage in progress is counted at `now`."""
    return now.astimezone(UTC).replace(minute=0, second=0, microsecond=0)


def announced_window(window: Window, announced_at: datetime | None) -> Window | None:
    """Return the planned part that leaves the count; None when it was announced later than 72 hours ahead."""
    if announced_at is None or announced_at > window.starts_at - ANNOUNCED_AHEAD:
        return None
    return window


def _stretches(span: Span, now: datetime) -> list[_Stretch]:
    start, end = span.start, span.end
    until = max(start, last_full_hour(now)) if end is None else end
    ongoing = end is None
    if span.announced is None:
        return [_stretch(start, until, span, ongoing=ongoing)]
    inner_start = min(max(start, span.announced.starts_at), until)
    inner_end = min(max(inner_start, span.announced.ends_at), until)
    inside_ongoing = ongoing and now < span.announced.ends_at
    parts = [
        _stretch(start, inner_start, span),
        _stretch(inner_start, inner_end, span, excluded=True, ongoing=inside_ongoing),
        _stretch(inner_end, until, span, ongoing=ongoing and not inside_ongoing),
    ]
    return [part for part in parts if part.end > part.start or part.is_ongoing]


def _stretch(start: datetime, end: datetime, span: Span, *, excluded: bool = False, ongoing: bool = False) -> _Stretch:
    first = int(start.timestamp() // _MINUTE_SECONDS)
    last = int(-(-end.timestamp() // _MINUTE_SECONDS)) if end > start else first
    weight = Decimal(0) if excluded else _weight(span)
    is_measured = span.is_counted and not excluded and span.state is ComponentState.PARTIAL_OUTAGE
    return _Stretch(first, last, span.state, weight, span.share if is_measured else None, excluded, ongoing)


def _weight(span: Span) -> Decimal:
    if not span.is_counted or span.state in (ComponentState.OPERATIONAL, ComponentState.DEGRADED_PERFORMANCE):
        return Decimal(0)
    if span.state is ComponentState.PARTIAL_OUTAGE and span.share is not None:
        return span.share / 100
    return _FULL_OUTAGE


def _by_day(stretches: Iterable[_Stretch], bounds: Sequence[int]) -> list[list[_Stretch]]:
    """Return for each day the stretches that may reach into it, in their order; no other can."""
    days: list[list[_Stretch]] = [[] for _ in bounds[1:]]
    for stretch in stretches:
        first = max(bisect_right(bounds, stretch.start) - 1, 0)
        for day in days[first : max(bisect_left(bounds, stretch.end), first + 1)]:
            day.append(stretch)
    return days


def _count_day(day: date, start: int, end: int, stretches: Sequence[_Stretch], *, is_blank: bool) -> tuple[Day, int]:
    """Return the day and the minutes of it that count."""
    if is_blank:
        return Day(date=day, worst=None, outage_minutes=Decimal(0)), 0
    here = [s for s in stretches if s.start < end and (s.end > start or _is_now(s, start, end))]
    edges = sorted({start, end, *(min(max(e, start), end) for s in here for e in (s.start, s.end))})
    outage, excluded = Decimal(0), 0
    for left, right in pairwise(edges):
        covering = [s for s in here if s.start <= left and s.end >= right]
        weight = max((s.weight for s in covering), default=Decimal(0))
        outage += weight * (right - left)
        if not weight and any(s.is_excluded for s in covering):
            excluded += right - left
    worst = max((s.state for s in here), key=lambda state: state.severity, default=ComponentState.OPERATIONAL)
    return Day(date=day, worst=worst, outage_minutes=outage), end - start - excluded


def _is_now(stretch: _Stretch, start: int, end: int) -> bool:
    return stretch.is_ongoing and start <= stretch.start < end


def _shares_counted(stretches: Iterable[_Stretch]) -> tuple[Decimal, ...]:
    return tuple(sorted({s.share for s in stretches if s.share is not None}))


def _midnight_minute(day: date, zone: ZoneInfo) -> int:
    return int(datetime.combine(day, time.min, tzinfo=zone).timestamp() // _MINUTE_SECONDS)
