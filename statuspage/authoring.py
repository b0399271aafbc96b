"""Writing Markdown for people: a new incident, planned work, one update, and the file that holds them."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Collection, Iterable
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from zoneinfo import ZoneInfo

from statuspage.characters import clean_text, one_line
from statuspage.errors import StatusPageError, Unreadable, has_errors
from statuspage.model import ComponentChange, Impact, Status
from statuspage.render.words import STATUS_WORD
from statuspage.slugs import free_slug, slug_words
from statuspage.source.fields import split_fields
from statuspage.source.front_matter import UnreadableFrontMatter, read_front_matter
from statuspage.source.headings import Block, lines_in_code, open_fence, read_heading, split_blocks
from statuspage.source.notes import Notes
from statuspage.source.times import parse_next, parse_time
from statuspage.whole_file import whole_beside, write_whole

_LEVEL_TWO = re.compile(r" {0,3}##(?!#)")
_KEY = re.compile(r"([ \t]*[*_]{0,3}[A-Za-z][A-Za-z ]{0,24}[*_]{0,3}):")
_PLAIN_YAML = re.compile(r"[A-Za-z][A-Za-z0-9_.()/+-]*(?: [A-Za-z0-9_.,()/'+-]+)*", re.ASCII)
_YAML_WORDS = frozenset(["y", "n", "yes", "no", "on", "off", "true", "false", "null", "none", "inf", "nan"])


def new_incident_text(
    *,
    title: str,
    at: datetime,
    zone: ZoneInfo,
    status: Status,
    message: str,
    components: tuple[ComponentChange, ...] = (),
    impact: Impact | None = None,
    next_update: str | None = None,
) -> str:
    """Return the whole text of a new incident file with its first update."""
    front = [f"title: {yaml_text(title)}"]
    front += [f"impact: {impact}"] if impact else []
    first = update_text(at=at, zone=zone, status=status, message=message, next_update=next_update)
    return f"{front_matter([*front, *components_yaml(components)])}\n{first}"


def maintenance_text(
    *,
    title: str,
    starts_at: datetime,
    ends_at: datetime,
    at: datetime,
    zone: ZoneInfo,
    message: str,
    components: tuple[ComponentChange, ...] = (),
) -> str:
    """Return the whole text of a new file for planned work, announced by its first update."""
    front = [
        f"title: {yaml_text(title)}",
        "kind: maintenance",
        f"starts: {written_time(starts_at, zone)}",
        f"ends: {written_time(ends_at, zone)}",
    ]
    first = update_text(at=at, zone=zone, status=Status.SCHEDULED, message=message)
    return f"{front_matter([*front, *components_yaml(components)])}\n{first}"


def update_text(
    *,
    at: datetime,
    zone: ZoneInfo,
    status: Status | None = None,
    message: str = "",
    components: tuple[ComponentChange, ...] = (),
    restores_all: bool = False,
    impact: Impact | None = None,
    share: Decimal | None = None,
    next_update: str | None = None,
    what_you_can_do: str | None = None,
    still_working: str | None = None,
    hold: str | None = None,
    ends_at: datetime | None = None,
    notifies: bool = True,
    update_id: str | None = None,
) -> str:
    """Return one update: its heading, what changes, the escaped message, and what it promises; with a final newline.

    `status` None is written as `Update` (unchanged); `next_update` as it is (`14:35`, `30m`, `none`).
    """
    changed = ", ".join(f"{change.component_id}: {change.state}" for change in components)
    top = _field_lines(
        ("Components", "all operational" if restores_all else changed),
        ("Impact", impact),
        ("Share", None if share is None else f"{share}%"),
        ("Ends", None if ends_at is None else written_time(ends_at, zone)),
    )
    bottom = _field_lines(
        ("What you can do", what_you_can_do),
        ("Still working", still_working),
        ("Hold", hold),
        ("Next update", next_update),
        ("Notify", None if notifies else "no"),
        ("Id", update_id),
    )
    body = escape_body(message)
    heading = f"## {written_time(at, zone)} — {STATUS_WORD[status] if status else 'Update'}"
    parts = [heading, top, body, bottom] if body else [heading, "\n".join(filter(None, (top, bottom)))]
    return "\n\n".join(part for part in parts if part) + "\n"


def append_update(text: str, update: str) -> str:
    """Return the file's text with the update in its place; every other line and the kind of line ends stay.

    In a newest-first file that is before the first update, else after the last one, before sections that follow it.
    """
    line_end = "\r\n" if "\r\n" in text else "\n"
    lines = text.replace("\r\n", "\n").split("\n")
    place = _place_for_update(lines)
    before, after = "\n".join(lines[:place]).rstrip("\n"), "\n".join(lines[place:]).strip("\n")
    parts = [part for part in (before, update.strip("\n"), after) if part.strip()]
    return ("\n\n".join(parts) + "\n").replace("\n", line_end)


def escape_body(text: str) -> str:
    """Return the text so that no line of it is taken for a heading of the file or for a field line.

    Level-2 headings become level 3, a fence that stays open is closed, odd line ends and control characters go. The
    colon of a field line is written `&#58;`: Markdown shows it as it was, and it is no field any more.
    """
    lines = _below_updates(clean_text(text).strip("\n").split("\n"))
    notes = Notes(path="")
    fields, _ = split_fields("\n".join(lines), line=1, notes=notes)
    if fields or has_errors(notes.faults):
        for place in _edge_lines(lines):
            lines[place] = _KEY.sub(r"\1&#58;", lines[place], count=1)
    return "\n".join(lines).rstrip()


def front_matter(lines: Iterable[str]) -> str:
    """Return the block between `---` lines, with a final newline."""
    return "\n".join(("---", *lines, "---")) + "\n"


def yaml_text(text: str) -> str:
    """Return the text as one line of YAML that reads back as exactly this string, quoted where it must be."""
    plain = one_line(text)
    if _PLAIN_YAML.fullmatch(plain) and plain.casefold() not in _YAML_WORDS:
        return plain
    return json.dumps(plain, ensure_ascii=False)


def components_yaml(components: Iterable[ComponentChange]) -> list[str]:
    """Return the lines of the front matter's `components:`, none for no components."""
    lines = [f"  {yaml_text(change.component_id)}: {change.state}" for change in components]
    return ["components:", *lines] if lines else []


