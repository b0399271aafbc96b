"""One file's text to what it says about one incident, with every fault found on the way."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import UTC, datetime, tzinfo

from statuspage.errors import Fault, Severity, Unreadable
from statuspage.model import Section
from statuspage.source.characters import even_lines, first_strange, without_blanks_alone, without_strange
from statuspage.source.components import Terms
from statuspage.source.front_matter import FrontMatter, UnreadableFrontMatter, read_front_matter
from statuspage.source.header import Header, read_header
from statuspage.source.headings import Block, is_like_an_update, read_heading, split_blocks, time_in
from statuspage.source.notes import Notes
from statuspage.source.salvage import salvaged_entries
from statuspage.source.times import EXAMPLE
from statuspage.source.updates import UpdateContext, WrittenUpdate, bounded, read_update
from statuspage.source.vocabulary import folded

_OTHER_LEVEL = re.compile(r"^ {0,3}#(?:##{1,4})?(?!#)(.*\d{4}-\d{2}-\d{2}.*)$", re.MULTILINE)
_MAKE_GOOD = ("make good", "makegood")


@dataclass(frozen=True, slots=True, kw_only=True)
class FileContent:
    """What one file says, as far as it can be read."""

    header: Header
    updates: tuple[WrittenUpdate, ...]
    """In the order of the file."""
    heading_times: tuple[datetime, ...]
    """Of every heading with a readable time, even where the rest of it cannot be read."""
    summary: str
    make_good: str
    sections: tuple[Section, ...]
    faults: tuple[Fault, ...]
    breaking: tuple[Fault, ...]
    """Why the file cannot be published as it is; also among the faults."""

    @property
    def is_broken(self) -> bool:
        """Return True when front matter, title or update headings cannot be read."""
        return bool(self.breaking)

    @property
    def has_errors(self) -> bool:
        """Return True when anything in the file is worse than a warning."""
        return any(fault.severity is Severity.ERROR for fault in self.faults)

    @property
    def has_lost_values(self) -> bool:
        """Return True when a state or impact was written that cannot be read."""
        return bool(self.header.lost or self.header.meant) or any(written.lost for written in self.updates)


def read_file(text: str, *, path: str, terms: Terms) -> FileContent:
    """Return what the text of an incident file says; whatever cannot be read is left out and is among the faults."""
    notes = Notes(path=path)
    text = _clean(text, notes)
    front, header = _read_top(text, terms=terms, notes=notes)
    blocks = split_blocks(front.body, line=front.body_line)
    updates, sections, times = _read_blocks(blocks[1:], header=header, terms=terms, notes=notes)
    if not updates and not notes.breaking:
        _note_no_update(header, notes)
    header = _checked_start(header, updates, notes)
    own_make_good = "\n\n".join(section.body for section in sections if folded(section.heading) in _MAKE_GOOD)
    if own_make_good and header.make_good:
        what = "stands in the front matter and under a heading of its own; leave one of the two out"
        notes.error(what, where="make_good")
    _settle_strangers(notes, is_closed=_is_closed(updates))
    return FileContent(
        header=header,
        updates=updates,
        heading_times=times,
        summary=_read_summary(blocks[0], notes),
        make_good=own_make_good or header.make_good,
        sections=tuple(section for section in sections if folded(section.heading) not in _MAKE_GOOD),
        faults=(*notes.breaking, *notes.faults),
        breaking=tuple(notes.breaking),
    )


def read_timed_file(text: str, *, path: str, is_maintenance: bool, terms: Terms) -> FileContent:
    """Return the timed posts of an incident: updates without front matter."""
    notes = Notes(path=path)
    text = _clean(text, notes)
    header = replace(read_header(_NOTHING_ABOVE, terms=terms, notes=Notes(path=path)), is_maintenance=is_maintenance)
    blocks = split_blocks(text, line=1)
    if blocks[0].body.strip():
        notes.error("timed posts have no front matter and no text above the first heading; take it out", line=1)
    updates, sections, times = _read_blocks(blocks[1:], header=header, terms=terms, notes=notes, is_timed=True)
    if sections:
        notes.error(f'"{sections[0].heading[:80]}" is no update; other headings belong into the incident itself')
    _settle_strangers(notes, is_closed=False)
    return FileContent(
        header=header,
        updates=updates,
        heading_times=times,
        summary="",
        make_good="",
        sections=(),
        faults=(*notes.breaking, *notes.faults),
        breaking=tuple(notes.breaking),
    )


_NOTHING_ABOVE = FrontMatter(entries={}, repeated=(), body="", body_line=1)


def _clean(text: str, notes: Notes) -> str:
    strange = first_strange(text)
    if strange:
        line, name = strange
        notes.warning(f"holds a character that no page can show, {name}; it is left out", line=line)
    return without_blanks_alone(even_lines(without_strange(text)))


def _read_top(text: str, *, terms: Terms, notes: Notes) -> tuple[FrontMatter, Header]:
    """Return front matter and header; of a broken one what its lines still tell, and the whole text as the body."""
    try:
        front = read_front_matter(text)
    except UnreadableFrontMatter as error:
        notes.broken(str(error), line=error.line)
        front = FrontMatter(entries=salvaged_entries(text), repeated=(), body=text, body_line=1)
        return front, read_header(front, terms=terms, notes=Notes(path=notes.path))
    return front, read_header(front, terms=terms, notes=notes)


def _read_blocks(
    blocks: tuple[Block, ...],
    *,
    header: Header,
    terms: Terms,
    notes: Notes,
    is_timed: bool = False,
) -> tuple[tuple[WrittenUpdate, ...], list[Section], tuple[datetime, ...]]:
    updates, sections, times = [], [], []
    for block in blocks:
        if at := time_in(block.heading, terms.zone):
            times.append(at)
        _warn_of_other_levels(block, zone=terms.zone, notes=notes)
        try:
            heading = read_heading(block.heading, terms.zone)
        except Unreadable as error:
            notes.broken(str(error), line=block.line, where="heading")
            continue
        if heading:
            context = UpdateContext(heading=heading, is_maintenance=header.is_maintenance, terms=terms, notes=notes)
            updates.append(read_update(block, context, is_timed=is_timed))
        else:
            sections.append(_read_section(block, notes))
    return tuple(updates), sections, tuple(times)


def _read_summary(preamble: Block, notes: Notes) -> str:
    """Return what stands above the first heading; nothing where that is the front matter itself, unread."""
    if preamble.line == 1:
        return ""
    return bounded(preamble.body.strip("\n").rstrip(), line=preamble.line, notes=notes)


def _warn_of_other_levels(block: Block, *, zone: tzinfo, notes: Notes) -> None:
    """Warn of a line that would be an update, had it two `#`."""
    for match in _OTHER_LEVEL.finditer(block.body):
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


def _is_closed(updates: tuple[WrittenUpdate, ...]) -> bool:
    newest_first = sorted(updates, key=lambda written: written.update.at, reverse=True)
    last = next((written.update.status for written in newest_first if written.update.status), None)
    return last is not None and last.is_final


def _settle_strangers(notes: Notes, *, is_closed: bool) -> None:
    severity = Severity.WARNING if is_closed else Severity.ERROR
    notes.faults += [replace(fault, severity=severity) for fault in notes.strangers]
