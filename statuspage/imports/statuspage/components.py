"""A page's components and groups as rows of ours, with those that incidents name though they are gone."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from statuspage.errors import Fault, Severity
from statuspage.imports.drafts import DraftComponent, DraftGroup
from statuspage.imports.statuspage.documents import SourceComponent, state_of
from statuspage.imports.statuspage.merge import SourceSite
from statuspage.model import ComponentState

Rows = tuple[DraftGroup | DraftComponent, ...]


def component_rows(source: SourceSite) -> tuple[Rows, tuple[Fault, ...]]:
    """Return top-level rows in the order of the page, then the retired ones, with what could not be mapped.

    Without a list of the page's own, the components that incidents carry count as current.
    """
    current = source.listed if source.listed is not None else source.seen or _named(source)
    groups = {row.id: row for row in current if row.is_group}
    ordered = sorted(current, key=lambda row: row.position)
    rows: list[DraftGroup | DraftComponent] = []
    faults: list[Fault] = []
    for row in ordered:
        if row.id in groups:
            children = [child for child in ordered if child.group_id == row.id and not child.is_group]
            rows.append(_group(row, children))
        elif row.group_id not in groups:
            rows.append(_component(row))
            faults += _without_group(row)
    if source.listed is None and not source.seen and current:
        faults.append(_note("no document lists the components of the page; retire those that are gone"))
    return (*rows, *_retired(source, {row.id for row in current})), tuple(faults)


def captured_states(source: SourceSite) -> dict[str, ComponentState]:
    """Return the state of every component as last seen."""
    found: dict[str, ComponentState] = {}
    for component in (*source.seen, *(source.listed or ())):
        state = state_of(component.status)
        if state is not None and not component.is_group:
            found[component.id] = state
    return found


def with_standing_states(
    rows: Rows, source: SourceSite, explained: Mapping[str, ComponentState]
) -> tuple[Rows, tuple[Fault, ...]]:
    """Return the rows with a standing state where a component was worse off than the incidents explain.

    One that was better off cannot be written down; it becomes a note.
    """
    listed = {row.id: state for row in source.listed or () if (state := state_of(row.status)) and not row.is_group}
    faults = [
        _note(f'component "{name}" was {state} on the page, its incidents say {explained[name]}; the worse one counts')
        for name, state in listed.items()
        if state.severity < explained.get(name, state).severity
    ]

    def standing(component: DraftComponent) -> DraftComponent:
        state = listed.get(component.id, ComponentState.OPERATIONAL)
        explained_by = explained.get(component.id, ComponentState.OPERATIONAL)
        return replace(component, state=state) if state.severity > explained_by.severity else component

    return tuple(
        replace(row, components=tuple(map(standing, row.components))) if isinstance(row, DraftGroup) else standing(row)
        for row in rows
    ), tuple(faults)


def _group(row: SourceComponent, children: Iterable[SourceComponent]) -> DraftGroup:
    components = tuple(_component(child) for child in children)
    description = (f"description {row.description}",) if row.description else ()
    return DraftGroup(id=row.id, name=row.name, components=components, kept=(*description, *_kept(row)))


def _component(row: SourceComponent) -> DraftComponent:
    return DraftComponent(id=row.id, name=row.name, description=row.description, since=row.start_date, kept=_kept(row))


def _kept(row: SourceComponent) -> tuple[str, ...]:
    return (", ".join(f"{key} {value}" for key, value in row.left_over),) if row.left_over else ()


def _without_group(row: SourceComponent) -> list[Fault]:
    if row.group_id is None:
        return []
    return [_note(f'component "{row.id}" is in group {row.group_id}, which no document describes; it stands alone')]


def _retired(source: SourceSite, current: set[str]) -> tuple[DraftComponent, ...]:
    """Return the components that only incidents name, in order of their id."""
    gone = {row.id: _component(row) for row in (*_named(source), *source.seen)}
    return tuple(replace(gone[name], is_retired=True) for name in sorted(gone) if name not in current)


def _named(source: SourceSite) -> tuple[SourceComponent, ...]:
    """Return every component that some update names, as little as it says of it, by name."""
    found = {
        entry.code: SourceComponent(id=entry.code, name=entry.name or entry.code)
        for incident in source.incidents
        for update in incident.updates
        for entry in update.affected
    }
    return tuple(sorted(found.values(), key=lambda row: (row.name, row.id)))


def _note(what: str) -> Fault:
    return Fault(path="statuspage.toml", what=what, severity=Severity.WARNING)
