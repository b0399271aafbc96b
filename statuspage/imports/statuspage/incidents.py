"""One incident or planned work of a status API as a draft of ours."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from statuspage.characters import one_line
from statuspage.imports.drafts import DraftIncident, DraftUpdate
from statuspage.imports.html_to_markdown import to_markdown
from statuspage.imports.statuspage.course import Course, course_of
from statuspage.imports.statuspage.documents import SourceIncident, SourceUpdate
from statuspage.model import INCIDENT_STATUSES, MAINTENANCE_STATUSES, ComponentState, Impact, Status
from statuspage.slugs import slug_words

OVERRUN_GRACE = timedelta(minutes=5)
"""Planned work that ended so shortly after its end ended in time."""
UPDATE_LIMIT = 50_000
"""Longer bodies are shown by the page as they are, without formatting."""

QUIET_KEYS = frozenset(
    {
        "created_at",
        "updated_at",
        "monitoring_at",
        "resolved_at",
        "shortlink",
        "page_id",
        "incident_id",
        "reminder_intervals",
    }
)
"""What every document has: kept as a comment without a word about it."""


@dataclass(slots=True)
class _Notes:
    """What is kept as a comment, and what is worth a note."""

    kept: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def keep(self, line: str, note: str) -> None:
        self.kept.append(line)
        self.notes.append(note)


@dataclass(frozen=True, slots=True, kw_only=True)
class _TimedUpdate:
    source: SourceUpdate
    at: datetime
    status: Status | None


def draft_incident(
    source: SourceIncident, *, page_url: str, zone: ZoneInfo, captured: Mapping[str, ComponentState]
) -> tuple[DraftIncident, dict[str, ComponentState]]:
    """Return the incident as a draft, and the states in which it leaves its components by the rules of this format.

    `captured` are the components as last seen: what the page itself says of them now.
    """
    notes = _Notes(kept=_left_over(source.left_over), notes=_loud(source.left_over))
    is_planned = source.scheduled_for is not None or source.scheduled_until is not None
    timed = _timed_updates(source, is_planned=is_planned, notes=notes)
    if not timed:
        timed = [_only_update(source, is_planned=is_planned, notes=notes)]
    course = course_of([(u.source, u.status) for u in timed], source, is_planned=is_planned, captured=captured)
    starts_at, ends_at = _window(source, timed, notes=notes) if is_planned else (None, None)
    created_at = source.created_at or timed[0].at
    day = created_at.astimezone(zone).date()
    notes.notes += course.notes
    draft = DraftIncident(
        origin=f"{page_url}/incidents/{source.id}",
        slug=f"{day.isoformat()}-{slug_words(source.name) or source.id}",
        folder=f"{day.year:04}",
        title=one_line(source.name) or source.id,
        id=source.id,
        impact=_impact(source, is_planned=is_planned, notes=notes),
        components=course.at_start,
        started_at=_started_at(source, timed[0].at, notes=notes),
        starts_at=starts_at,
        ends_at=ends_at,
        notifies=not _is_over(timed),
        updates=_with_overrun(_drafts(timed, course, notes=notes), ends_at, notes=notes),
        sections=_untimed_sections(source, notes=notes),
        kept=tuple(notes.kept),
        notes=tuple(notes.notes),
    )
    return draft, course.at_end


def _timed_updates(source: SourceIncident, *, is_planned: bool, notes: _Notes) -> list[_TimedUpdate]:
    """Return the updates that have a time, oldest first by the time that the page shows."""
    dated = [(u.at, u.created_at or u.at, -place, u) for place, u in enumerate(source.updates) if u.at is not None]
    ordered = sorted(dated, key=lambda found: found[:3])
    timed: list[_TimedUpdate] = []
    for at, _, _, update in ordered:
        status = _status(update.status, is_planned=is_planned, is_first=not timed, notes=notes)
        timed.append(_TimedUpdate(source=update, at=at, status=status))
    return _closed_last(timed, source, notes=notes)


def _closed_last(timed: list[_TimedUpdate], source: SourceIncident, *, notes: _Notes) -> list[_TimedUpdate]:
    """Return the updates so that the one that closes the incident, shown too early by an edit, comes last."""
    by_creation = max(timed, key=lambda u: u.source.created_at or u.at, default=None)
    if by_creation is None or by_creation is timed[-1] or by_creation.status is None or not by_creation.status.is_final:
        return timed
    if by_creation.source.status != source.status or (timed[-1].status and timed[-1].status.is_final):
        return timed
    last_at = timed[-1].at
    notes.keep(
        f"update {by_creation.source.id}: display_at {by_creation.at.isoformat()}",
        f"update {by_creation.source.id} closes the incident before its other updates; moved behind the last of them",
    )
    return [*(u for u in timed if u is not by_creation), replace(by_creation, at=last_at)]


def _only_update(source: SourceIncident, *, is_planned: bool, notes: _Notes) -> _TimedUpdate:
    """Return an update without words, for an incident that has none with a time."""
    at = source.created_at or source.started_at or source.updated_at or source.scheduled_for
    notes.notes.append("has no update with a time; one without words stands for its status")
    update = SourceUpdate(
        id=None, status=source.status, body="", at=at, created_at=at, affected=(), notifies=True, left_over=()
    )
    status = _status(source.status, is_planned=is_planned, is_first=True, notes=notes)
    return _TimedUpdate(source=update, at=at or _EPOCH, status=status)


_EPOCH = datetime.fromisoformat("1970-01-01T00:00:00+00:00")


def _status(word: str, *, is_planned: bool, is_first: bool, notes: _Notes) -> Status | None:
    accepted = MAINTENANCE_STATUSES if is_planned else INCIDENT_STATUSES
    if word in accepted:
        return Status(word)
    fallback = accepted[0] if is_first else None
    notes.keep(f"status {word}", f'"{one_line(word)}" is no status here; written as {fallback or "Update"}')
    return fallback


def _is_over(timed: Sequence[_TimedUpdate]) -> bool:
    status = next((u.status for u in reversed(timed) if u.status is not None), None)
    return status is not None and status.is_final


def _impact(source: SourceIncident, *, is_planned: bool, notes: _Notes) -> Impact | None:
    if not source.impact or (is_planned and source.impact == Impact.MAINTENANCE):
        return None
    if not is_planned and source.impact in set(Impact) - {Impact.MAINTENANCE}:
        return Impact(source.impact)
    reason = "planned work has none of its own" if is_planned else "not an impact here; derived from the components"
    notes.keep(f"impact {source.impact}", f'impact "{one_line(source.impact)}": {reason}')
    return None


def _started_at(source: SourceIncident, first_at: datetime, *, notes: _Notes) -> datetime | None:
    if source.started_at is None or source.started_at == first_at:
        return None
    if source.started_at < first_at:
        return source.started_at
    line = f"started_at {source.started_at.isoformat()}"
    notes.keep(line, f"{line} is after the first update; the incident begins with that update")
    return None


def _window(source: SourceIncident, timed: Sequence[_TimedUpdate], *, notes: _Notes) -> tuple[datetime, datetime]:
    starts_at = source.scheduled_for or timed[0].at
    ends_at = source.scheduled_until or max(timed[-1].at, starts_at)
    if source.scheduled_for is None or source.scheduled_until is None:
        notes.notes.append("has only one of scheduled_for and scheduled_until; its updates stand for the other")
    if ends_at <= starts_at:
        notes.keep(
            f"scheduled_until {ends_at.isoformat()}", "is scheduled to end before it starts; written as one minute long"
        )
        ends_at = starts_at + timedelta(minutes=1)
    return starts_at, ends_at


def _drafts(timed: Sequence[_TimedUpdate], course: Course, *, notes: _Notes) -> tuple[DraftUpdate, ...]:
    drafts = []
    for update, changes in zip(timed, course.changes, strict=True):
        name = f"update {update.source.id}"
        notes.kept += [f"{name}: {line}" for line in _left_over(update.source.left_over)]
        notes.notes += [f"{name}: {note}" for note in _loud(update.source.left_over)]
        if len(update.source.body) > UPDATE_LIMIT:
            notes.notes.append(f"{name}: longer than {UPDATE_LIMIT} characters; the page shows it without formatting")
        drafts.append(
            DraftUpdate(
                at=update.at,
                status=update.status,
                body=to_markdown(update.source.body),
                components=changes,
                id=update.source.id,
                notifies=update.source.notifies,
            )
        )
    return tuple(drafts)


def _with_overrun(
    updates: tuple[DraftUpdate, ...], ends_at: datetime | None, *, notes: _Notes
) -> tuple[DraftUpdate, ...]:
    """Return the updates of planned work with its end moved, where it went on longer than it was scheduled.

    Without that, the clock would complete the work at its end although its own updates say that it went on.
    """
    if ends_at is None or updates[0].at > ends_at:
        return updates
    over_at = next((u.at for u in updates if u.status is not None and u.status.is_final), None)
    before = [place for place, u in enumerate(updates) if u.at <= ends_at]
    said = [u for u in updates if u.status is not None and u.at <= ends_at + OVERRUN_GRACE]
    is_held_open = bool(said) and (said[-1].status is Status.VERIFYING or said[-1].at > ends_at)
    if over_at is None or over_at <= ends_at + OVERRUN_GRACE or is_held_open:
        return updates
    notes.notes.append("went on past scheduled_until; the update before that says the end that it had")
    return tuple(replace(u, ends_at=over_at) if place == before[-1] else u for place, u in enumerate(updates))


def _untimed_sections(source: SourceIncident, *, notes: _Notes) -> tuple[tuple[str, str], ...]:
    untimed = [update for update in source.updates if update.at is None and update.body.strip()]
    if not untimed:
        return ()
    notes.notes.append(f"{len(untimed)} updates have no time; kept below the others")
    words = (f"**{one_line(u.status) or 'Update'}** - {to_markdown(u.body)}" for u in untimed)
    return (("Words without a time", "\n\n".join(words)),)


def _left_over(pairs: Sequence[tuple[str, str]]) -> list[str]:
    return [", ".join(f"{key} {value}" for key, value in pairs)] if pairs else []


def _loud(pairs: Sequence[tuple[str, str]]) -> list[str]:
    return [f"{key} has no place here; kept as a comment" for key, _ in pairs if key not in QUIET_KEYS]
