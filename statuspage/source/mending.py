"""Values that cannot be read, from the last version of the file in which they could: what was public stays."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from statuspage.model import STATE_IMPLIED_BY_IMPACT, ComponentChange, ComponentState, Impact
from statuspage.source.header import Header
from statuspage.source.incident import FileContent
from statuspage.source.updates import WrittenUpdate


def with_earlier_values(content: FileContent, earlier: Iterable[FileContent]) -> FileContent:
    """Return the content with every lost state and impact as an earlier public version had it, newest first.

    A listed component that no version has a state for gets the one that the impact implies, never operational.
    """
    public = [version for version in earlier if not version.is_broken and not version.header.is_draft]
    return replace(
        content,
        header=_mended_header(content.header, [version.header for version in public]),
        updates=tuple(_mended_update(written, public) for written in content.updates),
    )


def _mended_header(header: Header, earlier: list[Header]) -> Header:
    if "impact" in header.lost:
        impact = next((version.impact for version in earlier if "impact" not in version.lost), None)
        header = replace(header, impact=impact)
    if "components" in header.lost:
        changes = next((version.components for version in earlier if not version.lost), ())
        return replace(header, components=changes)
    lost = [
        _earlier_change(component_id, earlier)
        or ComponentChange(component_id=component_id, state=_implied_state(header))
        for component_id in sorted(header.lost - {"impact"})
    ]
    meant = [_earlier_change(component_id, earlier) for component_id in sorted(header.meant - header.lost)]
    return replace(header, components=(*header.components, *lost, *(change for change in meant if change)))


def _implied_state(header: Header) -> ComponentState:
    implied = STATE_IMPLIED_BY_IMPACT[Impact.MAINTENANCE if header.is_maintenance else header.impact]
    return ComponentState.DEGRADED_PERFORMANCE if implied is ComponentState.OPERATIONAL else implied


def _earlier_change(component_id: str, versions: Iterable[Header]) -> ComponentChange | None:
    readable = (version.components for version in versions if component_id not in version.lost)
    return _first_change(component_id, readable)


def _first_change(component_id: str, versions: Iterable[tuple[ComponentChange, ...]]) -> ComponentChange | None:
    changes = (change for version in versions for change in version)
    return next((change for change in changes if change.component_id == component_id), None)


def _mended_update(written: WrittenUpdate, earlier: list[FileContent]) -> WrittenUpdate:
    if not written.lost:
        return written
    twins = [twin for version in earlier for twin in version.updates if twin.update.at == written.update.at]
    lost = set(written.lost)
    update = written.update
    if "impact" in lost:
        impact = next((twin.update.impact for twin in twins if "impact" not in twin.lost), None)
        update = replace(update, impact=impact)
        lost.discard("impact")
    for component_id in sorted(lost):
        change = _first_change(component_id, [twin.update.components for twin in twins])
        if change:
            update = replace(update, components=(*update.components, change))
            lost.discard(component_id)
    return replace(written, update=update, lost=frozenset(lost))
