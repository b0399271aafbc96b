"""One file's text to what it says about one incident, with every fault found on the way."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, tzinfo

from statuspage.characters import even_lines, first_unfit, without_controls
from statuspage.errors import Fault, Severity, Unreadable
from statuspage.model import Incident, Section, Status
from statuspage.source.components import Terms
from statuspage.source.front_matter import FrontMatter, UnreadableFrontMatter, read_front_matter
from statuspage.source.header import KEYS, Header, read_header
from statuspage.source.headings import (
    Block,
    UpdateHeading,
    is_like_an_update,
    open_fence,
    read_heading,
    split_blocks,
    status_in,
    time_in,
)
from statuspage.source.notes import Breaking, Notes
from statuspage.source.salvage import salvaged_entries
from statuspage.source.times import EXAMPLE
from statuspage.source.updates import UpdateContext, WrittenUpdate, bounded, is_closed, read_update
from statuspage.vocabulary import folded

_OTHER_LEVEL = re.compile(r"^ {0,3}#(?:##{1,4})?(?!#)(.*\d{4}-\d{2}-\d{2}.*)$", re.MULTILINE)
_BLANKS_ALONE = re.compile(r"\n[ \t]+(?=\n|\Z)")
_MAKE_GOOD = ("make good", "makegood")
_NO_WORDS = frozenset(KEYS) - {"title", "make_good"}
"""Keys of which a translation says nothing, whatever stands in it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OutlineHeading:
    """The heading of an update, as far as it can be read."""

    line: int
    at: datetime | None
    status: Status | None
    """None where it names none, or says that the status stays as it was."""
    is_read: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class FileContent:
    """What one file says, as far as it can be read."""

    header: Header
    updates: tuple[WrittenUpdate, ...]
    """In the order of the file."""
    heading_times: tuple[datetime, ...]
    """Of every heading with a readable time, even where the rest of it cannot be read."""
    unread: tuple[OutlineHeading, ...]
    """Every heading that begins an update but cannot be read, in the order of the file."""
    has_words: bool
    """True where the file holds anything but blanks."""
    summary: str
    make_good: str
    sections: tuple[Section, ...]
    faults: tuple[Fault, ...]
    breaking: tuple[Breaking, ...]
    """Why the file cannot be published as it is; also among the faults."""

    @property
    def outline(self) -> tuple[OutlineHeading, ...]:
        """Return every heading that begins an update, read or not, the oldest first."""
        read = (
            OutlineHeading(line=written.line, at=written.update.at, status=written.update.status, is_read=True)
            for written in self.updates
        )
        down = sorted((*read, *self.unread), key=lambda heading: heading.line)
        dated = [heading.at for heading in down if heading.is_read and heading.at]
        is_newest_first = bool(dated) and dated[0] > dated[-1]
        return tuple(reversed(down) if is_newest_first else down)

    @property
    def is_broken(self) -> bool:
        """Return True when front matter, title or update headings cannot be read."""
        return bool(self.breaking)

    @property
    def is_closed(self) -> bool:
        """Return True where its last status is a final one."""
        return is_closed(self.updates)

    @property
    def has_lost_values(self) -> bool:
        """Return True when a value was written that cannot be read, but may have been public before."""
        header = self.header
        is_lost = bool(header.lost or header.lost_states or header.meant) or any(u.lost for u in self.updates)
        # What a closed incident calls by a name that is gone is history; nobody looks for it at every compilation.
        return is_lost or (self.has_strangers and not self.is_closed)

    @property
    def has_strangers(self) -> bool:
        """Return True where a component is named that the configuration does not know."""
        return self.header.has_strangers or any(written.has_strangers for written in self.updates)


def read_file(text: str, *, path: str, terms: Terms) -> FileContent:
    """Return what the text of an incident file says; whatever cannot be read is left out and is among the faults."""
    notes = Notes(path=path)
    text = _clean(text, notes)
    front, header = _read_top(text, terms=terms, notes=notes)
    preamble, *others = split_blocks(front.body, line=front.body_line)
    blocks = _read_blocks(others, header=header, terms=terms, notes=notes)
    if not blocks.updates and not notes.breaking:
        _note_no_update(header, notes)
    header = _checked_start(header, tuple(blocks.updates), notes)
    make_good = _make_good_of(blocks, header, notes)
    summary = _read_summary(preamble, notes)
    # An unknown component never stops planned work, and the clock alone knows whether that is over.
    _settle_strangers(notes, is_harmless=header.is_maintenance or is_closed(tuple(blocks.updates)))
    return _content(
        blocks,
        header=header,
        summary=summary,
        make_good=make_good,
        notes=notes,
        has_words=bool(text.strip()),
    )


