"""What the front matter says about an incident as a whole."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta, tzinfo
from functools import partial
from typing import TypeVar

from statuspage.errors import Unreadable, did_you_mean
from statuspage.model import STATE_IMPLIED_BY_IMPACT, ComponentChange, ComponentState, Impact, Window
from statuspage.source.components import NamedState, ReadStates, Terms, read_states
from statuspage.source.front_matter import FrontMatter, YamlValue
from statuspage.source.notes import Notes
from statuspage.source.times import parse_next, parse_start, parse_time
from statuspage.vocabulary import parse_flag, parse_impact

Read = TypeVar("Read")

KEYS = (
    "title",
    "kind",
    "impact",
    "components",
    "starts",
    "ends",
    "started",
    "id",
    "draft",
    "notify",
    "pinned",
    "make_good",
)
_KNOWN_KEYS = f"; known are {', '.join(KEYS)}"
LONGEST_TITLE = 100
ASSUMED_LENGTH = timedelta(hours=1)
"""Of planned work of which only the start, or only the end, can be read and ever could."""
_UNTIL_THEN_ITS_START = "until then the last start that was read holds, else one an hour before the end"
_UNTIL_THEN_ITS_END = "until then the last end that was read holds, else one an hour after the start"


@dataclass(frozen=True, slots=True, kw_only=True)
class Header:
    """The front matter of one file; whatever could not be read has its default."""

    title: str
    """Empty: the file is broken."""
    is_maintenance: bool
    window: Window | None
    impact: Impact | None
    components: tuple[ComponentChange, ...]
    started_at: datetime | None
    id: str | None
    make_good: str
    is_draft: bool
    is_pinned: bool
    notifies: bool
    lost: frozenset[str]
    """Keys that were written but could not be read: `impact`, `components`, `starts`, `ends`."""
    lost_states: frozenset[str]
    """Components whose state was written but could not be read, or follows from an impact that could not."""
    meant: frozenset[str]
    """Components that a misspelt name probably meant."""
    has_strangers: bool
    """True where a component is named that the configuration does not know."""
    line_of_started: int | None


def read_header(front: FrontMatter, *, terms: Terms, notes: Notes) -> Header:
    """Return what the front matter says; its faults go to the notes."""
    reader = _Reader(entries=front.entries, terms=terms, notes=notes)
    for key, line in front.repeated:
        notes.error("stands twice; leave one of the two out", line=line, where=key)
    misspelt = _refuse_unknown(front.entries, notes)
    title = reader.title()
    is_maintenance = reader.is_maintenance()
    window = reader.window() if is_maintenance else None
    impact, is_impact_lost = reader.impact(is_maintenance=is_maintenance)
    components = reader.components(_implied_state(impact, is_maintenance=is_maintenance))
    lost = {*(["impact"] if is_impact_lost else []), *reader.lost, *misspelt}
    unsure = () if is_maintenance or "impact" not in lost else components.implied
    return Header(
        title=title,
        is_maintenance=is_maintenance,
        window=window,
        impact=impact,
        components=tuple(change for change in components.changes if change.component_id not in unsure),
        started_at=reader.read("started", lambda text: parse_start(text, terms.zone)),
        id=reader.text("id"),
        make_good=reader.text("make_good") or "",
        is_draft=reader.read("draft", parse_flag) is True,
        is_pinned=reader.read("pinned", parse_flag) is True,
        notifies=reader.read("notify", parse_flag) is not False,
        lost=frozenset(lost),
        lost_states=frozenset((*components.lost, *unsure)),
        meant=frozenset(components.meant),
        has_strangers=components.has_strangers,
        line_of_started=reader.line("started"),
    )


def _refuse_unknown(entries: dict[str, YamlValue], notes: Notes) -> set[str]:
    """Note every unknown key; return which of `impact` and `components` one of them was probably meant as."""
    meant = set()
    for key, entry in entries.items():
        if key not in KEYS:
            hint = did_you_mean(key[:60], KEYS)
            meant |= {known for known in ("impact", "components") if f'"{known}"' in hint and known not in entries}
            notes.error(f"unknown key{hint or _KNOWN_KEYS}", line=entry.line, where=key[:60])
    return meant


def _implied_state(impact: Impact | None, *, is_maintenance: bool) -> ComponentState:
    return STATE_IMPLIED_BY_IMPACT[Impact.MAINTENANCE if is_maintenance else impact]


@dataclass(slots=True, kw_only=True)
class _Reader:
    """Answers one question about the front matter at a time, and notes what is wrong with each answer."""

    entries: dict[str, YamlValue]
    terms: Terms
    notes: Notes
    lost: list[str] = field(default_factory=list)

    def line(self, key: str) -> int | None:
        return self.entries[key].line if key in self.entries else None

    def text(self, key: str) -> str | None:
        """Return the value as one line of text; None when it is absent, empty or no text."""
        value = self.entries[key].value if key in self.entries else None
        if isinstance(value, tuple | dict):
            self.notes.error("must be one line of text; put it in quotes", line=self.line(key), where=key)
            return None
        return " ".join(value.split()) or None if value else None

    def read(self, key: str, parse: Callable[[str], Read]) -> Read | None:
        """Return the value as parsed; None when it is absent or cannot be."""
        text = self.text(key)
        try:
            return None if text is None else parse(text)
        except Unreadable as error:
            self.notes.error(str(error), line=self.line(key), where=key)
            return None

    def title(self) -> str:
        title = self.text("title") or ""
        if not title:
            self.notes.broken("is missing; write title: …", line=self.line("title"), where="title")
        elif len(title) > LONGEST_TITLE:
            what = f"has {len(title)} characters; nobody reads past the first {LONGEST_TITLE}"
            self.notes.warning(what, line=self.line("title"), where="title")
        return title

    def is_maintenance(self) -> bool:
        kind = (self.text("kind") or "").casefold()
        window_keys = [key for key in ("starts", "ends") if key in self.entries]
        if kind in ("maintenance", "incident"):
            if kind == "incident" and window_keys:
                what = "belongs to planned work; leave it out, or write kind: maintenance"
                self.notes.error(what, line=self.line(window_keys[0]), where=window_keys[0])
            return kind == "maintenance"
        if kind:
            hint = did_you_mean(kind, ("maintenance", "incident")) or "; write incident or maintenance"
            self.notes.error(f'"{kind[:60]}" is not a kind{hint}', line=self.line("kind"), where="kind")
        elif window_keys:
            what = "belongs to planned work; write kind: maintenance too"
            self.notes.error(what, line=self.line(window_keys[0]), where=window_keys[0])
        return bool(window_keys)

    def window(self) -> Window | None:
        """Return the window of planned work; None, which breaks the file, where nothing says when it is."""
        zone = self.terms.zone
        starts_at, no_start = self._instant("starts", lambda text: parse_time(text, zone).at)
        if starts_at is not None:
            ends_at, no_end = self._instant("ends", partial(_parse_end, after=starts_at, zone=zone))
            if ends_at is None:
                self._lose("ends", f"{no_end}; {_UNTIL_THEN_ITS_END}")
            return Window(starts_at=starts_at, ends_at=ends_at or starts_at + ASSUMED_LENGTH)
        # Only an end with a day of its own says anything without a start.
        ends_at, _ = self._instant("ends", lambda text: parse_time(text, zone).at)
        if ends_at is None:
            self.notes.broken(no_start, line=self.line("starts"), where="starts")
            return None
        self._lose("starts", f"{no_start}; {_UNTIL_THEN_ITS_START}")
        return Window(starts_at=ends_at - ASSUMED_LENGTH, ends_at=ends_at)

    def _instant(self, key: str, parse: Callable[[str], datetime]) -> tuple[datetime | None, str]:
        """Return the instant, or None and what is wrong with it."""
        try:
            return parse(self._needed(key)), ""
        except Unreadable as error:
            return None, str(error)

    def _lose(self, key: str, what: str) -> None:
        self.notes.error(what, line=self.line(key), where=key)
        self.lost.append(key)

    def _needed(self, key: str) -> str:
        text = self.text(key)
        if text is None:
            raise Unreadable(f"is missing; planned work needs {key}: 2026-11-21 22:00")
        return text

    def impact(self, *, is_maintenance: bool) -> tuple[Impact | None, bool]:
        """Return the stated impact, and True when one was stated that cannot be read."""
        text = self.text("impact")
        if text is None:
            return None, isinstance(self.entries.get("impact", _ABSENT).value, tuple | dict)
        if is_maintenance:
            if text.casefold() != Impact.MAINTENANCE:
                what = "planned work always has the impact maintenance; leave the line out"
                self.notes.error(what, line=self.line("impact"), where="impact")
            return None, False
        impact = self.read("impact", parse_impact)
        return impact, impact is None

    def components(self, implied: ComponentState) -> ReadStates:
        if "components" not in self.entries:
            return ReadStates(changes=(), lost=())
        try:
            named = list(_named_states(self.entries["components"]))
        except Unreadable as error:
            self.notes.error(str(error), line=self.line("components"), where="components")
            self.lost.append("components")
            return ReadStates(changes=(), lost=())
        return read_states(named, implied=implied, where="components", terms=self.terms, notes=self.notes)


def _parse_end(text: str, *, after: datetime, zone: tzinfo) -> datetime:
    ends_at = parse_next(text, after=after, zone=zone)
    if ends_at is None:
        raise Unreadable("planned work needs an end; write a date and time")
    return ends_at


_ABSENT = YamlValue(line=0, value=None)


def _named_states(entry: YamlValue, *, is_item: bool = False) -> Iterator[NamedState]:
    """Yield what a mapping, a list, or a list in one line names."""
    if isinstance(entry.value, dict):
        yield from _states_of_mapping(entry.value)
    elif isinstance(entry.value, tuple):
        if is_item:
            raise Unreadable("must be a list of components, or a mapping of component: state")
        for item in entry.value:
            yield from _named_states(item, is_item=True)
    else:
        names = (entry.value or "").split(",")
        yield from (NamedState(name=name.strip(), state=None, line=entry.line) for name in names if name.strip())


def _states_of_mapping(entries: dict[str, YamlValue]) -> Iterator[NamedState]:
    for name, state in entries.items():
        if isinstance(state.value, tuple | dict):
            raise Unreadable(f"{name[:60]} must have one state, such as {name[:60]}: partial_outage")
        yield NamedState(name=name, state=state.value or "", line=state.line)
