"""What happened in one incident, in order: its updates, and the steps that planned work takes by the clock."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from statuspage.model import Incident, Status, Update, Window, derived_id
from statuspage.translatable import WORK_COMPLETED, WORK_STARTED

OWN_WORD_GRACE = timedelta(minutes=5)
"""An update so shortly after the planned start or end says it itself: no automatic step is added."""

STARTED_OR_OVER = frozenset({Status.IN_PROGRESS, Status.VERIFYING, Status.COMPLETED, Status.CANCELLED})


@dataclass(frozen=True, slots=True)
class Step:
    """An update, or a step that the clock took."""

    update: Update
    is_automatic: bool = False

    @property
    def at(self) -> datetime:
        """Return the instant from which it is public."""
        return self.update.at


def steps_of(incident: Incident) -> tuple[Step, ...]:
    """Return every step of the incident, future ones too, oldest first; they do not depend on the time of day.

    A timed post counts only while the incident is open: somebody may have written that it is over just before it.
    """
    steps = [Step(update) for update in incident.updates]
    if incident.window is not None:
        steps += (Step(update, is_automatic=True) for update in _automatic_steps(incident, incident.window))
        steps.sort(key=lambda step: step.at)
    if not any(update.is_timed for update in incident.updates):
        return tuple(steps)
    return tuple(_without_posts_after_the_end(steps))


def end_known_at(incident: Incident, at: datetime) -> datetime | None:
    """Return the end of the planned work that the updates public at `at` leave in force; None for an incident."""
    if incident.window is None:
        return None
    moved = [update.ends_at for update in incident.updates if update.ends_at is not None and update.at <= at]
    return moved[-1] if moved else incident.window.ends_at


def ends_by_itself(incident: Incident, after: datetime) -> bool:
    """Return True for planned work that the clock completes after that instant."""
    return any(
        step.is_automatic and step.update.status is Status.COMPLETED and step.at > after for step in steps_of(incident)
    )


def _without_posts_after_the_end(steps: Iterable[Step]) -> Iterator[Step]:
    is_over = False
    for step in steps:
        if step.update.is_timed and is_over:
            continue
        if step.update.status is not None:
            is_over = step.update.status.is_final
        elif step.update.ends_at is not None:
            # Planned work whose end is moved after it came goes on.
            is_over = False
        yield step


def _automatic_steps(incident: Incident, window: Window) -> Iterator[Update]:
    starts = max(window.starts_at, _first_at(incident))
    if not _says(incident, STARTED_OR_OVER, until=starts + OWN_WORD_GRACE):
        yield _automatic(incident, starts, Status.IN_PROGRESS, WORK_STARTED)
    for ends in _known_ends(incident, window):
        if _first_at(incident) <= ends and not _is_held_open(incident, ends):
            yield _automatic(incident, max(starts, ends), Status.COMPLETED, WORK_COMPLETED)


def _known_ends(incident: Incident, window: Window) -> Iterator[datetime]:
    """Yield each end that came: an end moved in time never comes, one moved after it came is followed by another."""
    ends = window.ends_at
    for update in incident.updates:
        if update.ends_at is None:
            continue
        if update.at > ends + OWN_WORD_GRACE:
            yield ends
        ends = update.ends_at
    yield ends


def _is_held_open(incident: Incident, ends: datetime) -> bool:
    """Return True when the updates themselves say how the work ends: over already, verifying, or still going on."""
    said = [u for u in incident.updates if u.status is not None and u.at <= ends + OWN_WORD_GRACE]
    if not said:
        return False
    last = said[-1]
    is_said = last.status is Status.VERIFYING or last.status in (Status.COMPLETED, Status.CANCELLED)
    return is_said or (last.at > ends and last.ends_at is None)


def _says(incident: Incident, statuses: frozenset[Status], *, until: datetime) -> bool:
    return any(update.status in statuses and update.at <= until for update in incident.updates)


def _first_at(incident: Incident) -> datetime:
    """Return when the work was announced; planned work that no update announces counts from its start."""
    assert incident.window is not None
    return incident.updates[0].at if incident.updates else incident.window.starts_at


def _automatic(incident: Incident, at: datetime, status: Status, words: str) -> Update:
    return Update(id=derived_id(incident.id, "automatic", status, at.isoformat()), at=at, status=status, body=words)