def read_timed_file(text: str, *, path: str, incident: Header, is_closed: bool, terms: Terms) -> FileContent:
    """Return the timed posts of an incident: updates without front matter."""
    notes = Notes(path=path)
    text = _clean(text, notes)
    nothing = read_header(_NOTHING_ABOVE, terms=terms, notes=Notes(path=path))
    header = replace(nothing, is_maintenance=incident.is_maintenance, window=incident.window)
    preamble, *others = split_blocks(text, line=1)
    if preamble.body.strip():
        notes.error("timed posts have no front matter and no text above the first heading; take it out", line=1)
    blocks = _read_blocks(others, header=header, terms=terms, notes=notes, is_timed=True)
    if blocks.sections:
        what = f'"{blocks.sections[0].heading[:80]}" is no update; other headings belong into the incident itself'
        notes.error(what)
        blocks.sections.clear()
    _settle_strangers(notes, is_harmless=header.is_maintenance or is_closed)
    return _content(blocks, header=header, notes=notes, has_words=bool(text.strip()))


def read_translation(text: str, *, path: str, original: Incident, terms: Terms) -> FileContent:
    """Return what a translation says; of its front matter only the words count, and it may end below that.

    What is no word is as in the original, so that a heading or a field means the same in both.
    """
    notes = Notes(path=path)
    text = _clean(text, notes)
    front, header = _read_top(text, terms=terms, notes=notes, leaves_out=_NO_WORDS)
    header = replace(header, is_maintenance=original.is_maintenance, window=original.window)
    preamble, *others = split_blocks(front.body, line=front.body_line)
    blocks = _read_blocks(others, header=header, terms=terms, notes=notes)
    if not blocks.updates and any(is_like_an_update(section.heading) for section in blocks.sections):
        notes.broken("has no update; write the headings of updates as they stand in the file that it translates")
    make_good = _make_good_of(blocks, header, notes)
    summary = _read_summary(preamble, notes)
    _settle_strangers(notes, is_harmless=True)
    has_words = bool(text.strip())
    return _content(blocks, header=header, summary=summary, make_good=make_good, notes=notes, has_words=has_words)


def _content(
    blocks: _Blocks, *, header: Header, notes: Notes, has_words: bool, summary: str = "", make_good: str = ""
) -> FileContent:
    return FileContent(
        header=header,
        updates=tuple(blocks.updates),
        heading_times=tuple(blocks.times),
        unread=tuple(blocks.unread),
        has_words=has_words,
        summary=summary,
        make_good=make_good,
        sections=tuple(section for section in blocks.sections if not _is_make_good(section)),
        faults=(*notes.breaking, *notes.faults),
        breaking=tuple(notes.breaking),
    )


_NOTHING_ABOVE = FrontMatter(entries={}, repeated=(), body="", body_line=1)


def _clean(text: str, notes: Notes) -> str:
    strange = first_unfit(text)
    if strange:
        line, name = strange
        notes.warning(f"holds a character that no page can show, {name}; it is left out", line=line)
        text = without_controls(text)
    # The line feed in front lets one quick pattern find every such line, the first one too.
    return _BLANKS_ALONE.sub("\n", f"\n{even_lines(text)}")[1:]


def _read_top(
    text: str, *, terms: Terms, notes: Notes, leaves_out: frozenset[str] = frozenset()
) -> tuple[FrontMatter, Header]:
    """Return front matter and header; of a broken one what its lines still tell, and the whole text as the body."""
    try:
        front = read_front_matter(text)
    except UnreadableFrontMatter as error:
        notes.broken(str(error), line=error.line)
        front = FrontMatter(entries=salvaged_entries(text), repeated=(), body=text, body_line=1)
        return front, read_header(front, terms=terms, notes=Notes(path=notes.path))
    wanted = {key: value for key, value in front.entries.items() if key not in leaves_out}
    return front, read_header(replace(front, entries=wanted), terms=terms, notes=notes)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Blocks:
    """What stands under the headings of a file."""

    updates: list[WrittenUpdate] = field(default_factory=list)
    sections: list[Section] = field(default_factory=list)
    times: list[datetime] = field(default_factory=list)
    unread: list[OutlineHeading] = field(default_factory=list)


