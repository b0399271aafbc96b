"""How long each component of one incident was in which state: what uptime and the page's states are counted from."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from decimal import Decimal

from statuspage.model import ComponentState, Incident, Status, Window
from statuspage.shown import ShownUpdate
from statuspage.uptime import Span, announced_window

_STARTED = (Status.IN_PROGRESS, Status.VERIFYING)


def spans_of(incident: Incident, told: Sequence[ShownUpdate], share: Decimal | None) -> Iterator[tuple[str, Span]]:
    """Yield the id of each component with every state but operational, and from when to when it was in it.

    The first states begin when the incident began, which may be before it became public.
    """
    announced, onset = _announced(incident, told), _onset(incident, told)
    running: dict[str, tuple[datetime, ComponentState]] = {}
    for place, shown in enumerate(told):
        at = _began_at(incident, shown) if place == onset else shown.at
        for change in shown.changes:
            since, state = running.get(change.component_id, (at, ComponentState.OPERATIONAL))
            if state is change.new:
                continue
            if state is not ComponentState.OPERATIONAL:
                yield change.component_id, Span(start=since, end=at, state=state, share=share, announced=announced)
            running[change.component_id] = (at, change.new)
    for component_id, (since, state) in running.items():
        if state is not ComponentState.OPERATIONAL:
            yield component_id, Span(start=since, end=None, state=state, share=share, announced=announced)
    if incident.window is not None and not running and _was_written_afterwards(incident, told):
        yield from _whole_window(incident, incident.window)


def _onset(incident: Incident, told: Sequence[ShownUpdate]) -> int:
    """Return the place of the update with which the components began to be affected; -1 for none."""
    if not incident.is_maintenance:
        return 0
    return next((place for place, shown in enumerate(told) if shown.status in _STARTED), -1)


def _began_at(incident: Incident, first: ShownUpdate) -> datetime:
    began_at = incident.window.starts_at if incident.window is not None else incident.started_at
    if began_at is None or (incident.is_maintenance and not _first_words_came_late(incident)):
        return first.at
    return min(began_at, first.at)


def _first_words_came_late(incident: Incident) -> bool:
    """Return True when planned work was written down only after it had started."""
    assert incident.window is not None
    return bool(incident.updates) and incident.updates[0].at > incident.window.starts_at


def _was_written_afterwards(incident: Incident, told: Sequence[ShownUpdate]) -> bool:
    return bool(told) and told[0].status is Status.COMPLETED and _first_words_came_late(incident)


def _whole_window(incident: Incident, window: Window) -> Iterator[tuple[str, Span]]:
    for change in incident.components:
        if change.state is not ComponentState.OPERATIONAL:
            yield change.component_id, Span(start=window.starts_at, end=window.ends_at, state=change.state)


def _announced(incident: Incident, told: Sequence[ShownUpdate]) -> Window | None:
    if incident.window is None:
        return None
    return announced_window(incident.window, told[0].at if incident.updates and told else None)
