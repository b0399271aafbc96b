"""What `statuspage.toml` says of the site: who we are, components, promises, staff, the hold message."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from zoneinfo import ZoneInfo

from statuspage.model.states import ComponentState, Impact, Status


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
