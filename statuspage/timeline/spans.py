"""How long each component of one incident was in which state: what uptime and the page's states are counted from."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from decimal import Decimal
from itertools import pairwise

from statuspage.model import ComponentState, Incident, Status, Update, Window
from statuspage.shown import ShownUpdate
from statuspage.uptime import ANNOUNCED_AHEAD, Span, announced_window

_STARTED = (Status.IN_PROGRESS, Status.VERIFYING)


def spans_of(incident: Incident, told: Sequence[ShownUpdate], own: Sequence[Update]) -> Iterator[tuple[str, Span]]:
    """Yield the id of each component with every state but operational, and from when to when it was in it.

    The first states begin when the incident began, which may be before it became public. A measured share holds from
    its update on; the first one holds for the time before it too.
    """
    # Of a file that cannot be read not even the time of its acknowledgement is known for sure.
    is_counted = not (incident.is_unreadable and len(told) == 1)
    shares = [(update.at, update.share) for update in own if update.share is not None]
    if is_counted and not shares:
        yield from _states_in_time(incident, told)
        return
    for component_id, span in _states_in_time(incident, told):
        for part in _by_share(span, shares):
            yield component_id, replace(part, is_counted=is_counted)


def _states_in_time(incident: Incident, told: Sequence[ShownUpdate]) -> Iterator[tuple[str, Span]]:
    announced, onset = _announced(incident), _onset(incident, told)
    running: dict[str, tuple[datetime, ComponentState]] = {}
    for place, shown in enumerate(told):
        at = _began_at(incident, shown) if place == onset else shown.at
        for change in shown.changes:
            since, state = running.get(change.component_id, (at, ComponentState.OPERATIONAL))
            if state is change.new:
                continue
            if state is not ComponentState.OPERATIONAL:
                yield change.component_id, Span(start=since, end=at, state=state, announced=announced)
            running[change.component_id] = (at, change.new)
    for component_id, (since, state) in running.items():
        if state is not ComponentState.OPERATIONAL:
            yield component_id, Span(start=since, end=None, state=state, announced=announced)
    if incident.window is not None and not running and _was_written_afterwards(incident, told):
        yield from _whole_window(incident, incident.window)


def _by_share(span: Span, shares: Sequence[tuple[datetime, Decimal]]) -> Iterator[Span]:
    """Yield the parts of a span in each of which one measured share holds."""
    later = [at for at, _ in shares[1:] if span.start < at and (span.end is None or at < span.end)]
    edges = [span.start, *later, span.end]
    for start, end in pairwise(edges):
        assert start is not None
        known = [share for at, share in shares if at <= start] or [share for _, share in shares[:1]]
        yield replace(span, start=start, end=end, share=known[-1] if known else None)


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


def _announced(incident: Incident) -> Window | None:
    """Return the planned part that leaves the count, with its end as it was announced long enough ahead."""
    window = incident.window
    if window is None or not incident.updates:
        return None
    moved = [u.ends_at for u in incident.updates if u.ends_at and u.at <= window.starts_at - ANNOUNCED_AHEAD]
    return announced_window(replace(window, ends_at=moved[-1] if moved else window.ends_at), incident.updates[0].at)
