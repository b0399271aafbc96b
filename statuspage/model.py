"""The values that the files of a site say: components, incidents, updates. Nothing here depends on the time of day."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from enum import StrEnum
from functools import cached_property
from zoneinfo import ZoneInfo

SPOKEN_LANGUAGES = ("en", "de")
SPEECH_ENGINES = ("hibari", "pico", "espeak-ng")
"""The languages that the hold message speaks."""

INTERFACE_LANGUAGES = ("en", "de", "ar")
"""The languages that the pages speak."""

UNDATED = datetime(9999, 1, 1, tzinfo=UTC)
"""The instant of an acknowledgement whose file names no time: it is shown as of this morning."""

ID_LENGTH = 12
ID_FORM = re.compile(r"[a-z0-9]{12}")
_ID_ALPHABET = "0123456789abcdefghijklmnopqrstuvwxyz"
_ID_PAIRS = tuple(f"{low}{high}" for high in _ID_ALPHABET for low in _ID_ALPHABET)
"""Two digits of an id by their number, the lower one first."""


class ComponentState(StrEnum):
    """How a component is doing, best first (STATUS-API.md §2.4: planned work counts as better than any fault)."""

    OPERATIONAL = "operational"
    UNDER_MAINTENANCE = "under_maintenance"
    DEGRADED_PERFORMANCE = "degraded_performance"
    PARTIAL_OUTAGE = "partial_outage"
    MAJOR_OUTAGE = "major_outage"

    @property
    def severity(self) -> int:
        """Return 0 for operational, rising to 4 for a major outage."""
        return _STATE_SEVERITY[self]


_STATE_SEVERITY = {state: severity for severity, state in enumerate(ComponentState)}


class Status(StrEnum):
    """Where an incident (first five) or planned work (the rest) stands."""

    INVESTIGATING = "investigating"
    IDENTIFIED = "identified"
    MONITORING = "monitoring"
    RESOLVED = "resolved"
    POSTMORTEM = "postmortem"
    SCHEDULED = "scheduled"
    IN_PROGRESS = "in_progress"
    VERIFYING = "verifying"
    COMPLETED = "completed"
    CANCELLED = "cancelled"

    @property
    def is_final(self) -> bool:
        """Return True when nothing is open any more."""
        return self in FINAL_STATUSES


INCIDENT_STATUSES = (
    Status.INVESTIGATING,
    Status.IDENTIFIED,
    Status.MONITORING,
    Status.RESOLVED,
    Status.POSTMORTEM,
)
MAINTENANCE_STATUSES = (
    Status.SCHEDULED,
    Status.IN_PROGRESS,
    Status.VERIFYING,
    Status.COMPLETED,
    Status.CANCELLED,
)
FINAL_STATUSES = frozenset({Status.RESOLVED, Status.POSTMORTEM, Status.COMPLETED, Status.CANCELLED})


class Impact(StrEnum):
    """How much an incident hurts, least first; planned work always has `maintenance`."""

    NONE = "none"
    MAINTENANCE = "maintenance"
    MINOR = "minor"
    MAJOR = "major"
    CRITICAL = "critical"

    @property
    def severity(self) -> int:
        """Return 0 for none, rising to 4 for critical."""
        return _IMPACT_SEVERITY[self]


_IMPACT_SEVERITY = {impact: severity for severity, impact in enumerate(Impact)}

STATE_IMPLIED_BY_IMPACT = {
    None: ComponentState.DEGRADED_PERFORMANCE,
    Impact.NONE: ComponentState.OPERATIONAL,
    Impact.MAINTENANCE: ComponentState.UNDER_MAINTENANCE,
    Impact.MINOR: ComponentState.DEGRADED_PERFORMANCE,
    Impact.MAJOR: ComponentState.PARTIAL_OUTAGE,
    Impact.CRITICAL: ComponentState.MAJOR_OUTAGE,
}
"""The state of components that are only listed, by the stated impact (PRODUCT.md §3, front matter)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Support:
    """How a customer reaches a person; each None when not offered."""

    phone: str | None = None
    email: str | None = None
    url: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Brand:
    """What a site sets of its own in the look of its pages."""

    link: str | None = None
    """The colour of links on light ground, `#0a4a9f`; None: the usual one."""
    link_dark: str | None = None
    logo: str | None = None
    """Its file, `static/logo.svg`."""
    picture: str | None = None
    """The file of the picture that a shared link shows, `static/picture.png`."""
    drawing: str = ""
    """The logo as it stands in a page: an `<svg>` in the colour of the text; empty for none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """Who we are."""

    id: str
    """12 characters a-z0-9: the page id of the status API."""
    title: str
    url: str
    """Absolute, without a final slash."""
    language: str
    """A BCP 47 tag, `en`."""
    zone: ZoneInfo
    """Of naive times in files, and of every time and day that people read or hear."""
    support: Support
    brand: Brand = field(default_factory=Brand)
    languages: tuple[str, ...] = ()
    """Other languages that there are pages in, even where nothing is translated."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Component:
    """One service that customers know by name."""

    id: str
    """As written in the files, `card-payments`: also its address on the page."""
    api_id: str
    """12 characters a-z0-9: its id in the status API."""
    name: str
    spoken: str
    """How the hold message says it."""
    spoken_in: tuple[tuple[str, str], ...] = ()
    """Pairs of a language and how the hold message says it there, where that differs."""
    description: str | None = None
    names: tuple[tuple[str, str], ...] = ()
    """Pairs of another language and its name there."""
    descriptions: tuple[tuple[str, str], ...] = ()
    since: date | None = None
    """Days before it are blank; None: all count."""
    state: ComponentState = ComponentState.OPERATIONAL
    """The standing state, for a limitation that no incident describes."""
    is_retired: bool = False

    def spoken_as(self, language: str) -> str:
        """Return how the hold message says it in that language."""
        return dict(self.spoken_in).get(language, self.spoken)


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Components shown under one heading, in the order of the configuration."""

    api_id: str
    name: str
    components: tuple[Component, ...]
    names: tuple[tuple[str, str], ...] = ()
    """Pairs of another language and its name there."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LaterClock:
    """The time to the next update of an incident that has been open for long."""

    after: timedelta = timedelta(hours=2)
    """So long after its first update, these times take the place of the usual ones."""
    critical: timedelta = timedelta(minutes=60)
    major: timedelta = timedelta(minutes=60)
    minor: timedelta = timedelta(hours=2)
    none: timedelta = timedelta(hours=24)


