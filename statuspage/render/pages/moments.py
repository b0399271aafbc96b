"""Instants as people read them on a page: in the site's zone, with the day only when it is not today."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from typing import NamedTuple
from zoneinfo import ZoneInfo

from markupsafe import Markup

from statuspage.render.language import Language
from statuspage.shown import ShownIncident

_AWAY = Markup(' <span class="soft" data-rel></span>')


class _Local(NamedTuple):
    """One instant where the readers are."""

    day: date
    stamp: str
    """For programs: `2026-11-20T14:31:00+01:00`."""
    clock: str
    """`14:31`."""
    zone: str
    """`CET`."""


# The instants of an incident stand on its page several times each.
@lru_cache(maxsize=256)
def _local(at: datetime, zone: ZoneInfo, language: Language) -> _Local:
    local = at.astimezone(zone)
    stamp = local.isoformat(timespec="seconds")
    return _Local(local.date(), stamp, language.clock(at, zone), language.zone(at, zone))


def _time(stamp: str, words: str, zone: str = "") -> Markup:
    # None of them has signs of HTML in it, and `Markup.format` would escape them at thirty times the cost.
    # The script of the page puts the visitor's own time in place of the words, and says so in place of the zone.
    return Markup(f'<time datetime="{stamp}">{words}{f" <span>{zone}</span>" if zone else ""}</time>')


@dataclass(frozen=True, slots=True, kw_only=True)
class Moments:
    """Writes instants for readers of one language in one zone on one day."""

    language: Language
    zone: ZoneInfo
    today: date
    undated: frozenset[datetime] = frozenset()
    """Instants whose time of day nobody wrote."""

    def day_of(self, at: datetime) -> date:
        """Return the day of an instant in the site's zone."""
        return self._local(at).day

    def words(self, at: datetime) -> str:
        """Return `14:31 CET` for today, else `20 November 2026, 14:31 CET`."""
        local = self._local(at)
        return f"{self._with_day(local)} {local.zone}"

    def at(self, at: datetime) -> Markup:
        """Return the same words as a `<time>` that programs can read; of a time that nobody wrote, the day."""
        if at in self.undated:
            return self.day(at)
        local = self._local(at)
        return _time(local.stamp, self._with_day(local), local.zone)

    def ago(self, at: datetime) -> Markup:
        """Return the same, with the place where the script of the page says how far away that is."""
        return self.day(at) if at in self.undated else self.at(at) + _AWAY

    def at_beside(self, at: datetime, other: datetime) -> Markup:
        """Return the same beside another instant: of the same day, the time alone."""
        local = self._local(at)
        return _time(local.stamp, local.clock, local.zone) if local.day == self.day_of(other) else self.at(at)

    def day(self, at: datetime) -> Markup:
        """Return `20 November 2026` as a `<time>`."""
        day = self.day_of(at)
        return _time(day.isoformat(), self.language.day(day))

    def span(self, start: datetime, end: datetime) -> Markup:
        """Return `Sunday 22 November 2026, 02:00 to 04:00 CET`; both days when they differ."""
        first, last = self._local(start), self._local(end)
        zone = "" if first.zone == last.zone else first.zone
        begin = _time(first.stamp, self._on_day(first, self.language.weekday(first.day)), zone)
        words = last.clock if first.day == last.day else self._on_day(last, self.language.weekday(last.day))
        return self.language.markup("{begin} to {end}", begin=begin, end=_time(last.stamp, words, last.zone))

    def _local(self, at: datetime) -> _Local:
        return _local(at, self.zone, self.language)

    def _with_day(self, local: _Local) -> str:
        return local.clock if local.day == self.today else self._on_day(local, self.language.day(local.day))

    def _on_day(self, local: _Local, day: str) -> str:
        return self.language.text("{day}, {time}", day=day, time=local.clock)


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
