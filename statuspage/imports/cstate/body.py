"""The one body of a cState incident as updates: split only where a paragraph says when, or first and last, it was."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime, tzinfo

from statuspage.model import Status
from statuspage.render.words import MONTHS
from statuspage.source.headings import lines_in_code
from statuspage.vocabulary import STATUS_BY_WORD, folded

FIRST, LAST = "first", "last"

_MONTHS = tuple(month.casefold() for month in MONTHS)
_ISO = r"(?P<year>\d{4})-(?P<month>\d\d)-(?P<day>\d\d)"
_SPELLED = rf"(?P<sday>\d{{1,2}})(?:st|nd|rd|th)?(?: of)? (?P<smonth>{'|'.join(_MONTHS)}),? (?P<syear>\d{{4}})"
_CLOCK = r"(?P<hour>\d{1,2})[:h](?P<minute>\d\d)(?::(?P<second>\d\d))?"
_ZONE = r"(?P<zone>(?:[ ]?(?:UTC|GMT|Z))|[+-]\d\d:\d\d)?"
_WORDS = r"(?:(?P<words>[A-Za-z][A-Za-z ]{2,30}?)[ ]*(?:-|:|,|on|at)?[ ]+)?"
_MARKER = re.compile(
    rf"^(?:\*\*|\[|\*|__)[ ]?{_WORDS}(?:{_ISO}|{_SPELLED})(?:T|,? (?:-|at)? ?){_CLOCK}{_ZONE}[ ]?:?(?:\*\*|\]|\*|__):?",
    re.IGNORECASE,
)
_EDGE = re.compile(
    r"^(?:\*\*|\[)(?:(?P<first>initial|opening)|(?P<last>final|closing))(?: (?:message|update|incident|maintenance))?"
    r"(?P<more>[ ]?[-:,][^\]*]{1,40})?(?:\*\*|\])(?::|[ ]*$|(?=[ ]))"
    r"|^(?:(?P<cfirst>initial)|(?P<clast>final)) message:[ ]*$",
    re.IGNORECASE,
)
_UNDATED = re.compile(r"^(?:\*\*|\[)updated?\b[^\]*]{0,40}(?:\*\*|\])", re.IGNORECASE)
_TRACK = re.compile(r"\{\{<\s*track\s+\"?(?P<time>[^\">]{8,40}?)\"?\s*>\}\}")
_STATUS_WORD = re.compile(r"^(?:\*\*|\*|_|__)(?P<word>[A-Za-z][A-Za-z -]{2,20})(?:\*\*|\*|_|__)[ ]*[-–—:][ ]*")


@dataclass(slots=True, eq=False)
class Part:
    """A stretch of the body: what it says about its own time, and its lines."""

    at: datetime | None = None
    edge: str = ""
    """FIRST or LAST where the text calls itself so."""
    status: Status | None = None
    is_undated_update: bool = False
    lines: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        """Return the text of the part without empty lines around it."""
        return "\n".join(self.lines).strip("\n").rstrip()


def split_body(body: str, zone: tzinfo) -> list[Part]:
    """Return the parts in the order of the file, empty ones left out; times without a zone are in `zone`.

    A marker is only one where it stands in bold or brackets at the start of a line, outside code, with a whole date and
    time, or calls its text the initial or final message; or where cState's own `track` shortcode follows a paragraph.
    """
    parts = [Part()]
    lines = body.split("\n")
    code = lines_in_code(lines)
    for place, line in enumerate(lines):
        begun = None if place in code else _begun(line, zone)
        if begun:
            parts.append(begun)
        else:
            parts[-1].lines.append(line)
    return [part for found in parts for part in _by_track(found, zone) if part.text or part.at or part.edge]


def parse_instant(text: str, zone: tzinfo) -> datetime | None:
    """Return the instant of a date as Hugo writes it, `2022-04-21T9:00:00-00:00`; None for anything else."""
    found = re.fullmatch(
        r"(\d{4}-\d\d-\d\d)(?:[T ](\d{1,2})(:\d\d(?::\d\d(?:\.\d+)?)?)[ ]?(Z|[+-]\d\d:?\d\d)?)?", text.strip()
    )
    if not found:
        return None
    day, hour, rest, shift = found.groups(default="")
    try:
        at = datetime.fromisoformat(f"{day}T{int(hour or 0):02}{rest or ':00'}{shift}")
    except ValueError:
        return None
    return (at if at.tzinfo else at.replace(tzinfo=zone)).astimezone(UTC)


def _begun(line: str, zone: tzinfo) -> Part | None:
    """Return the part that begins with this line; None for a line of text."""
    stripped = line.strip()
    if edge := _EDGE.match(stripped):
        name = FIRST if edge["first"] or edge["cfirst"] else LAST
        return Part(edge=name, lines=[line] if edge["more"] else _rest(stripped, edge.end()))
    if dated := _MARKER.match(stripped):
        at = _marked_at(dated, zone)
        words = folded(dated["words"] or "")
        if at is not None:
            edge_name = FIRST if words.startswith("initial") else LAST if words.startswith("final") else ""
            status = STATUS_BY_WORD.get(words)
            return Part(at=at, edge=edge_name, status=status, lines=_rest(stripped, dated.end()))
    if _UNDATED.match(stripped):
        return Part(is_undated_update=True, lines=[line])
    return None


def _rest(line: str, start: int) -> list[str]:
    rest = line[start:].strip()
    return [rest] if rest else []


def _marked_at(found: re.Match[str], zone: tzinfo) -> datetime | None:
    month = found["month"] or f"{_MONTHS.index(found['smonth'].casefold()) + 1:02}"
    day = f"{found['year'] or found['syear']}-{month}-{int(found['day'] or found['sday']):02}"
    shift = (found["zone"] or "").strip().upper()
    clock = f"{found['hour']}:{found['minute']}:{found['second'] or '00'}"
    return parse_instant(f"{day}T{clock}{'Z' if shift in ('UTC', 'GMT') else shift}", zone)


def _by_track(part: Part, zone: tzinfo) -> Iterable[Part]:
    """Yield the part, or, where paragraphs end in cState's `track`, each of these as an update of its own."""
    if not _TRACK.search("\n".join(part.lines)):
        yield part
        return
    for paragraph in re.split(r"\n[ \t]*\n", part.text):
        found = list(_TRACK.finditer(paragraph))
        at = parse_instant(found[0]["time"], zone) if len(found) == 1 else None
        if at is None:
            # `***` between updates is a line of cState's template, not a word of anyone.
            yield Part(
                edge=part.edge, lines=[] if re.fullmatch(r"[*_ -]+", paragraph) else ["", *paragraph.split("\n")]
            )
            continue
        text = _TRACK.sub("", paragraph).strip()
        word = _STATUS_WORD.match(text)
        status = STATUS_BY_WORD.get(folded(word["word"])) if word else None
        yield Part(at=at, status=status, lines=(text[word.end() :] if word and status else text).split("\n"))
