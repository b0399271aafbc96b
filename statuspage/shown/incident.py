"""One incident or planned work as the public sees it at an instant."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from enum import StrEnum

from statuspage.model import STATE_IMPLIED_BY_IMPACT, ComponentState, Impact, Incident, Status

WORD_BITS = 64


class Level(StrEnum):
    """The state of the whole page or of one incident, as colour, shape and word show it; best first."""

    WORKING = "ok"
    PLANNED = "mnt"
    SLOW = "deg"
    PARTIAL = "part"
    MAJOR = "maj"

    @property
    def severity(self) -> int:
        """Return 0 when all is well, rising to 4 for a major outage."""
        return _LEVEL_SEVERITY[self]


_LEVEL_SEVERITY = {level: severity for severity, level in enumerate(Level)}

LEVEL_OF_STATE = {
    ComponentState.OPERATIONAL: Level.WORKING,
    ComponentState.UNDER_MAINTENANCE: Level.PLANNED,
    ComponentState.DEGRADED_PERFORMANCE: Level.SLOW,
    ComponentState.PARTIAL_OUTAGE: Level.PARTIAL,
    ComponentState.MAJOR_OUTAGE: Level.MAJOR,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Promise:
    """The word given in one update about when the next one comes."""

    made_at: datetime
    due_at: datetime
    followed_at: datetime | None = None
    """When the next update came, in time or late; None while none has come."""
    is_late: bool = False
    """No update came within a minute of `due_at`: one came later, or none has come and the time has passed."""

    @property
    def late_by(self) -> timedelta | None:
        """Return how late the next update came; None when it came in time or has not come."""
        return self.followed_at - self.due_at if self.is_late and self.followed_at else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """A component before and after an update; equal when it stayed as it was."""

    component_id: str
    old: ComponentState
    new: ComponentState


@dataclass(frozen=True, slots=True, kw_only=True)
class HistoryRow:
    """One line about an incident or planned work in a list of what was."""

    path: str
    """Its address below the site, `/incidents/card-payments/`."""
    title: str
    is_maintenance: bool
    status: Status
    level: Level
    """How bad it ever was."""
    created_at: datetime
    listed_at: datetime
    updated_at: datetime
    resolved_at: datetime | None
    starts_at: datetime | None
    ends_at: datetime | None
    lasted: timedelta | None
    """None while it is open, and where no time passed."""
    titles: tuple[tuple[str, str], ...] = ()
    """Pairs of a language and the title in it, where it is translated."""

    @property
    def is_open(self) -> bool:
        """Return True until it is resolved, completed or cancelled."""
        return not self.status.is_final


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownUpdate:
    """One public update with everything that follows from its place in the incident."""

    id: str
    at: datetime
    status: Status
    """In force after it."""
    changes_status: bool
    """False for a plain `Update`, and where the status was the same before."""
    body: str
    """Markdown; of an automatic step the catalogue's words."""
    impact: Impact
    """In force after it."""
    changes: tuple[Change, ...]
    """Every component that the incident has touched so far, in the order of the configuration."""
    promise: Promise | None
    is_automatic: bool = False
    """A step that the clock took: planned work that started or ended by itself."""
    is_timed: bool = False
    notifies: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownIncident:
    """One public incident or planned work at `now`."""

    source: Incident
    status: Status
    impact: Impact
    level: Level
    """The worst of its components now; at least `deg` (planned work: `mnt`) while it is open."""
    updates: tuple[ShownUpdate, ...]
    """Public ones, newest first. Empty only for planned work that no update announced."""
    states: tuple[tuple[str, ComponentState], ...]
    """Each component that it has touched, in its state by this incident now, in the order of the configuration."""
    started_at: datetime
    created_at: datetime
    """When it became public."""
    updated_at: datetime
    """Of its newest public update."""
    monitoring_at: datetime | None
    """Of planned work: when verifying began."""
    resolved_at: datetime | None
    """Of planned work: when completed or cancelled. None while open."""
    starts_at: datetime | None = None
    ends_at: datetime | None = None
    """Planned work: the end that holds now."""
    what_you_can_do: str | None = None
    still_working: str | None = None
    hold: str | None = None
    share: Decimal | None = None

    @property
    def is_open(self) -> bool:
        """Return True until it is resolved, completed or cancelled."""
        return not self.status.is_final

    @property
    def is_maintenance(self) -> bool:
        """Return True for planned work."""
        return self.source.is_maintenance

    @property
    def is_under_way(self) -> bool:
        """Return True for planned work that has started and is not over."""
        return self.status in (Status.IN_PROGRESS, Status.VERIFYING)

    @property
    def began_at(self) -> datetime:
        """Return when it began; of planned work that has not started, when it is to start."""
        if self.starts_at is None:
            return self.started_at
        under_way = (u.at for u in self.updates if u.status in (Status.IN_PROGRESS, Status.VERIFYING))
        return min(under_way, default=self.starts_at)

    @property
    def listed_at(self) -> datetime:
        """Return the time by which the history lists it: the planned start, else when it became public."""
        return self.starts_at or self.created_at

    @property
    def feed_at(self) -> datetime:
        """Return by when feeds order it: its latest update; of planned work that is still to come, its start."""
        if self.starts_at and (self.status is Status.SCHEDULED or not self.updates):
            return self.starts_at
        return self.updated_at

    @property
    def worst_level(self) -> Level:
        """Return how bad it ever was: by the states that it brought, else by its impact."""
        if self.is_maintenance:
            return Level.PLANNED
        states = [change.new for update in self.updates for change in update.changes]
        implied = STATE_IMPLIED_BY_IMPACT[self.impact]
        return LEVEL_OF_STATE[max(states, key=lambda state: state.severity, default=implied)]

    @property
    def row(self) -> HistoryRow:
        """Return the line that lists show of it."""
        is_over = self.resolved_at is not None and self.resolved_at > self.began_at
        return HistoryRow(
            path=self.source.path,
            title=self.source.title,
            is_maintenance=self.is_maintenance,
            status=self.status,
            level=self.worst_level,
            created_at=self.created_at,
            listed_at=self.listed_at,
            updated_at=self.updated_at,
            resolved_at=self.resolved_at,
            starts_at=self.starts_at,
            ends_at=self.ends_at,
            lasted=self.resolved_at - self.began_at if is_over and self.resolved_at else None,
            titles=tuple((each.language, each.title) for each in self.source.translations if each.title),
        )

    @property
    def word(self) -> int:
        """Return 64 bits that change when an update is published, moved or withdrawn, and at no other time."""
        digest = hashlib.blake2b(self.source.id.encode(), digest_size=WORD_BITS // 8)
        for update in self.updates:
            digest.update(f"\n{update.id} {update.at.timestamp()}".encode())
        return int.from_bytes(digest.digest())

    @property
    def promise(self) -> Promise | None:
        """Return the promise in force: that of the newest update, while the incident is open."""
        return self.updates[0].promise if self.updates and self.is_open else None


def word_of(words: Iterable[int]) -> str:
    """Return one word for those of several incidents, whatever their order: one more or less changes the sum alone."""
    return f"{sum(words) % 2**WORD_BITS:0{WORD_BITS // 4}x}"
