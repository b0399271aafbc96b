"""What is true at one instant: the one value that page, feeds, status API, badge and hold message are derived from."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from enum import StrEnum
from functools import cached_property

from statuspage.model import (
    Component,
    ComponentState,
    Group,
    HoldStyle,
    Impact,
    Incident,
    Site,
    Status,
)

HOLD_AFTER_RESOLVED = timedelta(minutes=45)
"""How long callers hear that a problem has been fixed (HOLD.md §2 rule 10: 30 to 60 minutes)."""


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
class ComponentAt:
    """A component in its state on the whole page at some instant."""

    component_id: str
    state: ComponentState
    updated_at: datetime | None
    """When that state began; None: it never changed before."""


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
    components_then: tuple[ComponentAt, ...]
    """The same components as the whole page had them at `updated_at`."""
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
    def promise(self) -> Promise | None:
        """Return the promise in force: that of the newest update, while the incident is open."""
        return self.updates[0].promise if self.updates and self.is_open else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Day:
    """One day of one component, in the site's zone."""

    date: date
    worst: ComponentState | None
    """None: before the component's `since`."""
    outage_minutes: Decimal
    """As counted: whole minutes, or parts of them where a share was measured."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Uptime:
    """The last 90 days of one component."""

    days: tuple[Day, ...]
    """Oldest first, today last."""
    hundredths: int | None
    """Percent times 100, floored: 9984 is 99.84 %. None when no minute counts."""
    outage_minutes: Decimal
    shares: tuple[Decimal, ...] = ()
    """Measured shares that entered the count, in percent, ascending."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownComponent:
    """One component at `now`."""

    source: Component
    state: ComponentState
    updated_at: datetime | None
    """When its state last changed; None: never."""
    uptime: Uptime
    group: Group | None = None


@dataclass(frozen=True, kw_only=True)
class Shown:
    """All that the public may see at `now`, and nothing else."""

    now: datetime
    site: Site
    hold: HoldStyle
    rows: tuple[Group | Component, ...]
    level: Level
    """The worst of components, open incidents and planned work under way."""
    components: tuple[ShownComponent, ...]
    """Not retired, in the order of the configuration."""
    retired: tuple[ShownComponent, ...]
    incidents: tuple[ShownIncident, ...]
    """Every public one, newest first by `created_at`, then by slug."""
    maintenances: tuple[ShownIncident, ...]
    """Every public one, latest `starts_at` first, then by slug."""
    updated_at: datetime | None
    """The last public change; None when nothing has ever happened."""
    next_change_at: datetime
    """The first instant after `now` at which anything public differs."""

    @cached_property
    def open_incidents(self) -> tuple[ShownIncident, ...]:
        """Return the open incidents, pinned first, then worst first, then newest first."""
        return tuple(
            sorted(
                (incident for incident in self.incidents if incident.is_open),
                key=lambda i: (not i.source.is_pinned, -i.level.severity, -i.impact.severity),
            )
        )

    @cached_property
    def worst_first(self) -> tuple[ShownIncident, ...]:
        """Return the open incidents, worst first; of equals the pinned, then the newest."""
        return tuple(sorted(self.open_incidents, key=lambda i: (-i.level.severity, -i.impact.severity)))

    @cached_property
    def everything(self) -> tuple[ShownIncident, ...]:
        """Return every public incident, then all planned work."""
        return (*self.incidents, *self.maintenances)

    @cached_property
    def touching_by_component_id(self) -> dict[str, tuple[ShownIncident, ...]]:
        """Return the incidents and planned works that touched each component, in the order of `everything`."""
        found: dict[str, list[ShownIncident]] = {}
        for incident in self.everything:
            for component_id, _ in incident.states:
                found.setdefault(component_id, []).append(incident)
        return {component_id: tuple(incidents) for component_id, incidents in found.items()}

    @cached_property
    def active_maintenances(self) -> tuple[ShownIncident, ...]:
        """Return planned work under way, first started first."""
        return tuple(m for m in reversed(self.maintenances) if m.is_under_way)

    @cached_property
    def upcoming_maintenances(self) -> tuple[ShownIncident, ...]:
        """Return planned work that has not started, next first."""
        return tuple(m for m in reversed(self.maintenances) if m.status is Status.SCHEDULED)

    @cached_property
    def component_by_id(self) -> dict[str, ShownComponent]:
        """Return every component, retired ones too, by the id that the files use."""
        return {c.source.id: c for c in (*self.components, *self.retired)}
