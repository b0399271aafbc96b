"""Every HTML page of the site."""

from __future__ import annotations

from statuspage.render.pages.component import render_component
from statuspage.render.pages.frame import Frame, Head, frame_of
from statuspage.render.pages.history import render_history
from statuspage.render.pages.hold import render_hold_page
from statuspage.render.pages.incident import render_incident
from statuspage.render.pages.index import render_index
from statuspage.shown import Shown


def render_pages(shown: Shown) -> dict[str, bytes]:
    """Return every HTML page by its path, without leading slash."""
    frame = frame_of(shown)
    pages = render_index(frame) | render_history(frame) | render_hold_page(frame) | _not_found(frame)
    for incident in shown.everything:
        pages |= render_incident(incident, frame)
    for component in (*shown.components, *shown.retired):
        pages |= render_component(component, frame)
    return pages


def _not_found(frame: Frame) -> dict[str, bytes]:
    head = Head(
        path="404.html",
        title="Page not found",
        description="There is no page at this address.",
        level=None,
    )
    return frame.page(head, "not_found.html")