@dataclass(frozen=True, slots=True, kw_only=True)
class PromiseClock:
    """The default time to the next update."""

    critical: timedelta = timedelta(minutes=20)
    major: timedelta = timedelta(minutes=30)
    minor: timedelta = timedelta(minutes=60)
    none: timedelta = timedelta(hours=24)
    monitoring: timedelta = timedelta(hours=2)
    overrun: timedelta = timedelta(minutes=30)
    """Of planned work past its end."""
    later: LaterClock | None = None
    """None: the same times for however long."""
    holding_limit: int = 3
    remind_before: timedelta = timedelta(minutes=10)

    def after(self, status: Status, impact: Impact, *, open_for: timedelta) -> timedelta:
        """Return how long after an update the next one is due: by its status, its impact, and how long it is known."""
        if status is Status.MONITORING:
            return self.monitoring
        times = self.later if self.later and open_for >= self.later.after else self
        by_impact = {Impact.CRITICAL: times.critical, Impact.MAJOR: times.major, Impact.MINOR: times.minor}
        return by_impact.get(impact, times.none)


@dataclass(frozen=True, slots=True, kw_only=True)
class StaffRules:
    """When staff are told something that no promise says."""

    postmortem_days: int = 5
    """Working days from the end of a major or critical incident to its postmortem; 0: nobody is reminded."""
    maintenance_reminders: tuple[timedelta, ...] = (timedelta(hours=24), timedelta(hours=1))
    """How long before planned work starts."""


@dataclass(frozen=True, slots=True, kw_only=True)
class HoldStyle:
    """How the hold message is spoken."""

    languages: tuple[str, ...]
    spoken_url: str | None = None
    """The address of the page as a voice says it, `status dot acme dot example`."""
    music: str | None = None
    """The address of what callers hear between two messages, for telephone systems that play it by address."""
    voice: str | None = None
    """One of `SPEECH_ENGINES`, perhaps with the name of a voice of it: `pico en-US`."""
    say: tuple[tuple[str, str], ...] = ()
    """Pairs of a written word and how a voice says it, in the order of the file."""


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


@dataclass(frozen=True, kw_only=True)
class Page:
    """Everything that the files of a site say."""

    site: Site
    rows: tuple[Group | Component, ...]
    """Top-level rows in the order of the configuration."""
    clock: PromiseClock
    hold: HoldStyle
    incidents: tuple[Incident, ...] = field(default=())
    """In order of slug."""
    translated: tuple[str, ...] = ()
    """The languages in which there is a translation of anything."""

    @property
    def languages(self) -> tuple[str, ...]:
        """Return the languages that there are pages in: the site's own first, then in the order of the catalogues."""
        own = interface_language(self.site.language)
        wanted = {*self.site.languages, *self.translated}
        return (own, *(each for each in INTERFACE_LANGUAGES if each in wanted and each != own))

    @cached_property
    def components(self) -> tuple[Component, ...]:
        """Return every component, retired ones too, in the order of the configuration."""
        return tuple(
            component for row in self.rows for component in (row.components if isinstance(row, Group) else (row,))
        )

    @cached_property
    def current_count(self) -> int:
        """Return how many components are not retired."""
        return sum(not component.is_retired for component in self.components)

    @cached_property
    def group_by_component_id(self) -> dict[str, Group]:
        """Return the group of every component that stands in one."""
        return {component.id: row for row in self.rows if isinstance(row, Group) for component in row.components}

    @cached_property
    def component_by_id(self) -> dict[str, Component]:
        """Return every component by the id that the files use."""
        return {component.id: component for component in self.components}


def derived_id(*parts: str) -> str:
    """Return 12 characters a-z0-9 that depend on the parts alone, the same on every machine."""
    number = int.from_bytes(hashlib.blake2b("\x1f".join(parts).encode(), digest_size=9).digest())
    pairs = []
    for _ in range(ID_LENGTH // 2):
        number, pair = divmod(number, len(_ID_PAIRS))
        pairs.append(_ID_PAIRS[pair])
    return "".join(pairs)


def api_id(own: str | None, *parts: str) -> str:
    """Return `own` when it has the form of a status-API id, else one derived from `own` or the parts."""
    if own is not None and ID_FORM.fullmatch(own):
        return own
    return derived_id(*parts, *([own] if own else []))


def interface_language(tag: str) -> str:
    """Return the language of the words that the pages themselves have on a site in this language."""
    base = tag.split("-")[0].lower()
    return base if base in INTERFACE_LANGUAGES else INTERFACE_LANGUAGES[0]
