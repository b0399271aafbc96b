"""The page of one service: its state, its days, its problems, its own feeds."""

from __future__ import annotations

from statuspage.render.pages.counting import count_of
from statuspage.render.pages.frame import Frame, Head
from statuspage.render.pages.strip import strip
from statuspage.shown import LEVEL_OF_STATE, History, ShownComponent

ROW_LIMIT = 50


def render_component_page(component: ShownComponent, history: History, frame: Frame) -> dict[str, bytes]:
    """Return `components/<id>/index.html`."""
    source, language = component.source, frame.language
    name, state = frame.name_by_id[source.id], frame.state(component.state, is_retired=source.is_retired)
    description = frame.in_language(source.description or "", source.descriptions)
    folder = f"components/{source.id}/"
    head = Head(
        path=f"{folder}index.html",
        title=f"{name}: {state}",
        description=description or language.text("{service}, day by day.", service=name),
        level=LEVEL_OF_STATE[component.state],
        feeds=folder,
    )
    troubled = tuple(day for day in reversed(component.uptime.days) if day.worst and day.worst.severity)
    rows = history.rows_touching(source.id, limit=ROW_LIMIT + 1)
    return frame.page(
        head,
        "component.html",
        since=component.updated_at,
        component=component,
        name=name,
        description_line=description,
        level=LEVEL_OF_STATE[component.state],
        state_word=state,
        strip=strip(component.uptime.days, language),
        count=count_of(component.uptime, language),
        troubled=troubled,
        language=language,
        rows=frame.history_rows(rows[:ROW_LIMIT]),
        is_cut=len(rows) > ROW_LIMIT,
    )
