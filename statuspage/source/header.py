"""What the front matter says about an incident as a whole."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

from statuspage.errors import Unreadable, did_you_mean
from statuspage.model import STATE_IMPLIED_BY_IMPACT, ComponentChange, ComponentState, Impact, Window
from statuspage.source.components import NamedState, ReadStates, Terms, read_states
from statuspage.source.front_matter import Entry, FrontMatter
from statuspage.source.notes import Notes
from statuspage.source.times import parse_next, parse_start, parse_time
from statuspage.source.vocabulary import parse_flag, parse_impact

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
LONGEST_TITLE = 500


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
    """What was written but could not be read: `impact`, `components`, or the id of a component."""
    meant: frozenset[str]
    """Components that a misspelt name probably meant."""
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
    lost = {*components.lost, *(["impact"] if is_impact_lost else []), *reader.lost, *misspelt}
    return Header(
        title=title,
        is_maintenance=is_maintenance,
        window=window,
        impact=impact,
        components=components.changes,
        started_at=reader.read("started", lambda text: parse_start(text, terms.zone)),
        id=reader.text("id"),
        make_good=reader.text("make_good") or "",
        is_draft=reader.read("draft", parse_flag) is True,
        is_pinned=reader.read("pinned", parse_flag) is True,
        notifies=reader.read("notify", parse_flag) is not False,
        lost=frozenset(lost),
        meant=frozenset(components.meant),
        line_of_started=reader.line("started"),
    )


def _refuse_unknown(entries: dict[str, Entry], notes: Notes) -> set[str]:
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

    entries: dict[str, Entry]
    terms: Terms
    notes: Notes
    lost: tuple[str, ...] = ()

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
            what = f"has {len(title)} characters; nobody reads past the first hundred"
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
        """Return the window of planned work; None, which breaks the file, where it cannot be read."""
        zone = self.terms.zone
        key = "starts"
        try:
            starts_at = parse_time(self._needed(key), zone).at
            key = "ends"
            ends_at = parse_next(self._needed(key), after=starts_at, zone=zone)
            if ends_at is None:
                raise Unreadable("planned work needs an end; write a date and time")
        except Unreadable as error:
            self.notes.broken(str(error), line=self.line(key), where=key)
            return None
        return Window(starts_at=starts_at, ends_at=ends_at)

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
            self.lost = ("components",)
            return ReadStates(changes=(), lost=())
        return read_states(named, implied=implied, where="components", terms=self.terms, notes=self.notes)


_ABSENT = Entry(line=0, value=None)


def _named_states(entry: Entry, *, is_item: bool = False) -> Iterator[NamedState]:
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


def _states_of_mapping(entries: dict[str, Entry]) -> Iterator[NamedState]:
    for name, state in entries.items():
        if isinstance(state.value, tuple | dict):
            raise Unreadable(f"{name[:60]} must have one state, such as {name[:60]}: partial_outage")
        yield NamedState(name=name, state=state.value or "", line=state.line)
