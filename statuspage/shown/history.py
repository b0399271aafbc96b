"""What was: months, lists and counts over everything public, which may be longer than memory should hold."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Protocol
from zoneinfo import ZoneInfo

from statuspage.shown.incident import HistoryRow, ShownIncident

ROWS_PER_PAGE = 100
"""How many rows a page of a month holds: no public file grows with history."""


@dataclass(frozen=True, slots=True, order=True)
class Month:
    """A month in the site's zone."""

    year: int
    month: int


@dataclass(frozen=True, slots=True, kw_only=True)
class MonthCount:
    """How many incidents and planned works the history lists in a month, and on how many pages."""

    month: Month
    count: int

    @property
    def page_count(self) -> int:
        """Return on how many pages the rows stand."""
        return -(-self.count // ROWS_PER_PAGE)


class History(Protocol):
    """Everything public, asked for a piece at a time. Equal instants are in the order of the paths."""

    def months(self) -> Sequence[MonthCount]:
        """Return the months in which something is listed, latest first."""
        ...

    def rows_in(self, month: Month, *, page: int) -> Sequence[HistoryRow]:
        """Return the rows of a page of a month, from 1, latest `listed_at` first."""
        ...

    def rows_touching(self, component_id: str, *, limit: int) -> Sequence[HistoryRow]:
        """Return the rows of what touched a component, latest `listed_at` first."""
        ...

    def touching(self, component_id: str, *, limit: int) -> Sequence[ShownIncident]:
        """Return what touched a component, latest `feed_at` first."""
        ...

    def everything(self) -> Iterator[ShownIncident]:
        """Yield every public incident and planned work, in no order that means anything."""
        ...


class WholeHistory:
    """The history of a site that is in memory as a whole."""

    def __init__(self, everything: Iterable[ShownIncident], zone: ZoneInfo) -> None:
        self._everything = tuple(everything)
        self._zone = zone

    def months(self) -> Sequence[MonthCount]:
        """Return the months in which something is listed, latest first."""
        counts = Counter(month_of(row, self._zone) for row in self._rows)
        return [MonthCount(month=month, count=counts[month]) for month in sorted(counts, reverse=True)]

    def rows_in(self, month: Month, *, page: int) -> Sequence[HistoryRow]:
        """Return the rows of a page of a month, from 1, latest `listed_at` first."""
        return self._by_month[month][(page - 1) * ROWS_PER_PAGE : page * ROWS_PER_PAGE]

    def rows_touching(self, component_id: str, *, limit: int) -> Sequence[HistoryRow]:
        """Return the rows of what touched a component, latest `listed_at` first."""
        touching = (incident.row for incident in self._everything if touches(incident, component_id))
        return sorted(touching, key=listed_latest_first)[:limit]

    def touching(self, component_id: str, *, limit: int) -> Sequence[ShownIncident]:
        """Return what touched a component, latest `feed_at` first."""
        touching = (incident for incident in self._everything if touches(incident, component_id))
        return sorted(touching, key=feed_latest_first)[:limit]

    def everything(self) -> Iterator[ShownIncident]:
        """Yield every public incident and planned work."""
        return iter(self._everything)

    @cached_property
    def _rows(self) -> Sequence[HistoryRow]:
        return sorted((incident.row for incident in self._everything), key=listed_latest_first)

    @cached_property
    def _by_month(self) -> dict[Month, list[HistoryRow]]:
        rows: dict[Month, list[HistoryRow]] = defaultdict(list)
        for row in self._rows:
            rows[month_of(row, self._zone)].append(row)
        return rows


def month_of(row: HistoryRow, zone: ZoneInfo) -> Month:
    """Return the month in which the history lists the row."""
    day = row.listed_at.astimezone(zone)
    return Month(day.year, day.month)


def touches(incident: ShownIncident, component_id: str) -> bool:
    """Return True when the incident has touched the component."""
    return any(touched == component_id for touched, _ in incident.states)


def listed_latest_first(row: HistoryRow) -> tuple[float, str]:
    """Return the key that orders rows."""
    return -row.listed_at.timestamp(), row.path


def feed_latest_first(incident: ShownIncident) -> tuple[float, str]:
    """Return the key that orders the entries of feeds."""
    return -incident.feed_at.timestamp(), incident.source.path
