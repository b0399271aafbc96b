"""The page of one service: its state, its days, its problems, its own feeds."""

from __future__ import annotations

from statuspage.render.pages.counting import count_of, minutes_words
from statuspage.render.pages.frame import Frame, Head
from statuspage.render.pages.strip import strip
from statuspage.render.words import RETIRED_WORD, STATE_WORD, day_words
from statuspage.shown import LEVEL_OF_STATE, History, ShownComponent

ROW_LIMIT = 50


def render_component_page(component: ShownComponent, history: History, frame: Frame) -> dict[str, bytes]:
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
    rows = history.rows_touching(source.id, limit=ROW_LIMIT + 1)
    return frame.page(
        head,
        "component.html",
        since=component.updated_at,
        component=component,
        level=LEVEL_OF_STATE[component.state],
        state=state,
        strip=strip(component.uptime.days),
        count=count_of(component.uptime),
        troubled=troubled,
        day_words=day_words,
        minutes_words=minutes_words,
        rows=frame.history_rows(rows[:ROW_LIMIT]),
        is_cut=len(rows) > ROW_LIMIT,
    )
