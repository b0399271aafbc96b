"""The `##` headings that divide a file: updates, with a time and a status, and sections of the incident as a whole."""

from __future__ import annotations

import difflib
import re
from dataclasses import dataclass
from datetime import UTC, datetime, tzinfo
from typing import NamedTuple

from statuspage.errors import Unreadable
from statuspage.model import Status
from statuspage.source.times import EXAMPLE, TIME, ZonedTime, zoned_time
from statuspage.vocabulary import STATUS_BY_WORD, folded, parse_status

_HEADING = re.compile(r" {0,3}##(?!#)[ \t]*(.*)")
_HEADING_OR_FENCE = re.compile(rf"\n(?:{_HEADING.pattern}| {{0,3}}(?:```|~~~))")
"""With the line feed before it: what begins with a plain character is found several times faster."""
_FENCE = re.compile(r" {0,3}(`{3,}(?=[^`]*$)|~{3,})[ \t]*(.*)")
DASHES = (
    "-\u058a\u05be\u1400\u1806\u2010\u2011\u2012\u2013\u2014\u2015\u2212\u2e17\u2e1a\u2e3a\u2e3b\u2e40\u2e5d"
    "\u301c\u3030\u30a0\ufe31\ufe32\ufe58\ufe63\uff0d\U00010ead"
)
"""Every dash that Unicode knows, and the minus sign."""
_HYPHENS = "-\u2010\u2011\u2012\u2212"
"""Dashes that stand inside words too."""
_OTHER_DASHES = "".join(dash for dash in DASHES if dash not in _HYPHENS)
_SEPARATORS = f" \t\u00a0\u3000,:|·•/{DASHES}"
_PART_END = re.compile(rf"\s[{_HYPHENS[1:]}-]+\s|[,:|·•{_OTHER_DASHES}]")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_STRAY_ZONE = re.compile(rf"[ \t]{{0,4}}(?P<word>[A-Za-z]{{1,5}})\.?[ \t]*(?:$|[,:|·•{DASHES[1:]}-])")
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


class _Fence(NamedTuple):
    place: int
    mark: str
    rest: str


def split_blocks(text: str, *, line: int) -> tuple[Block, ...]:
    """Return what stands before the first `##` heading, then each heading; `line` is that of the text's first line."""
    below = f"\n{text}"
    headings = _headings(below)
    ends = [match.start() for _, match in headings] + [len(below)]
    preamble = Block(heading="", line=line, body=below[1 : ends[0]], body_line=line)
    blocks = [
        Block(
            heading=_words_of(match),
            line=line + place,
            body=below[match.end() + 1 : end],
            body_line=line + place + 1,
        )
        for (place, match), end in zip(headings, ends[1:], strict=True)
    ]
    return (preamble, *blocks)


def lines_in_code(lines: list[str]) -> set[int]:
    """Return the places of the lines of fenced code, its fences among them.

    A fence that nothing closes before the heading of the next update is none: it must not swallow that update.
    """
    return _code_and_open_fences(lines)[0]


def open_fence(lines: list[str]) -> tuple[int, str] | None:
    """Return place and mark of the first fence that nothing closes before the next update; None when there is none."""
    return next(iter(_code_and_open_fences(lines)[1].items()), None)


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


def status_in(text: str) -> Status | None:
    """Return the status that a heading names or all but names, whatever else is wrong with it; None for none."""
    for part in _PART_END.split(TIME.sub(" | ", text)):
        near = difflib.get_close_matches(folded(part), STATUS_BY_WORD, n=1, cutoff=0.75)
        if near:
            return STATUS_BY_WORD[near[0]]
    return None


def is_like_an_update(text: str) -> bool:
    """Return True for a section's heading that begins or ends with a day or a time of day."""
    last = re.split(r"[ \t]", text.rstrip(_SEPARATORS))[-1]
    return bool(_TIME_LIKE.match(text) or _TIME_LIKE.fullmatch(last))


def _headings(below: str) -> list[tuple[int, re.Match[str]]]:
    """Return each `##` heading outside of code, and how many lines stand above it; the text begins with a line feed."""
    found = list(_HEADING_OR_FENCE.finditer(below))
    has_fences = any(match[1] is None for match in found)
    code = lines_in_code(below[1:].split("\n")) if has_fences else ()
    headings = []
    place = counted = 0
    for match in found:
        place += below.count("\n", counted, match.start())
        counted = match.start()
        if match[1] is not None and place not in code:
            headings.append((place, match))
    return headings


def _words_of(heading: re.Match[str]) -> str:
    return heading[1].strip().rstrip("#").strip()


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


def _code_and_open_fences(lines: list[str]) -> tuple[set[int], dict[int, str]]:
    """Return the lines of fenced code, and the fences that nothing closes before the next update, by their place."""
    code: set[int] = set()
    left_open: dict[int, str] = {}
    fences: list[_Fence] = []
    for place, line in enumerate(lines):
        if _is_update_line(line):
            _pair(fences, code, left_open)
            fences = []
        elif match := _FENCE.fullmatch(line):
            fences.append(_Fence(place, match[1], match[2]))
    _pair(fences, code, left_open)
    return code, left_open


def _is_update_line(line: str) -> bool:
    match = _HEADING.match(line) if "##" in line else None
    try:
        return match is not None and read_heading(_words_of(match), UTC) is not None
    except Unreadable:
        return False


def _pair(fences: list[_Fence], code: set[int], left_open: dict[int, str]) -> None:
    """Add the lines from each fence to the one that closes it; a fence that nothing closes is none."""
    longest_end = {"`": 0, "~": 0}
    can_close: dict[int, int] = {}
    for fence in reversed(fences):
        can_close[fence.place] = longest_end[fence.mark[0]]
        if not fence.rest:
            longest_end[fence.mark[0]] = max(longest_end[fence.mark[0]], len(fence.mark))
    opened: _Fence | None = None
    for fence in fences:
        if opened is None and can_close[fence.place] < len(fence.mark):
            left_open[fence.place] = fence.mark
        elif opened is None:
            opened = fence
        elif not fence.rest and fence.mark[0] == opened.mark[0] and len(fence.mark) >= len(opened.mark):
            code.update(range(opened.place, fence.place + 1))
            opened = None
