"""Instants as people read them on a page: in the site's zone, with the day only when it is not today."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from typing import NamedTuple
from zoneinfo import ZoneInfo

from markupsafe import Markup

from statuspage.render.words import clock_time, day_words, time_words, weekday_words, zone_word
from statuspage.shown import ShownIncident


class _Local(NamedTuple):
    """One instant where the readers are."""

    day: date
    stamp: str
    """For programs: `2026-11-20T14:31:00+01:00`."""
    words: str
    """`14:31 CET`."""


# The instants of an incident stand on its page several times each.
@lru_cache(maxsize=256)
def _local(at: datetime, zone: ZoneInfo) -> _Local:
    local = at.astimezone(zone)
    return _Local(local.date(), local.isoformat(timespec="seconds"), time_words(local, zone))


def _time(stamp: str, words: str) -> Markup:
    # Neither has signs of HTML in it, and `Markup.format` would escape them at thirty times the cost.
    return Markup(f'<time datetime="{stamp}">{words}</time>')


@dataclass(frozen=True, slots=True, kw_only=True)
class Moments:
    """Writes instants for readers in one zone on one day."""

    zone: ZoneInfo
    today: date
    undated: frozenset[datetime] = frozenset()
    """Instants whose time of day nobody wrote."""

    def day_of(self, at: datetime) -> date:
        """Return the day of an instant in the site's zone."""
        return _local(at, self.zone).day

    def words(self, at: datetime) -> str:
        """Return `14:31 CET` for today, else `20 November 2026, 14:31 CET`."""
        local = _local(at, self.zone)
        return local.words if local.day == self.today else f"{day_words(local.day)}, {local.words}"

    def at(self, at: datetime) -> Markup:
        """Return the same words as a `<time>` that programs can read; of a time that nobody wrote, the day."""
        if at in self.undated:
            return self.day(at)
        return _time(_local(at, self.zone).stamp, self.words(at))

    def at_beside(self, at: datetime, other: datetime) -> Markup:
        """Return the same beside another instant: of the same day, the time alone."""
        local = _local(at, self.zone)
        return _time(local.stamp, local.words) if local.day == self.day_of(other) else self.at(at)

    def day(self, at: datetime) -> Markup:
        """Return `20 November 2026` as a `<time>`."""
        day = self.day_of(at)
        return _time(day.isoformat(), day_words(day))

    def span(self, start: datetime, end: datetime) -> Markup:
        """Return `Sunday 22 November 2026, 02:00 to 04:00 CET`; both days when they differ."""
        first, last = _local(start, self.zone), _local(end, self.zone)
        is_one_zone = zone_word(start, self.zone) == zone_word(end, self.zone)
        begin = f"{weekday_words(first.day)}, {clock_time(start, self.zone) if is_one_zone else first.words}"
        finish = last.words if first.day == last.day else f"{weekday_words(last.day)}, {last.words}"
        return Markup(f"{_time(first.stamp, begin)} to {_time(last.stamp, finish)}")


def acknowledgement_id(incident: ShownIncident) -> str | None:
    """Return the id of the update that stands for what cannot be read; None where all can be."""
    if not incident.source.is_unreadable:
        return None
    return next((update.id for update in reversed(incident.source.updates) if not update.is_timed), None)


def undated_in(incidents: Iterable[ShownIncident]) -> frozenset[datetime]:
    """Return the instants of acknowledgements, without those at which a person dated anything in these incidents."""
    incidents = tuple(incidents)
    acknowledged = {acknowledgement_id(incident) for incident in incidents if incident.source.is_unreadable}
    if not acknowledged:
        return frozenset()
    told = [update for incident in incidents for update in incident.updates]
    written = {update.at for update in told if update.id not in acknowledged}
    return frozenset(update.at for update in told if update.id in acknowledged) - written
