"""Incidents and planned work as their files say them: updates, sections, translations."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal

from statuspage.model.states import ComponentState, Impact, Status

UNDATED = datetime(9999, 1, 1, tzinfo=UTC)
"""The instant of an acknowledgement whose file names no time: it is shown as of this morning."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ComponentChange:
    """A component put into a state."""

    component_id: str
    state: ComponentState


@dataclass(frozen=True, slots=True, kw_only=True)
class Update:
    """One dated word to customers, as written in a file."""

    id: str
    at: datetime
    """Aware UTC. Not public before it."""
    status: Status | None
    """None: unchanged (`Update`)."""
    body: str = ""
    """Markdown, without its field lines."""
    next_update_at: datetime | None = None
    """The promise written in the update; None: the default applies."""
    promises_nothing: bool = False
    """`Next update: none`."""
    components: tuple[ComponentChange, ...] = ()
    restores_all: bool = False
    """`Components: all operational`."""
    impact: Impact | None = None
    what_you_can_do: str | None = None
    still_working: str | None = None
    hold: str | None = None
    share: Decimal | None = None
    """Measured share of customers affected, in percent."""
    notifies: bool = True
    ends_at: datetime | None = None
    """Planned work: the new end."""
    is_timed: bool = False
    """Written by the scheduler, in `<slug>.timed.md`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """What stands under a heading of the incident as a whole, such as `## Make-good`."""

    heading: str
    body: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Window:
    """When planned work is to start and end, as first announced."""

    starts_at: datetime
    ends_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class UpdateWords:
    """The words of one update in another language; empty or None where the translation does not say it."""

    body: str = ""
    what_you_can_do: str | None = None
    still_working: str | None = None
    hold: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Translation:
    """The words of an incident in another language; empty where the translation does not say it."""

    language: str
    """One of `INTERFACE_LANGUAGES`."""
    title: str = ""
    summary: str = ""
    make_good: str = ""
    sections: tuple[Section, ...] = ()
    updates: tuple[tuple[str, UpdateWords], ...] = ()
    """Pairs of the id of an update and its words."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Incident:
    """One incident, or, with a window, planned work, as its files say it."""

    slug: str
    id: str
    title: str
    window: Window | None = None
    impact: Impact | None = None
    """As stated; None: derived from the components."""
    components: tuple[ComponentChange, ...] = ()
    """States at the start (of planned work: while it is in progress)."""
    started_at: datetime | None = None
    """When it began, if before the first update."""
    updates: tuple[Update, ...] = ()
    """Oldest first; of two at the same instant the later written is later."""
    summary: str = ""
    """Markdown before the first `##`."""
    make_good: str = ""
    """Markdown."""
    sections: tuple[Section, ...] = ()
    notifies: bool = True
    is_draft: bool = False
    is_pinned: bool = False
    is_unreadable: bool = False
    """The file could not be read: shown as an acknowledgement, details to follow."""
    translations: tuple[Translation, ...] = ()
    """In the order of their languages."""

    @property
    def is_maintenance(self) -> bool:
        """Return True for planned work."""
        return self.window is not None

    @property
    def is_closed(self) -> bool:
        """Return True where the last status that its updates say is a final one."""
        last = next((update.status for update in reversed(self.updates) if update.status), None)
        return last is not None and last.is_final

    @property
    def path(self) -> str:
        """Return its address below the site, with both slashes."""
        return f"/{'maintenance' if self.is_maintenance else 'incidents'}/{self.slug}/"
