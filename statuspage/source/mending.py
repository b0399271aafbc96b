"""Values that cannot be read, from the last version of the file in which they could: what was public stays."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from statuspage.model import STATE_IMPLIED_BY_IMPACT, ComponentChange, ComponentState, Impact, Window
from statuspage.source.header import Header
from statuspage.source.incident import FileContent
from statuspage.source.updates import WrittenUpdate

_WINDOW_KEYS = frozenset({"starts", "ends"})


def with_earlier_values(content: FileContent, earlier: Iterable[FileContent]) -> FileContent:
    """Return the content with every lost state, impact, start and end as an earlier public version had it.

    The newest version that has one counts. Beside an unknown component, those that were public stay. A listed component
    that no version has a state for gets the one that the impact implies, never operational.
    """
    public = [version for version in earlier if not version.is_broken and not version.header.is_draft]
    return replace(
        content,
        header=_mended_header(content.header, [version.header for version in public]),
        updates=tuple(_mended_update(written, public) for written in content.updates),
    )


def _mended_header(header: Header, earlier: list[Header]) -> Header:
    header = replace(header, window=_mended_window(header, earlier))
    if "impact" in header.lost:
        impact = next((version.impact for version in earlier if "impact" not in version.lost), None)
        header = replace(header, impact=impact)
    if "components" in header.lost:
        changes = next((version.components for version in earlier if _has_all_components(version)), ())
        return replace(header, components=changes)
    lost = [
        _earlier_change(component_id, earlier)
        or ComponentChange(component_id=component_id, state=_implied_state(header))
        for component_id in sorted(header.lost_states)
    ]
    meant = [_earlier_change(component_id, earlier) for component_id in sorted(header.meant - header.lost_states)]
    header = replace(header, components=(*header.components, *lost, *(change for change in meant if change)))
    return replace(header, components=(*header.components, *_unnamed(header, earlier)))


def _mended_window(header: Header, earlier: list[Header]) -> Window | None:
    """Return the window with the start or end that it lacks, as last known; of another day with the length of then."""
    window = header.window
    known = next((version.window for version in earlier if version.window and not version.lost & _WINDOW_KEYS), None)
    if window is None or known is None:
        return window
    length = known.ends_at - known.starts_at
    if "ends" in header.lost:
        fits = known.ends_at > window.starts_at
        return replace(window, ends_at=known.ends_at if fits else window.starts_at + length)
    if "starts" in header.lost:
        fits = known.starts_at < window.ends_at
        return replace(window, starts_at=known.starts_at if fits else window.ends_at - length)
    return window


def _has_all_components(header: Header) -> bool:
    return not header.lost & {"impact", "components"} and not header.lost_states and not header.has_strangers


def _unnamed(header: Header, earlier: list[Header]) -> list[ComponentChange]:
    """Return what was public of components that an unknown name has perhaps taken the place of."""
    changes = [version.components for version in _down_to_the_last_known(header, earlier)]
    return _not_in(header.components, changes)


def _down_to_the_last_known(header: Header, earlier: list[Header]) -> Iterator[Header]:
    """Yield the earlier versions, newest first, to the first whose components can all be read."""
    for version in earlier if header.has_strangers else ():
        yield version
        if _has_all_components(version):
            return


def _not_in(named: tuple[ComponentChange, ...], earlier: list[tuple[ComponentChange, ...]]) -> list[ComponentChange]:
    known = {change.component_id for change in named}
    newest_last = {change.component_id: change for changes in reversed(earlier) for change in changes}
    return [change for component_id, change in newest_last.items() if component_id not in known]


def _implied_state(header: Header) -> ComponentState:
    implied = STATE_IMPLIED_BY_IMPACT[Impact.MAINTENANCE if header.is_maintenance else header.impact]
    return ComponentState.DEGRADED_PERFORMANCE if implied is ComponentState.OPERATIONAL else implied


def _earlier_change(component_id: str, versions: Iterable[Header]) -> ComponentChange | None:
    readable = (version.components for version in versions if component_id not in version.lost_states)
    return _first_change(component_id, readable)


def _first_change(component_id: str, versions: Iterable[tuple[ComponentChange, ...]]) -> ComponentChange | None:
    changes = (change for version in versions for change in version)
    return next((change for change in changes if change.component_id == component_id), None)


def _mended_update(written: WrittenUpdate, earlier: list[FileContent]) -> WrittenUpdate:
    if not written.lost and not written.has_strangers:
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
    if written.has_strangers:
        unnamed = _not_in(update.components, [twin.update.components for twin in twins])
        update = replace(update, components=(*update.components, *unnamed))
    return replace(written, update=update, lost=frozenset(lost))
