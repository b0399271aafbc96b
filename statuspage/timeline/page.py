"""Everything that is public at `now`, as one value."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime

from statuspage.model import Component, ComponentState, Page
from statuspage.shown import (
    LEVEL_OF_STATE,
    History,
    Level,
    Shown,
    ShownComponent,
    ShownIncident,
    WholeHistory,
    word_of,
)
from statuspage.timeline.change import change_after
from statuspage.timeline.states import state_course
from statuspage.timeline.told import tell
from statuspage.uptime import Span, uptime_of


def page_at(page: Page, now: datetime) -> Shown:
    """Return all that the public may see at `now` (aware), and nothing else; pure."""
    now = now.astimezone(UTC)
    told = [tell(incident, page, now) for incident in page.incidents]
    shown = [one.shown for one in told if one.shown]
    spans: dict[str, list[Span]] = defaultdict(list)
    for one in told:
        for component_id, span in one.spans:
            spans[component_id].append(span)
    return shown_page(
        page,
        now,
        components=[component_at(c, page, spans[c.id], now) for c in page.components],
        recent=shown,
        history=WholeHistory(shown, page.site.zone),
        updated_at=max((incident.updated_at for incident in shown if incident.updates), default=None),
        update_word=word_of(incident.word for incident in shown),
        next_change_at=change_after(page, told, now),
    )


def shown_page(
    page: Page,
    now: datetime,
    *,
    components: Sequence[ShownComponent],
    recent: Iterable[ShownIncident],
    history: History,
    updated_at: datetime | None,
    update_word: str,
    next_change_at: datetime,
) -> Shown:
    """Return what is public; `recent` holds all that is open, and as much of the rest as the lists of the newest need.

    Of `page` only what the settings say is used.
    """
    recent = tuple(recent)
    on_page = tuple(c for c in components if not c.source.is_retired)
    return Shown(
        now=now,
        site=page.site,
        hold=page.hold,
        rows=page.rows,
        level=_page_level(on_page, recent),
        components=on_page,
        retired=tuple(c for c in components if c.source.is_retired),
        incidents=tuple(sorted((i for i in recent if not i.is_maintenance), key=_newest_first)),
        maintenances=tuple(sorted((i for i in recent if i.is_maintenance), key=_latest_first)),
        languages=page.languages,
        history=history,
        updated_at=updated_at,
        update_word=update_word,
        next_change_at=next_change_at,
    )


def component_at(component: Component, page: Page, spans: Iterable[Span], now: datetime) -> ShownComponent:
    """Return a component at `now`.

    Of `spans` those suffice that reach into the 90 days, and the last of all the others in which it changed.
    """
    spans = tuple(spans)
    state, updated_at = state_course(spans, component.state).at(now)
    return ShownComponent(
        source=component,
        state=state,
        updated_at=updated_at,
        uptime=uptime_of(spans, now=now, zone=page.site.zone, since=component.since),
        group=page.group_by_component_id.get(component.id),
    )


def state_since(spans: Iterable[Span], standing: ComponentState, now: datetime) -> datetime | None:
    """Return since when a component is in its state at `now`, by these spans; None when it never changed before."""
    return state_course(spans, standing).at(now)[1]


def _page_level(components: Iterable[ShownComponent], incidents: Iterable[ShownIncident]) -> Level:
    levels = [LEVEL_OF_STATE[c.state] for c in components]
    levels += [i.level for i in incidents if (i.is_under_way if i.is_maintenance else i.is_open)]
    return max(levels, key=lambda level: level.severity, default=LEVEL_OF_STATE[ComponentState.OPERATIONAL])


def _newest_first(incident: ShownIncident) -> tuple[float, str]:
    return -incident.created_at.timestamp(), incident.source.slug


def _latest_first(incident: ShownIncident) -> tuple[float, str]:
    assert incident.starts_at is not None
    return -incident.starts_at.timestamp(), incident.source.slug