def _read_blocks(
    blocks: Iterable[Block], *, header: Header, terms: Terms, notes: Notes, is_timed: bool = False
) -> _Blocks:
    read = _Blocks()
    for block in blocks:
        _warn_of_other_levels(block, zone=terms.zone, notes=notes)
        _warn_of_open_fence(block, notes)
        try:
            heading = read_heading(block.heading, terms.zone)
        except Unreadable as error:
            notes.broken(str(error), line=block.line, where="heading")
            at, status = time_in(block.heading, terms.zone), status_in(block.heading)
            read.times.extend([at] if at else [])
            read.unread.append(OutlineHeading(line=block.line, at=at, status=status, is_read=False))
            continue
        read.times.extend(_times_of(block, heading, zone=terms.zone))
        if heading is None:
            read.sections.append(_read_section(block, notes))
            continue
        context = UpdateContext(
            heading=heading,
            is_maintenance=header.is_maintenance,
            window=header.window,
            terms=terms,
            notes=notes,
        )
        read.updates.append(read_update(block, context, is_timed=is_timed))
    return read


def _times_of(block: Block, heading: UpdateHeading | None, *, zone: tzinfo) -> tuple[datetime, ...]:
    """Return the first time in a heading that is no fault; none for a section without one."""
    if heading and block.heading[0].isdigit():
        return (heading.time.at,)
    at = time_in(block.heading, zone)
    return (at,) if at else ()


def _warn_of_open_fence(block: Block, notes: Notes) -> None:
    has_marks = "```" in block.body or "~~~" in block.body
    if has_marks and (found := open_fence(block.body.split("\n"))):
        place, mark = found
        notes.warning(
            f'"{mark[:20]}" begins code that has no end; write it again below the code', line=block.body_line + place
        )


def _read_summary(preamble: Block, notes: Notes) -> str:
    """Return what stands above the first heading; nothing where that is the front matter itself, unread."""
    if preamble.line == 1:
        return ""
    return bounded(preamble.body.strip("\n").rstrip(), line=preamble.line, notes=notes)


def _warn_of_other_levels(block: Block, *, zone: tzinfo, notes: Notes) -> None:
    """Warn of a line that would be an update, had it two `#`."""
    for match in _OTHER_LEVEL.finditer(block.body) if "#" in block.body else ():
        try:
            heading = read_heading(match[1].strip().rstrip("#").strip(), zone)
        except Unreadable:
            continue
        if heading:
            line = block.body_line + block.body.count("\n", 0, match.start())
            notes.warning(f'"{match[0].strip()[:80]}" is shown as text; an update begins with ##', line=line)


def _read_section(block: Block, notes: Notes) -> Section:
    if is_like_an_update(block.heading):
        what = f'"{block.heading[:80]}" is shown as a section; an update is written as ## {EXAMPLE} — Update'
        notes.warning(what, line=block.line, where="heading")
    body = bounded(block.body.strip("\n").rstrip(), line=block.line, notes=notes)
    return Section(heading=block.heading, body=body)


def _note_no_update(header: Header, notes: Notes) -> None:
    if header.is_maintenance:
        notes.warning(f"nothing says when this was announced; begin with ## {EXAMPLE} — Scheduled")
    else:
        notes.broken(f"has no update; write ## {EXAMPLE} — Investigating and, below it, what customers notice")


def _checked_start(header: Header, updates: tuple[WrittenUpdate, ...], notes: Notes) -> Header:
    """Return the header without a start that an update precedes."""
    early = [written for written in updates if header.started_at and written.update.at < header.started_at]
    if not early or header.started_at is None:
        return header
    start = f"{header.started_at.astimezone(UTC):%Y-%m-%d %H:%M} UTC"
    what = (
        f"this update is before the start of the incident, {start} (line {header.line_of_started}); mend one of the two"
    )
    notes.error(what, line=early[0].line, where="heading")
    return replace(header, started_at=None)


def _make_good_of(blocks: _Blocks, header: Header, notes: Notes) -> str:
    """Return what stands under headings of its own, else in the front matter."""
    own = "\n\n".join(section.body for section in blocks.sections if _is_make_good(section))
    if own and header.make_good:
        what = "stands in the front matter and under a heading of its own; leave one of the two out"
        notes.error(what, where="make_good")
    return own or header.make_good


def _is_make_good(section: Section) -> bool:
    return folded(section.heading) in _MAKE_GOOD


def _settle_strangers(notes: Notes, *, is_harmless: bool) -> None:
    severity = Severity.WARNING if is_harmless else Severity.ERROR
    notes.faults += [replace(fault, severity=severity) for fault in notes.strangers]
