"""The five shapes that stand for the five levels, beside text and as the icon of the page."""

from __future__ import annotations

from urllib.parse import quote

from markupsafe import Markup

from statuspage.shown import Level

_OUTLINES = {
    Level.WORKING: ('<circle cx="12" cy="12" r="11"/>', "M6.8 12.4l3.6 3.6 6.8-7.4"),
    Level.PLANNED: ('<path d="M3 1.5h18a1.5 1.5 0 0 1 1.5 1.5v18a1.5 1.5 0 0 1-1.5 1.5H3z"/>', "M12 6v6.5l4.2 2.6"),
    Level.SLOW: ('<path d="M12 1.5L23.5 22H.5z"/>', "M12 8.6v6.6M12 17.2v2.2"),
    Level.PARTIAL: ('<path d="M12 .5L23.5 12 12 23.5.5 12z"/>', "M6.6 12h10.8"),
    Level.MAJOR: ('<path d="M7.2 1h9.6L23 7.2v9.6L16.8 23H7.2L1 16.8V7.2z"/>', "M8 8l8 8M16 8l-8 8"),
}
_ICON_COLOUR = {
    Level.WORKING: "#2e7d57",
    Level.PLANNED: "#2b66ac",
    Level.SLOW: "#9a6a00",
    Level.PARTIAL: "#b84e08",
    Level.MAJOR: "#b3261e",
}


def shape(level: Level) -> Markup:
    """Return the shape as an inline drawing that screen readers skip: the word always stands beside it."""
    outline, sign = _OUTLINES[level]
    return Markup(
        f'<svg class="shape {level}" viewBox="0 0 24 24" aria-hidden="true" focusable="false">'
        f'{outline}<path class="sign" d="{sign}"/></svg>'
    )


def icon_address(level: Level | None) -> str:
    """Return the shape as a `data:` address, for the icon of the page; a grey dot for no level."""
    outline, sign = _OUTLINES[level] if level else ('<circle cx="12" cy="12" r="11"/>', "M8 12h8")
    colour = _ICON_COLOUR[level] if level else "#6f6a62"
    drawing = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24" fill="{colour}">{outline}'
        f'<path d="{sign}" fill="none" stroke="#fff" stroke-width="2.6"/></svg>'
    )
    return "data:image/svg+xml," + quote(drawing.replace('"', "'"), safe="/:=' ")
