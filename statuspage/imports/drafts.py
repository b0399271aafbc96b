"""What an importer found, on its way from another system's files to ours."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path

from statuspage.errors import Fault
from statuspage.model import ComponentChange, ComponentState, Impact, Status

NO_URL = "https://status.example.com"
"""Stands for the address of a page whose source does not say it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Imported:
    """What an import did."""

    written: tuple[Path, ...]
    """Files that are new or changed, in order of their path."""
    notes: tuple[Fault, ...]
    """Warnings: what could not be mapped, by file and reason."""
    unreadable: tuple[Fault, ...]
    """Errors: inputs that could not be read."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftComponent:
    """A component of the other system."""

    id: str
    name: str
    description: str | None = None
    since: date | None = None
    state: ComponentState = ComponentState.OPERATIONAL
    """Standing: what no open incident explains."""
    is_retired: bool = False
    kept: tuple[str, ...] = ()
    """What nothing of ours stands for, as lines for a comment."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftGroup:
    """A heading with its components."""

    id: str | None
    name: str
    components: tuple[DraftComponent, ...]
    kept: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftSite:
    """Who they are, and their components in their order."""

    id: str | None
    title: str
    url: str
    zone: str
    language: str = "en"
    rows: tuple[DraftGroup | DraftComponent, ...]
    kept: tuple[str, ...] = ()

    @property
    def components(self) -> tuple[DraftComponent, ...]:
        """Return every component, in order."""
        return tuple(c for row in self.rows for c in (row.components if isinstance(row, DraftGroup) else (row,)))


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftUpdate:
    """One update."""

    at: datetime
    status: Status | None
    """None: unchanged."""
    body: str
    """Markdown."""
    components: tuple[ComponentChange, ...] = ()
    id: str | None = None
    notifies: bool = True
    ends_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftIncident:
    """One incident, or, with `starts_at` and `ends_at`, planned work."""

    origin: str
    """Where it came from: one line, the same at every import of it."""
    slug: str
    """As wanted; the writer puts something behind it when it is taken."""
    folder: str
    """Below `incidents/`."""
    title: str
    id: str | None = None
    impact: Impact | None = None
    components: tuple[ComponentChange, ...] = ()
    started_at: datetime | None = None
    starts_at: datetime | None = None
    ends_at: datetime | None = None
    notifies: bool = True
    is_draft: bool = False
    is_pinned: bool = False
    updates: tuple[DraftUpdate, ...] = ()
    sections: tuple[tuple[str, str], ...] = ()
    """Heading and body of text that is no update."""
    kept: tuple[str, ...] = ()
    """What nothing of ours stands for, as lines for a comment."""
    notes: tuple[str, ...] = field(default=())
    """Reasons why something could not be mapped."""
