"""The five shapes that stand for the five levels, and their colours: on pages, in their icon and on badges."""

from __future__ import annotations

from functools import cache
from typing import NamedTuple
from urllib.parse import quote

from markupsafe import Markup

from statuspage.shown import Level


class Shape(NamedTuple):
    """A drawing of 24 by 24 units."""

    outline: str
    """An element, to be filled with the colour of the level."""
    sign: str
    """A path within it, to be drawn as a line in the colour of the ground."""


SIDE = 24
_DISC = f'<circle cx="{SIDE // 2}" cy="{SIDE // 2}" r="11"/>'
SHAPES = {
    Level.WORKING: Shape(_DISC, "M6.8 12.4l3.6 3.6 6.8-7.4"),
    Level.PLANNED: Shape(
        '<path d="M3 1.5h18a1.5 1.5 0 0 1 1.5 1.5v18a1.5 1.5 0 0 1-1.5 1.5H3z"/>', "M12 6v6.5l4.2 2.6"
    ),
    Level.SLOW: Shape('<path d="M12 1.5L23.5 22H.5z"/>', "M12 8.6v6.6M12 17.2v2.2"),
    Level.PARTIAL: Shape('<path d="M12 .5L23.5 12 12 23.5.5 12z"/>', "M6.6 12h10.8"),
    Level.MAJOR: Shape('<path d="M7.2 1h9.6L23 7.2v9.6L16.8 23H7.2L1 16.8V7.2z"/>', "M8 8l8 8M16 8l-8 8"),
}
NO_LEVEL_SHAPE = Shape(_DISC, "M6.8 12h10.4")
COLOURS = {
    Level.WORKING: "#2e7d57",
    Level.PLANNED: "#2b66ac",
    Level.SLOW: "#9a6a00",
    Level.PARTIAL: "#b84e08",
    Level.MAJOR: "#b3261e",
}
"""On light ground, as in `assets/status.css`, which has those on dark ground too."""
NO_LEVEL_COLOUR = "#6f6a62"


@cache
def shape(level: Level) -> Markup:
    """Return the shape as an inline drawing that screen readers skip: the word always stands beside it."""
    outline, sign = SHAPES[level]
    return Markup(
        f'<svg class="shape {level}" viewBox="0 0 {SIDE} {SIDE}" aria-hidden="true" focusable="false">'
        f'{outline}<path class="sign" d="{sign}"/></svg>'
    )


def painted(level: Level | None, *, ground: str, line_width: float) -> str:
    """Return the shape in its colour, without any style of the page around it; a grey disc for no level."""
    outline, sign = SHAPES[level] if level else NO_LEVEL_SHAPE
    colour = COLOURS[level] if level else NO_LEVEL_COLOUR
    line = f'<path d="{sign}" fill="none" stroke="{ground}" stroke-width="{line_width}"/>'
    return f'<g fill="{colour}">{outline}{line}</g>'


@cache
def icon_address(level: Level | None) -> str:
    """Return the shape as a `data:` address, for the icon of the page."""
    drawing = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {SIDE} {SIDE}">'
        f"{painted(level, ground='#fff', line_width=2.6)}</svg>"
    )
    return "data:image/svg+xml," + quote(drawing.replace('"', "'"), safe="/:=' ")
