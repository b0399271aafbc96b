"""One incident told up to `now`: its updates one after the other, and what each changed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal

from statuspage.indicator import impact_of
from statuspage.model import ComponentState, Impact, Incident, Page, Status, Update
from statuspage.shown import (
    LEVEL_OF_STATE,
    Change,
    Level,
    Promise,
    ShownIncident,
    ShownUpdate,
)
from statuspage.timeline.spans import spans_of
from statuspage.timeline.steps import Step, end_known_at, ends_by_itself, steps_of
from statuspage.uptime import Span

RESTORING = frozenset({Status.RESOLVED, Status.COMPLETED, Status.CANCELLED})
"""What restores every component that the incident touched, unless the update says otherwise."""

UNDER_WAY = (Status.IN_PROGRESS, Status.VERIFYING)

LATE_AFTER = timedelta(minutes=1)
"""How long after it fell due a promise without an update is called late."""

LEVEL_OF_IMPACT = {
    Impact.NONE: Level.SLOW,
    Impact.MINOR: Level.SLOW,
    Impact.MAJOR: Level.PARTIAL,
    Impact.CRITICAL: Level.MAJOR,
}


@dataclass(frozen=True, slots=True)
class Story:
    """What the public knows of one incident at `now`, oldest first."""

    incident: Incident
    updates: tuple[ShownUpdate, ...]
    states: dict[str, ComponentState]
    spans: tuple[tuple[str, Span], ...]
    """Every component with each state that it was in, and from when to when."""
    own: tuple[Update, ...]
    """The public updates as written, automatic steps among them."""


@dataclass
class _Course:
    """The running state while the steps are folded."""

    status: Status
    impact: Impact
    opened_at: datetime | None = None
    """The time of the first step."""
    is_begun: bool = False
    stated: Impact | None = None
    states: dict[str, ComponentState] = field(default_factory=dict)


def story_of(incident: Incident, page: Page, now: datetime) -> Story | None:
    """Return the incident as public at `now`; None while it is a draft, lies ahead, or says nothing yet."""
    if incident.is_draft:
        return None
    steps = tuple(step for step in steps_of(incident) if step.at <= now)
    if incident.is_unreadable and (word := _acknowledgement(incident)).at > now:
        steps = (*steps, _acknowledged_now(word, steps, page, now))
    if not steps and (incident.updates or incident.window is None):
        return None
    course = _Course(
        status=Status.SCHEDULED if incident.is_maintenance else Status.INVESTIGATING,
        impact=Impact.MAINTENANCE if incident.is_maintenance else Impact.NONE,
        stated=incident.impact,
    )
    followed_at = [step.at for step in steps[1:]] + [None]
    told = tuple(
        _tell(course, step, incident, page, is_first=step is steps[0], followed_at=next_at, now=now)
        for step, next_at in zip(steps, followed_at, strict=False)
    )
    return Story(
        incident=incident,
        updates=told,
        states=_in_order(course.states, page),
        spans=tuple(spans_of(incident, told, [step.update for step in steps])),
        own=tuple(step.update for step in steps),
    )


def shown_incident(story: Story, *, now: datetime) -> ShownIncident:
    """Return the story as page, feeds and API show it."""
    incident, updates, window = story.incident, story.updates, story.incident.window
    newest = updates[-1] if updates else None
    status = newest.status if newest else Status.SCHEDULED
    created_at = updates[0].at if updates else window.starts_at if window else now
    return ShownIncident(
        source=incident,
        status=status,
        impact=newest.impact if newest else Impact.MAINTENANCE,
        level=_level(story, status),
        updates=updates[::-1],
        states=tuple(story.states.items()),
        started_at=incident.started_at or created_at,
        created_at=created_at,
        updated_at=newest.at if newest else created_at,
        monitoring_at=_entered(updates, (Status.MONITORING, Status.VERIFYING)),
        resolved_at=_closed_at(updates),
        starts_at=window.starts_at if window else None,
        ends_at=end_known_at(incident, now),
        what_you_can_do=_last_said(u.what_you_can_do for u in story.own),
        still_working=_last_said(u.still_working for u in story.own),
        hold=_hold_words(story.own),
        share=_share(story.own),
    )


def _acknowledgement(incident: Incident) -> Update:
    """Return the word that details follow: the last one of what cannot be read, timed posts apart."""
    return next(update for update in reversed(incident.updates) if not update.is_timed)


def _acknowledged_now(word: Update, public: Sequence[Step], page: Page, now: datetime) -> Step:
    """Return the acknowledgement as of the last public word, or of this morning: it waits for no time in its file."""
    midnight = now.astimezone(page.site.zone).replace(hour=0, minute=0, second=0, microsecond=0, fold=0)
    at = public[-1].at if public else midnight.astimezone(UTC)
    return Step(replace(word, at=at))


def _tell(
    course: _Course,
    step: Step,
    incident: Incident,
    page: Page,
    *,
    is_first: bool,
    followed_at: datetime | None,
    now: datetime,
) -> ShownUpdate:
    update, before, states_before = step.update, course.status, dict(course.states)
    course.opened_at = course.opened_at or update.at
    course.status = _status_after(update, before)
    _move_components(course, update, incident, before=before)
    course.impact = _impact(course, update, incident, page)
    return ShownUpdate(
        id=update.id,
        at=update.at,
        status=course.status,
        changes_status=is_first or course.status is not before,
        body=update.body,
        impact=course.impact,
        changes=tuple(
            Change(component_id=name, old=states_before.get(name, ComponentState.OPERATIONAL), new=state)
            for name, state in _in_order(course.states, page).items()
        ),
        promise=_promise(course, update, incident, page, followed_at=followed_at, now=now),
        is_automatic=step.is_automatic,
        is_timed=update.is_timed,
        notifies=update.notifies and incident.notifies,
    )


def _status_after(update: Update, before: Status) -> Status:
    if update.status is None and update.ends_at is not None and before is Status.COMPLETED:
        # Planned work whose end is moved after it came goes on.
        return Status.IN_PROGRESS
    return update.status or before


def _move_components(course: _Course, update: Update, incident: Incident, *, before: Status) -> None:
    goes_on = course.status in UNDER_WAY
    if not course.is_begun or (goes_on and before.is_final):
        begins = goes_on or not incident.is_maintenance
        for change in incident.components:
            course.states[change.component_id] = change.state if begins else ComponentState.OPERATIONAL
        course.is_begun = begins
    if update.restores_all or update.status in RESTORING:
        course.states = dict.fromkeys(course.states, ComponentState.OPERATIONAL)
    for change in update.components:
        course.states[change.component_id] = change.state


def _impact(course: _Course, update: Update, incident: Incident, page: Page) -> Impact:
    """Return the stated impact, else the page rule over its components, which never falls (STATUS-API.md §2.4)."""
    if incident.is_maintenance:
        return Impact.MAINTENANCE
    course.stated = update.impact or course.stated
    impact = course.stated
    if impact is None:
        derived = impact_of(course.states, max(page.current_count, len(course.states)))
        impact = max(course.impact, derived, key=lambda i: i.severity)
    return max(impact, Impact.MINOR, key=lambda i: i.severity) if incident.is_unreadable else impact


def _promise(
    course: _Course, update: Update, incident: Incident, page: Page, *, followed_at: datetime | None, now: datetime
) -> Promise | None:
    due_at = _due_at(course, update, incident, page)
    if due_at is None:
        return None
    is_late = (followed_at or now) >= due_at + LATE_AFTER
    return Promise(made_at=update.at, due_at=due_at, followed_at=followed_at, is_late=is_late)


def _due_at(course: _Course, update: Update, incident: Incident, page: Page) -> datetime | None:
    if course.status.is_final or update.promises_nothing:
        return None
    if update.next_update_at is not None:
        return update.next_update_at
    if incident.is_unreadable:
        # The time of what cannot be read is not known well enough to count from.
        return None
    if incident.is_maintenance:
        return _overrun_at(course, update, incident, page)
    assert course.opened_at is not None
    return update.at + page.clock.after(course.status, course.impact, open_for=update.at - course.opened_at)


def _overrun_at(course: _Course, update: Update, incident: Incident, page: Page) -> datetime | None:
    """Return by when planned work that no clock ends needs a word: at its end, and from then on again and again."""
    if course.status not in UNDER_WAY or ends_by_itself(incident, update.at):
        return None
    ends_at = end_known_at(incident, update.at)
    assert ends_at is not None
    return ends_at if ends_at > update.at else update.at + page.clock.overrun


def _level(story: Story, status: Status) -> Level:
    if status is Status.SCHEDULED:
        return Level.PLANNED
    worst = max((LEVEL_OF_STATE[state] for state in story.states.values()), key=_severity, default=Level.WORKING)
    if status.is_final:
        return worst
    if story.incident.is_maintenance:
        return max(worst, Level.PLANNED, key=_severity)
    by_impact = Level.SLOW if story.states else LEVEL_OF_IMPACT[story.updates[-1].impact]
    return max(worst, by_impact, key=_severity)


def _severity(level: Level) -> int:
    return level.severity


def _entered(updates: Sequence[ShownUpdate], statuses: tuple[Status, ...]) -> datetime | None:
    return next((u.at for u in reversed(updates) if u.status in statuses and u.changes_status), None)


def _closed_at(updates: Sequence[ShownUpdate]) -> datetime | None:
    """Return when it was closed for good; None while open, also when it was opened again."""
    closed_at = None
    for update in reversed(updates):
        if not update.status.is_final:
            break
        closed_at = update.at
    return closed_at


def _in_order(states: dict[str, ComponentState], page: Page) -> dict[str, ComponentState]:
    if len(states) > 1:
        return {c.id: states[c.id] for c in page.components if c.id in states}
    return {component_id: state for component_id, state in states.items() if component_id in page.component_by_id}


def _last_said(words: Iterable[str | None]) -> str | None:
    """Return the newest words; an empty field line takes them back."""
    last = None
    for said in words:
        last = said if said is not None else last
    return last or None


def _hold_words(own: Sequence[Update]) -> str | None:
    """Return the words for callers of the newest update that a person wrote."""
    return next((u.hold for u in reversed(own) if not u.is_timed), None)


def _share(own: Iterable[Update]) -> Decimal | None:
    share = None
    for update in own:
        share = update.share if update.share is not None else share
    return share
