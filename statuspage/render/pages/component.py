"""The page of one service: its state, its days, its problems, its own feeds."""

from __future__ import annotations

from statuspage.render.pages.counting import count_of, minutes_words
from statuspage.render.pages.frame import Frame, Head
from statuspage.render.pages.incident_view import lasted, worst_level
from statuspage.render.pages.strip import strip
from statuspage.render.words import RETIRED_WORD, STATE_WORD, day_words
from statuspage.shown import LEVEL_OF_STATE, ShownComponent, ShownIncident

INCIDENT_LIMIT = 50


def render_component(component: ShownComponent, frame: Frame) -> dict[str, bytes]:
    """Return `components/<id>/index.html`."""
    source = component.source
    state = RETIRED_WORD if source.is_retired else STATE_WORD[component.state]
    folder = f"components/{source.id}/"
    head = Head(
        path=f"{folder}index.html",
        title=f"{source.name}: {state}",
        description=source.description or f"{source.name}, day by day.",
        level=LEVEL_OF_STATE[component.state],
        feeds=folder,
    )
    troubled = tuple(day for day in reversed(component.uptime.days) if day.worst and day.worst.severity)
    found = _incidents(source.id, frame)
    return frame.page(
        head,
        "component.html",
        component=component,
        level=LEVEL_OF_STATE[component.state],
        state=state,
        strip=strip(component.uptime.days),
        count=count_of(component.uptime),
        troubled=troubled,
        day_words=day_words,
        minutes_words=minutes_words,
        incidents=found[:INCIDENT_LIMIT],
        is_cut=len(found) > INCIDENT_LIMIT,
        lasted=lasted,
        worst_level=worst_level,
    )


def _incidents(component_id: str, frame: Frame) -> tuple[ShownIncident, ...]:
    touching = frame.shown.touching_by_component_id.get(component_id, ())
    return tuple(sorted(touching, key=lambda incident: incident.listed_at, reverse=True))
