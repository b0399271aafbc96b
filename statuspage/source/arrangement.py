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
    ordered = sorted([*own, *posts], key=lambda written: written.update.at)
    return _with_lost_states(ordered, content.header.components)


def _placed(updates: tuple[WrittenUpdate, ...], *, name: str, kind: str) -> list[WrittenUpdate]:
    places: Counter[str] = Counter()
    placed = []
    for written in updates:
        at = written.update.at.isoformat()
        derived = derived_id(name, kind, at, str(places[at]))
        places[at] += 1
        own_id = api_id(written.own_id, "update") if written.own_id else derived
        placed.append(replace(written, update=replace(written.update, id=own_id)))
    return placed


def _with_lost_states(updates: list[WrittenUpdate], start: tuple[ComponentChange, ...]) -> tuple[Update, ...]:
    """Return the updates; a component whose state one of them meant to say, but did not, is not restored by it."""
    states = {change.component_id: change.state for change in start}
    kept = []
    for written in updates:
        update = written.update
        if update.restores_all or update.status in _RESTORING:
            lost = sorted(written.lost - {"impact"})
            unmended = tuple(ComponentChange(component_id=i, state=_not_working(states.get(i))) for i in lost)
            update = replace(update, components=update.components + unmended)
            states = dict.fromkeys(states, ComponentState.OPERATIONAL)
        states |= {change.component_id: change.state for change in update.components}
        kept.append(update)
    return tuple(kept)


def _not_working(state: ComponentState | None) -> ComponentState:
    return ComponentState.DEGRADED_PERFORMANCE if state in (None, ComponentState.OPERATIONAL) else state
