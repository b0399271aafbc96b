"""What is public at an instant, put together from the cache: the present as a whole, the past a piece at a time."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta

from statuspage.cache import Cache, Known
from statuspage.compiler.incidents import Teller
from statuspage.model import Component, Page
from statuspage.shown import (
    HOLD_AFTER_RESOLVED,
    ROWS_PER_PAGE,
    HistoryRow,
    Month,
    MonthCount,
    Shown,
    ShownComponent,
    ShownIncident,
    word_of,
)
from statuspage.source.names import IncidentName
from statuspage.timeline.page import component_at, shown_page, state_since
from statuspage.timeline.told import next_midnight
from statuspage.uptime import DAYS_SHOWN, Span

NEWEST_LISTED = 50
"""What the longest list of the newest holds, those of the status API."""
ENTRIES_LISTED = 25
"""What feeds hold."""
DAYS_CLOSED_LISTED = 15
"""The page lists what was closed in the last 14 days; a day more, because days begin in the site's zone."""
DAYS_PLANNED_LISTED = 92
"""The calendar holds planned work of the last 90 days; whole days in the site's zone, and one to spare."""
TOLD_KEPT = 384
"""So many incidents stay in memory as they were told; any other is read again when a list wants it."""
CLOSED_IN_HAND = timedelta(days=15)
"""So long after it was resolved an incident may want a postmortem."""
MOST_CLOSED_IN_HAND = 100
_FIRST_SPANS = 64


class Tellings:
    """What the public sees of single incidents: told when it is wanted, and the last ones kept."""

    def __init__(self) -> None:
        self._kept: dict[str, tuple[Known | None, ShownIncident | None]] = {}

    def put(self, known: Known | None, path: str, shown: ShownIncident | None) -> None:
        """Keep an incident as it was just told, and as the cache has it now."""
        self._kept.pop(path, None)
        self._kept[path] = (known, shown)
        if len(self._kept) > TOLD_KEPT:
            del self._kept[next(iter(self._kept))]

    def get(self, known: Known, teller: Teller) -> ShownIncident | None:
        """Return what the public sees of an incident; raises Moved when that differs from what the cache has."""
        path = known.name.path
        kept = self._kept.get(path)
        if kept and (kept[0] is known or kept[0] == known):
            shown = kept[1]
        else:
            shown = teller.retell(known.name, digest=known.digest, lost=dict(known.lost))
        self.put(known, path, shown)
        return shown


@dataclass(frozen=True, slots=True, kw_only=True)
class InHand:
    """An incident or planned work that somebody has to see to: it is open, or was not long ago."""

    name: IncidentName
    """Its files."""
    shown: ShownIncident


class CachedHistory:
    """The history of a site of any length, from the cache."""

    def __init__(self, cache: Cache, tellings: Tellings, teller: Teller) -> None:
        self._cache = cache
        self._tellings = tellings
        self._teller = teller

    def months(self) -> Sequence[MonthCount]:
        """Return the months in which something is listed, latest first."""
        return self._cache.months()

    def rows_in(self, month: Month, *, page: int) -> Sequence[HistoryRow]:
        """Return the rows of a page of a month, from 1, latest `listed_at` first."""
        return self._cache.rows_in(month, start=(page - 1) * ROWS_PER_PAGE, limit=ROWS_PER_PAGE)

    def rows_touching(self, component_id: str, *, limit: int) -> Sequence[HistoryRow]:
        """Return the rows of what touched a component, latest `listed_at` first."""
        return self._cache.rows_touching(component_id, limit=limit)

    def touching(self, component_id: str, *, limit: int) -> Sequence[ShownIncident]:
        """Return what touched a component, latest `feed_at` first."""
        return list(self._told(self._cache.touching(component_id, limit=limit)))

    def everything(self) -> Iterator[ShownIncident]:
        """Yield every public incident and planned work."""
        return self._told(self._cache.public())

    def newest(self) -> list[ShownIncident]:
        """Return all that is open, and as much of the rest as the lists of the newest need."""
        now = self._teller.now
        known = self._cache.recent(
            newest=NEWEST_LISTED,
            entries=ENTRIES_LISTED,
            closed_since=now - max(timedelta(days=DAYS_CLOSED_LISTED), HOLD_AFTER_RESOLVED),
            planned_since=now - timedelta(days=DAYS_PLANNED_LISTED),
        )
        return list(self._told(known))

    def in_hand(self, *, with_closed: bool) -> tuple[InHand, ...]:
        """Return all that is open, and if asked the incidents resolved not long ago, in the order of their files."""
        closed_since = self._teller.now - CLOSED_IN_HAND
        known = self._cache.in_hand(closed_since=closed_since, closed=MOST_CLOSED_IN_HAND if with_closed else 0)
        told = ((each.name, self._tellings.get(each, self._teller)) for each in known)
        return tuple(InHand(name=name, shown=shown) for name, shown in told if shown)

    def _told(self, known: Iterable[Known]) -> Iterator[ShownIncident]:
        for each in known:
            if shown := self._tellings.get(each, self._teller):
                yield shown


def present(
    cache: Cache, history: CachedHistory, page: Page, now: datetime, *, components: Sequence[ShownComponent]
) -> Shown:
    """Return all that the public may see at `now`."""
    return shown_page(
        page,
        now,
        components=components,
        recent=history.newest(),
        history=history,
        updated_at=cache.updated_at(),
        update_word=word_of([cache.word()]),
        next_change_at=min(next_midnight(now, page.site.zone), cache.next_change_at()),
    )


def cached_component(component: Component, cache: Cache, page: Page, now: datetime) -> ShownComponent:
    """Return a component at `now`, from as few of its spans as say everything about it."""
    zone = page.site.zone
    first_day = now.astimezone(zone).date() - timedelta(days=DAYS_SHOWN)
    first_at = datetime.combine(first_day, time(), zone).astimezone(UTC)
    limit = _FIRST_SPANS
    while True:
        found = cache.spans(component.id, limit=limit)
        spans = [span for _, span in found]
        if len(found) < limit or _is_enough(component, spans, first_at, now):
            return component_at(component, page, spans, now)
        limit *= 4


def _is_enough(component: Component, spans: Sequence[Span], first_at: datetime, now: datetime) -> bool:
    """Return True when no other span can matter: all the others end before every one of these."""
    horizon = spans[-1].end
    since = state_since(spans, component.state, now)
    return horizon is not None and horizon < first_at and since is not None and since > horizon
