"""The `##` headings that divide a file: updates, with a time and a status, and sections of the incident as a whole."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime, tzinfo

from statuspage.errors import Unreadable
from statuspage.model import Status
from statuspage.source.times import EXAMPLE, TIME, ZonedTime, zoned_time
from statuspage.source.vocabulary import STATUS_BY_WORD, folded, parse_status

_HEADING = re.compile(r" {0,3}##(?!#)[ \t]*(.*)")
_FENCE = re.compile(r" {0,3}(`{3,}(?=[^`]*$)|~{3,})[ \t]*(.*)")
_SEPARATORS = " \t\u00a0,:|·•/-\u2010\u2011\u2012\u2013\u2014\u2015\u2212"
_PART_END = re.compile(r"\s[-\u2010\u2011\u2012\u2212]+\s|[,:|·•\u2013\u2014\u2015]")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_STRAY_ZONE = re.compile(r"[ \t]{0,4}(?P<word>[A-Za-z]{1,5})\.?[ \t]*(?:$|[-,:|·•\u2010-\u2015\u2212])")
_TIME_LIKE = re.compile(r"(?:\d{4}-\d{1,2}-\d{1,2}|\d{1,2}:\d{2})")


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """One `##` heading with what stands below it; the heading is empty for what stands before the first."""

    heading: str
    line: int
    """Of the heading."""
    body: str
    body_line: int


@dataclass(frozen=True, slots=True, kw_only=True)
class UpdateHeading:
    """What the heading of an update says."""

    time: ZonedTime
    status: Status | None
    """None: unchanged."""


def split_blocks(text: str, *, line: int) -> tuple[Block, ...]:
    """Return what stands before the first `##` heading, then each heading; `line` is that of the text's first line."""
    lines = text.split("\n")
    code = _lines_in_code(lines)
    starts = [(n, match[1]) for n, one in enumerate(lines) if n not in code and (match := _HEADING.match(one))]
    ends = [n for n, _ in starts] + [len(lines)]
    preamble = Block(heading="", line=line, body="\n".join(lines[: ends[0]]), body_line=line)
    blocks = [
        Block(
            heading=heading.strip().rstrip("#").strip(),
            line=line + start,
            body="\n".join(lines[start + 1 : end]),
            body_line=line + start + 1,
        )
        for (start, heading), end in zip(starts, ends[1:], strict=True)
    ]
    return (preamble, *blocks)


def read_heading(text: str, zone: tzinfo) -> UpdateHeading | None:
    """Return what the heading of an update says; None for a section. Raise Unreadable where half of it is missing."""
    match = TIME.match(text)
    if match:
        word = text[match.end() :]
        _refuse_stray_zone(word)
    else:
        match = _time_at_end(text)
        word = text[: match.start()] if match else ""
    if match is None:
        _refuse_status_without_time(text)
        return None
    word = word.strip(_SEPARATORS)
    if not word:
        raise Unreadable(f'"{text[:80]}" has no status; write it as ## {EXAMPLE} — Investigating')
    return UpdateHeading(status=parse_status(word), time=zoned_time(match, zone))


def time_in(text: str, zone: tzinfo) -> datetime | None:
    """Return the time of any heading that has a readable one, whatever else is wrong with it."""
    try:
        match = TIME.search(text)
        return zoned_time(match, zone).at if match else None
    except Unreadable:
        return None


def is_like_an_update(text: str) -> bool:
    """Return True for a section's heading that begins or ends with a day or a time of day."""
    last = re.split(r"[ \t]", text.rstrip(_SEPARATORS))[-1]
    return bool(_TIME_LIKE.match(text) or _TIME_LIKE.fullmatch(last))


def _time_at_end(text: str) -> re.Match[str] | None:
    days = list(_DAY.finditer(text))
    return TIME.fullmatch(text, days[-1].start(), len(text.rstrip())) if days else None


def _refuse_stray_zone(rest: str) -> None:
    """Refuse `CET` or `pm` after a time: neither says which time is meant."""
    stray = _STRAY_ZONE.match(rest)
    if stray and folded(stray["word"]) not in STATUS_BY_WORD and rest[len(stray[0]) :].strip(_SEPARATORS):
        raise Unreadable(f'"{stray["word"]}" is not a zone here; write UTC, +02:00 or a name such as [Europe/Berlin]')


def _refuse_status_without_time(text: str) -> None:
    parts = [part for part in _PART_END.split(text) if part.strip()]
    for part in (*parts[:1], *parts[-1:]):
        if folded(part) in STATUS_BY_WORD:
            what = "no time of day" if _DAY.search(text) else "no date" if _TIME_LIKE.search(text) else "no time"
            raise Unreadable(f'"{text[:80]}" has {what}; write it as ## {EXAMPLE} — {part.strip()}')


def _lines_in_code(lines: list[str]) -> set[int]:
    """Return the lines of fenced code. A fence that nothing closes is none: it must not swallow later updates."""
    fences = [(n, match[1], match[2]) for n, line in enumerate(lines) if (match := _FENCE.fullmatch(line))]
    longest_end = {"`": 0, "~": 0}
    can_close: dict[int, int] = {}
    for n, mark, rest in reversed(fences):
        can_close[n] = longest_end[mark[0]]
        if not rest:
            longest_end[mark[0]] = max(longest_end[mark[0]], len(mark))
    code: set[int] = set()
    opened: tuple[int, str] | None = None
    for n, mark, rest in fences:
        if opened is None:
            opened = (n, mark) if can_close[n] >= len(mark) else None
        elif not rest and mark[0] == opened[1][0] and len(mark) >= len(opened[1]):
            code.update(range(opened[0], n + 1))
            opened = None
    return code