def written_time(at: datetime, zone: ZoneInfo) -> str:
    """Return `2026-11-21 15:05 +01:00`, or with `UTC`, in the zone; seconds and fractions only where there are any.

    The offset stands there always, so that the hour in which clocks go back reads back exactly.
    """
    local = at.astimezone(zone)
    if not local.utcoffset() or _is_odd_offset(local):
        local = at.astimezone(ZoneInfo("UTC"))
    unit = "minutes" if not (local.second or local.microsecond) else "seconds"
    if local.microsecond:
        unit = "microseconds" if local.microsecond % 1000 else "milliseconds"
    moment = local.replace(tzinfo=None).isoformat(sep=" ", timespec=unit)
    offset = f"{local:%z}"
    return f"{moment} {offset[:3]}:{offset[3:]}" if local.utcoffset() else f"{moment} UTC"


def next_text(text: str, *, at: datetime, zone: ZoneInfo) -> str:
    """Return the promise so that it means below a heading of `at` what it means in the zone; raise Unreadable for none.

    A heading names an offset, and what stands below it is read with that offset. Where the clocks of the zone change
    in between, a time of day is another time then, and is written with its date and offset.
    """
    meant = parse_next(text, after=at, zone=zone)
    try:
        read = parse_next(text, after=at, zone=parse_time(written_time(at, zone), zone).zone)
    except Unreadable:
        read = None
    return text if meant == read or meant is None else written_time(meant, zone)


