"""Every HTML page of the site."""

from __future__ import annotations

from statuspage.render.hold import Messages, Sounds
from statuspage.render.pages.component import render_component_page
from statuspage.render.pages.frame import Frame, Head, frames_of
from statuspage.render.pages.history import page_folder, render_history_page, render_month_page
from statuspage.render.pages.hold import render_hold_page
from statuspage.render.pages.incident import render_incident_page
from statuspage.render.pages.index import render_index
from statuspage.shown import Shown

__all__ = [
    "Frame",
    "frames_of",
    "page_folder",
    "render_component_page",
    "render_front_pages",
    "render_incident_page",
    "render_month_page",
]


def render_front_pages(shown: Shown, messages: Messages, sounds: Sounds, frame: Frame) -> dict[str, bytes]:
    """Return the pages that tell of the present and the way to the rest: `/`, `/history/` and `/hold/`.

    In the site's own language there is `/404.html` too.
    """
    frame = frame.about(shown.open_incidents)
    pages = render_index(shown, frame) | render_history_page(shown, frame)
    pages |= render_hold_page(shown, messages, sounds, frame)
    return pages if frame.is_translated else pages | _not_found(frame)


def _not_found(frame: Frame) -> dict[str, bytes]:
    head = Head(
        path="404.html",
        title=frame.language.text("Page not found"),
        description=frame.language.text("There is no page at this address."),
        level=None,
    )
    return frame.page(head, "not_found.html")
