"""The one value that page, feeds, status API, badge and hold message are derived from."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from functools import cached_property

from statuspage.model import Component, ComponentState, Group, HoldStyle, Site, Status
from statuspage.shown.history import History
from statuspage.shown.incident import Level, ShownIncident

HOLD_AFTER_RESOLVED = timedelta(minutes=45)
"""How long callers hear that a problem has been fixed (HOLD.md §2 rule 10: 30 to 60 minutes)."""


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
    """Newest first by `created_at`, then by slug: all that are open, and as many others as any list needs."""
    maintenances: tuple[ShownIncident, ...]
    """The same of planned work, latest `starts_at` first, then by slug."""
    languages: tuple[str, ...]
    """The languages that there are pages in, the site's own first."""
    history: History
    """Everything public, asked for a piece at a time."""
    updated_at: datetime | None
    """The last public change; None when nothing has ever happened."""
    update_word: str
    """Changes when an update is published, moved or withdrawn, and at no other time."""
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
    def recent(self) -> tuple[ShownIncident, ...]:
        """Return the incidents, then the planned works, that lists of the newest choose from."""
        return (*self.incidents, *self.maintenances)

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
