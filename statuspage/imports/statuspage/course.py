"""What an incident of a status API did to components, as changes by the rules of our format."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from statuspage.imports.statuspage.documents import SourceIncident, SourceUpdate
from statuspage.model import ComponentChange, ComponentState, Status

_BEGUN = (Status.IN_PROGRESS, Status.VERIFYING)


@dataclass(frozen=True, slots=True, kw_only=True)
class Course:
    """What front matter and updates must say so that every component is in the state that the source tells."""

    at_start: tuple[ComponentChange, ...]
    """For the front matter: at the first update, or, of planned work, from its start."""
    changes: tuple[tuple[ComponentChange, ...], ...]
    """For each update."""
    at_end: dict[str, ComponentState]
    notes: tuple[str, ...]


@dataclass(slots=True)
class _Walk:
    captured: Mapping[str, ComponentState]
    states: dict[str, ComponentState] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)


Told = tuple[SourceUpdate, Status | None]


def course_of(
    told: Sequence[Told], source: SourceIncident, *, is_planned: bool, captured: Mapping[str, ComponentState]
) -> Course:
    """Return the course through the updates, oldest first, each with its status."""
    walk = _Walk(captured=captured)
    begins = _beginning(told, is_planned=is_planned)
    start = _states_at_start(told, source, begins=begins, is_planned=is_planned, walk=walk)
    walk.states.update(dict.fromkeys(start, ComponentState.OPERATIONAL) if is_planned else start)
    changes: list[tuple[ComponentChange, ...]] = []
    was_final = False
    for place, (update, status) in enumerate(told):
        if is_planned and place == begins:
            walk.states.update(start)
        is_final = status.is_final if status is not None else was_final
        if is_final:
            changes.append(_at_close(update, walk=walk, restores=not was_final))
        elif place == begins and not is_planned:
            changes.append(())
        else:
            changes.append(_changed(update, walk=walk))
        was_final = is_final
    return Course(
        at_start=_as_changes(start), changes=tuple(changes), at_end=dict(walk.states), notes=tuple(walk.notes)
    )


def _beginning(told: Sequence[Told], *, is_planned: bool) -> int:
    """Return the place of the update with which components begin to be affected; past the end when none does."""
    if not is_planned:
        return 0
    return next((place for place, (_, status) in enumerate(told) if status in _BEGUN), len(told))


def _states_at_start(
    told: Sequence[Told], source: SourceIncident, *, begins: int, is_planned: bool, walk: _Walk
) -> dict[str, ComponentState]:
    named = {entry.code for update, _ in told for entry in update.affected}
    listed = {component.id for component in source.components if not component.is_group}
    states = {}
    if begins < len(told):
        update, status = told[begins]
        was_short = status is not None and status.is_final
        for entry in update.affected:
            # An incident told only when it was over was bad before that: the state before is the one to show.
            state = entry.old if was_short and entry.old is not None else entry.new
            if state is not None:
                states[entry.code] = state
    is_over = told[-1][1] is not None and told[-1][1].is_final
    early = {e.code for update, _ in told[:begins] for e in update.affected} if is_planned else set()
    for name in sorted((early | (listed - named)) - set(states)):
        states[name] = _unsaid_state(name, is_planned=is_planned, is_over=is_over, begins=begins < len(told), walk=walk)
    return states


def _unsaid_state(name: str, *, is_planned: bool, is_over: bool, begins: bool, walk: _Walk) -> ComponentState:
    """Return the state of a component that the incident lists without saying how it was."""
    if is_planned and not begins and not is_over:
        return ComponentState.UNDER_MAINTENANCE
    if not is_over:
        return walk.captured.get(name, ComponentState.OPERATIONAL)
    walk.notes.append(f'component "{name}" is named without a state; written as operational')
    return ComponentState.OPERATIONAL


def _changed(update: SourceUpdate, *, walk: _Walk) -> tuple[ComponentChange, ...]:
    changed = {}
    for entry in update.affected:
        if entry.new is None:
            walk.notes.append(f'component "{entry.code}" is put into an unknown state; left as it was')
        elif walk.states.get(entry.code) is not entry.new:
            changed[entry.code] = entry.new
    walk.states.update(changed)
    return _as_changes(changed)


def _at_close(update: SourceUpdate, *, walk: _Walk, restores: bool) -> tuple[ComponentChange, ...]:
    """Return what an update that closes the incident must say: nothing where all is restored.

    A component that the source leaves in a bad state, though the page shows it working, was mended later at a time
    that nobody wrote down; it counts as restored, for it would else stay broken for ever.
    """
    if restores:
        walk.states = dict.fromkeys(walk.states, ComponentState.OPERATIONAL)
    bad = {e.code: e.new for e in update.affected if e.new is not None and e.new is not ComponentState.OPERATIONAL}
    left = {}
    for name, state in bad.items():
        if walk.captured.get(name, ComponentState.OPERATIONAL) is not ComponentState.OPERATIONAL:
            left[name] = state
        else:
            walk.notes.append(f'component "{name}" was still {state} at the close, and works now; written as restored')
    if not left:
        return ()
    walk.states.update(left)
    return _as_changes(walk.states)


def _as_changes(states: Mapping[str, ComponentState]) -> tuple[ComponentChange, ...]:
    return tuple(ComponentChange(component_id=name, state=state) for name, state in states.items())
