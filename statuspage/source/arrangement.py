"""The updates of an incident in their order, each with the id that it keeps."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

from statuspage.model import ComponentChange, ComponentState, Incident, Status, Update, api_id, derived_id
from statuspage.source.incident import FileContent
from statuspage.source.updates import WrittenUpdate, in_order_of_writing

_RESTORING = (Status.RESOLVED, Status.COMPLETED, Status.CANCELLED)


def incident_of(content: FileContent, *, slug: str, timed: FileContent | None) -> Incident:
    """Return the incident that a readable file and its timed posts say."""
    header = content.header
    return Incident(
        slug=slug,
        id=incident_id(header.id, slug),
        title=header.title,
        window=header.window,
        impact=header.impact,
        components=header.components,
        started_at=header.started_at,
        updates=arranged_updates(content, slug=slug, timed=timed),
        summary=content.summary,
        make_good=content.make_good,
        sections=content.sections,
        notifies=header.notifies,
        is_draft=header.is_draft,
        is_pinned=header.is_pinned,
    )


def incident_id(own: str | None, slug: str) -> str:
    """Return the id of an incident in the status API: from its own id, which a rename keeps, else from its slug."""
    return api_id(own, "incident") if own else derived_id(slug)


def arranged_updates(content: FileContent, *, slug: str, timed: FileContent | None) -> tuple[Update, ...]:
    """Return the updates oldest first, with their ids, which a rename keeps where the incident has an id of its own."""
    name = content.header.id or slug
    own = _placed(in_order_of_writing(content.updates), name=name, kind="update")
    posts = _placed(in_order_of_writing(timed.updates), name=name, kind="timed") if timed else []
    # A person who is a little late dates the promised update to the minute of the post: it is the newer one.
    ordered = sorted([*posts, *own], key=lambda placed: placed[0].at)
    return _with_lost_states(ordered, content.header.components)


def _placed(updates: tuple[WrittenUpdate, ...], *, name: str, kind: str) -> list[tuple[Update, frozenset[str]]]:
    """Return each update with its id, and beside it what was written in it but could not be read."""
    places: Counter[str] = Counter()
    placed = []
    for written in updates:
        at = written.update.at.isoformat()
        own_id = written.own_id
        update_id = api_id(own_id, "update") if own_id else derived_id(name, kind, at, str(places[at]))
        places[at] += 1
        placed.append((replace(written.update, id=update_id), written.lost))
    return placed


def _with_lost_states(
    updates: list[tuple[Update, frozenset[str]]], start: tuple[ComponentChange, ...]
) -> tuple[Update, ...]:
    """Return the updates; a component whose state one of them meant to say, but did not, is not restored by it."""
    if not any(lost for _, lost in updates):
        return tuple(update for update, _ in updates)
    states = {change.component_id: change.state for change in start}
    kept = []
    for update, lost in updates:
        if update.restores_all or update.status in _RESTORING:
            unrestored = sorted(lost - {"impact"})
            unmended = tuple(ComponentChange(component_id=i, state=_not_working(states.get(i))) for i in unrestored)
            update = replace(update, components=update.components + unmended)
            states = dict.fromkeys(states, ComponentState.OPERATIONAL)
        states |= {change.component_id: change.state for change in update.components}
        kept.append(update)
    return tuple(kept)


def _not_working(state: ComponentState | None) -> ComponentState:
    return ComponentState.DEGRADED_PERFORMANCE if state in (None, ComponentState.OPERATIONAL) else state
