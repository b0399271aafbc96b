"""One issue file of cState as a draft of ours."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, tzinfo
from pathlib import PurePosixPath

from statuspage.characters import one_line
from statuspage.errors import Unreadable
from statuspage.imports.cstate.body import FIRST, LAST, Part, parse_instant, split_body
from statuspage.imports.drafts import DraftIncident, DraftUpdate
from statuspage.imports.html_to_markdown import to_markdown
from statuspage.imports.plain_yaml import parse_yaml
from statuspage.model import ComponentChange, ComponentState, Impact, Status
from statuspage.slugs import slug_of

_FRONT = re.compile(r"\s*(?P<mark>---|\+\+\+)[ \t]*\n(?P<front>.*?)^(?P=mark)[ \t]*(?:\n|\Z)", re.DOTALL | re.MULTILINE)
_COMMENT = re.compile(r"<!--.*?-->[ \t]*\n?", re.DOTALL)
_SHORTCODE = re.compile(r"\{\{[<%].{0,200}?[>%]\}\}")
_FENCED = re.compile(r"^(`{3,}|~{3,})[^\n]*\n.*?^\1[^\n]*$", re.MULTILINE | re.DOTALL)

KNOWN_KEYS = frozenset(
    {
        "title",
        "date",
        "resolved",
        "resolvedwhen",
        "severity",
        "affected",
        "section",
        "informational",
        "draft",
        "pin",
    }
)

SEVERITIES = {
    "down": (Impact.MAJOR, ComponentState.MAJOR_OUTAGE),
    "disrupted": (Impact.MINOR, ComponentState.PARTIAL_OUTAGE),
    "notice": (Impact.NONE, ComponentState.OPERATIONAL),
}
"""What cState calls an outage, disruptions, and an announcement that nothing suffers from."""


@dataclass(slots=True)
class _Issue:
    path: str
    meta: Mapping[str, object]
    zone: tzinfo
    kept: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def text(self, key: str) -> str:
        value = self.meta.get(key)
        return "" if value is None or isinstance(value, list | dict) else str(value).strip()

    def is_true(self, key: str) -> bool:
        return self.text(key).casefold() in ("true", "yes", "on", "1")

    def keep(self, line: str, note: str) -> None:
        self.kept.append(line)
        self.notes.append(note)


def draft_issue(text: str, *, path: str, zone: tzinfo, component_ids: Mapping[str, str]) -> DraftIncident:
    """Return the issue as a draft; raise Unreadable where it has no front matter, title or date.

    `component_ids` gives our id for each name in `affected`.
    """
    meta, body = _parted(text)
    issue = _Issue(path=path, meta=meta, zone=zone)
    at = parse_instant(issue.text("date"), zone)
    if at is None:
        raise Unreadable(f'date: "{one_line(issue.text("date"))}" is not a date and a time of day')
    if not issue.text("title"):
        raise Unreadable("title: is missing; an incident needs one")
    resolved_at = _resolved_at(issue, at)
    window = _window(issue, at, resolved_at)
    parts = split_body(_without_comments(body, issue), zone)
    impact, state = _severity(issue)
    _note_unknown_keys(issue)
    _note_shortcodes(body, issue)
    return DraftIncident(
        origin=path,
        slug=slug_of(PurePosixPath(path).stem),
        folder=f"{at.year:04}",
        title=one_line(issue.text("title")),
        impact=None if window else impact,
        components=_components(issue, component_ids, ComponentState.UNDER_MAINTENANCE if window else state),
        starts_at=window[0] if window else None,
        ends_at=window[1] if window else None,
        is_draft=issue.is_true("draft"),
        is_pinned=issue.is_true("pin"),
        notifies=resolved_at is None,
        updates=_updates(parts, at=at, resolved_at=resolved_at, is_planned=window is not None, issue=issue),
        kept=tuple(issue.kept),
        notes=tuple(issue.notes),
    )


def affected_names(text: str) -> tuple[str, ...]:
    """Return the names of systems in `affected`, in their order; none where the file cannot be read."""
    try:
        return _affected(_parted(text)[0])
    except Unreadable:
        return ()


def _parted(text: str) -> tuple[dict[str, object], str]:
    """Return the keys of the front matter, folded as Hugo does, and the body."""
    found = _FRONT.match(text)
    if not found:
        raise Unreadable('has no front matter between two lines "---"')
    try:
        read = tomllib.loads(found["front"]) if found["mark"] == "+++" else parse_yaml(found["front"])
    except (Unreadable, tomllib.TOMLDecodeError) as error:
        raise Unreadable(f"front matter {error}") from error
    if not isinstance(read, dict):
        raise Unreadable('front matter must be lines of "key: value"')
    return {str(key).casefold(): value for key, value in read.items()}, text[found.end() :]


def _affected(meta: Mapping[str, object]) -> tuple[str, ...]:
    found = meta.get("affected")
    names = found if isinstance(found, list) else [found]
    return tuple(dict.fromkeys(one_line(str(name)) for name in names if isinstance(name, str) and name.strip()))


def _resolved_at(issue: _Issue, at: datetime) -> datetime | None:
    """Return when it was over; None while it is open. What contradicts itself is kept, and counts as ending at once."""
    written = issue.text("resolvedwhen")
    resolved_at = parse_instant(written, issue.zone)
    if not issue.is_true("resolved"):
        if written:
            issue.keep(f"resolvedWhen {written}", "has resolvedWhen but is not resolved; it stays open")
        return None
    if resolved_at is None:
        issue.keep(f"resolvedWhen {written}", "is resolved without a resolvedWhen that can be read; ends at its date")
        return at
    if resolved_at < at:
        issue.keep(f"resolvedWhen {written}", f"resolvedWhen {written} is before its date; ends at its date")
        return at
    return resolved_at


def _window(issue: _Issue, at: datetime, resolved_at: datetime | None) -> tuple[datetime, datetime] | None:
    """Return start and end of what cState calls maintenance; None for an incident."""
    if issue.text("section").casefold() != "maintenance":
        if issue.text("section").casefold() not in ("", "issue"):
            issue.keep(f"section {issue.text('section')}", "section: only issue and maintenance are known here")
        return None
    if resolved_at is None or resolved_at <= at:
        issue.notes.append("is maintenance without an end; written as an incident")
        return None
    return at, resolved_at


def _severity(issue: _Issue) -> tuple[Impact, ComponentState]:
    word = "notice" if issue.is_true("informational") else issue.text("severity").casefold()
    if word in SEVERITIES:
        return SEVERITIES[word]
    issue.keep(
        f"severity {word}", f'severity "{one_line(word)}" is none of down, disrupted, notice; taken as disrupted'
    )
    return SEVERITIES["disrupted"]


def _components(issue: _Issue, component_ids: Mapping[str, str], state: ComponentState) -> tuple[ComponentChange, ...]:
    ids = dict.fromkeys(component_ids[name] for name in _affected(issue.meta))
    return tuple(ComponentChange(component_id=name, state=state) for name in ids)


def _note_unknown_keys(issue: _Issue) -> None:
    for key, value in issue.meta.items():
        if key not in KNOWN_KEYS and value not in (None, "", [], {}):
            issue.keep(f"{key} {one_line(str(value))}", f"{key}: has no place here; kept as a comment")


def _without_comments(body: str, issue: _Issue) -> str:
    """Return the body without HTML comments, which are kept: nobody reads them on the page."""
    fenced = [found.span() for found in _FENCED.finditer(body)]

    def set_aside(found: re.Match[str]) -> str:
        if any(start <= found.start() < end for start, end in fenced):
            return found[0]
        issue.keep(f"comment {one_line(found[0])}", "an HTML comment is not public; kept as a comment")
        return ""

    return _COMMENT.sub(set_aside, body)


def _note_shortcodes(body: str, issue: _Issue) -> None:
    others = {found[0] for found in _SHORTCODE.finditer(body) if not found[0][3:].strip().startswith("track")}
    issue.notes += [f"shortcode {one_line(found)} stays as text" for found in sorted(others)]


def _updates(
    parts: list[Part], *, at: datetime, resolved_at: datetime | None, is_planned: bool, issue: _Issue
) -> tuple[DraftUpdate, ...]:
    first, last = ([], []) if not parts else _edges(parts, at=at, resolved_at=resolved_at, issue=issue)
    opening = Status.SCHEDULED if is_planned else Status.INVESTIGATING
    closing = Status.COMPLETED if is_planned else Status.RESOLVED
    middle = [part for part in parts if part not in first and part not in last and part.at is not None]
    updates = [DraftUpdate(at=at, status=opening, body=_joined(_oldest_first(first)))]
    updates += [
        DraftUpdate(at=part.at, status=_open_status(part), body=_joined([part]))
        for part in sorted(middle, key=lambda part: part.at or at)
        if part.at is not None
    ]
    if resolved_at is not None:
        updates.append(DraftUpdate(at=resolved_at, status=closing, body=_joined(last)))
    return tuple(sorted(updates, key=lambda update: update.at))


def _edges(
    parts: list[Part], *, at: datetime, resolved_at: datetime | None, issue: _Issue
) -> tuple[list[Part], list[Part]]:
    """Return the parts that belong to the first update and those of the closing one; the rest have their own time."""
    first, last = [], []
    for part in parts:
        belongs_last = part.edge == LAST or (part.at is not None and part.at == resolved_at != at)
        if belongs_last and resolved_at is not None and part.at in (None, resolved_at):
            last.append(part)
        elif part.at is None or part.at <= at or (part.edge == FIRST and _is_alone(part, parts)):
            first.append(part)
            _note_kept_time(part, at, issue)
    return first, last


def _oldest_first(parts: list[Part]) -> list[Part]:
    """Return the first words before the undated updates, which many write above them."""
    undated = [part for part in parts if part.is_undated_update]
    plain = [part for part in parts if not part.is_undated_update]
    is_newest_first = bool(undated and plain) and parts.index(undated[0]) < parts.index(plain[-1])
    return [*plain, *(reversed(undated) if is_newest_first else undated)]


def _is_alone(part: Part, parts: list[Part]) -> bool:
    """Return True when no other part could be the first words."""
    return not any(other is not part and other.at is None and not other.edge for other in parts)


def _note_kept_time(part: Part, at: datetime, issue: _Issue) -> None:
    if part.is_undated_update:
        issue.notes.append("an update in its text has no date and time; kept within the first update")
    if part.at is not None and part.at != at:
        stamp = f"{part.at.astimezone(UTC):%Y-%m-%d %H:%M} UTC"
        issue.keep(f"first message dated {stamp}", f"its first message is dated {stamp}, its date says otherwise")


def _open_status(part: Part) -> Status | None:
    """Return the status that the text itself names, unless it would close what front matter leaves open."""
    return part.status if part.status in (Status.INVESTIGATING, Status.IDENTIFIED, Status.MONITORING) else None


def _joined(parts: list[Part]) -> str:
    # `[Initial message]` and the like say only what the heading says now.
    return to_markdown("\n\n".join(part.text for part in parts if part.text))