def slug_for(title: str, at: datetime, zone: ZoneInfo, taken: Collection[str]) -> str:
    """Return `2026-11-21-card-payments`, with `-2`, `-3` … behind it where that is taken."""
    return free_slug(f"{at.astimezone(zone).date().isoformat()}-{slug_words(title) or 'incident'}", taken)


def write_new(path: Path, content: str | bytes) -> None:
    """Write a file that is not there yet, whole or not at all; its folders are made."""
    with whole_beside(path, content.encode() if isinstance(content, str) else content) as whole:
        try:
            # Unlike a rename, a link never takes the place of a file that someone else made meanwhile.
            os.link(whole, path)
        except FileExistsError as error:
            raise StatusPageError(f"{path}: there is a file of that name already; choose another name") from error
        except OSError:
            # Some file systems have no links; there, a moment of doubt is the price.
            if path.exists():
                raise
            whole.replace(path)


def rewrite(path: Path, text: str) -> None:
    """Put the text in place of the file: readers see the old or the new, never half."""
    write_whole(path, text.encode())


def _field_lines(*fields: tuple[str, str | None]) -> str:
    return "\n".join(f"{key}: {one_line(value)}" for key, value in fields if value)


def _below_updates(lines: list[str]) -> list[str]:
    """Return the lines with a fence that stays open closed, and each level-2 heading outside code moved down.

    The heading of an update is moved down in code too: it would end the code.
    """
    lines = [_at_level_three(line) if _heads_an_update(line) else line for line in lines]
    if opened := open_fence(lines):
        lines.append(opened[1])
    code = lines_in_code(lines)
    return [line if place in code else _at_level_three(line) for place, line in enumerate(lines)]


def _heads_an_update(line: str) -> bool:
    return any(_heading_time(block.heading) for block in split_blocks(line, line=1)[1:])


def _at_level_three(line: str) -> str:
    return line.replace("##", "###", 1) if _LEVEL_TWO.match(line) else line


def _edge_lines(lines: list[str]) -> set[int]:
    """Return the places of the lines that make the first and the last paragraph."""
    first = next((place for place, line in enumerate(lines) if not line.strip()), len(lines))
    last = next((place for place in range(len(lines) - 1, -1, -1) if not lines[place].strip()), -1)
    return {*range(first), *range(last + 1, len(lines))}


def _place_for_update(lines: list[str]) -> int:
    """Return the line before which a new update belongs."""
    blocks = _blocks(lines)
    updates = [block.line - 1 for block in blocks if _is_meant_as_update(block.heading)]
    if not updates:
        return blocks[0].line - 1 if blocks else len(lines)
    times = [at for block in blocks if (at := _heading_time(block.heading))]
    if times and times[0] > times[-1]:
        return updates[0]
    return next((block.line - 1 for block in blocks if block.line - 1 > updates[-1]), len(lines))


def _blocks(lines: list[str]) -> tuple[Block, ...]:
    text = "\n".join(lines).removeprefix("\ufeff")
    try:
        front = read_front_matter(text)
    except UnreadableFrontMatter:
        return split_blocks(text, line=1)[1:]
    return split_blocks(front.body, line=front.body_line)[1:]


def _is_meant_as_update(heading: str) -> bool:
    """Return True for the heading of an update, even of one that cannot be read."""
    try:
        return read_heading(heading, UTC) is not None
    except Unreadable:
        return True


def _heading_time(heading: str) -> datetime | None:
    """Return the instant that an update's heading names, taken as UTC: good enough to tell which is newer."""
    try:
        found = read_heading(heading, UTC)
    except Unreadable:
        return None
    return found.time.at if found else None


def _is_odd_offset(local: datetime) -> bool:
    """Return True for offsets with seconds, such as local mean time, that no heading can say."""
    offset = local.utcoffset()
    return offset is not None and offset.total_seconds() % 60 != 0
