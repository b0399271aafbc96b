"""The badge: a shape and a word, in SVG, for the site and for each component."""

from __future__ import annotations

import unicodedata
from html import escape

from statuspage.characters import without_controls
from statuspage.model import Site
from statuspage.render.shapes import SIDE, painted
from statuspage.render.words import LEVEL_WORD, RETIRED_WORD, STATE_WORD
from statuspage.shown import LEVEL_OF_STATE, Level, Shown, ShownComponent

HEIGHT = 28
TEXT_START = 32
PADDING = 10
FONT_SIZE = 14
NARROW_WIDTH = 7.3
WIDE_WIDTH = 14.0
"""Estimates of one character in the font size; `textLength` makes any font keep to the sum."""
NAME_LIMIT = 48
_SHAPE_SCALE = 16 / SIDE
# Attributes, not a stylesheet: a badge opened by itself must not need one, since the site's policy forbids it. One
# set of colours, which carries its own light ground, is legible on any page.
_GROUND, _EDGE, _INK = "#fcfbf9", "#4f4b45", "#1c1b19"
_FONT = "system-ui,-apple-system,'Segoe UI',Roboto,Arial,sans-serif"


def render_badge(shown: Shown) -> dict[str, bytes]:
    """Return `badge.svg` of the whole page."""
    word = LEVEL_WORD[shown.level]
    return {"badge.svg": badge(shown.level, text=word, title=f"{shown.site.title}: {word}")}


def render_component_badge(component: ShownComponent, site: Site) -> dict[str, bytes]:
    """Return `components/<id>/badge.svg`; one that is retired has no level."""
    source, state = component.source, component.state
    level, word = (None, RETIRED_WORD) if source.is_retired else (LEVEL_OF_STATE[state], STATE_WORD[state])
    title = f"{site.title}: {source.name}: {word}"
    return {f"components/{source.id}/badge.svg": badge(level, text=f"{_short(source.name)}: {word}", title=title)}


def _short(name: str) -> str:
    return name if len(name) <= NAME_LIMIT else name[: NAME_LIMIT - 1].rstrip() + "…"


def badge(level: Level | None, *, text: str, title: str) -> bytes:
    """Return an SVG with the shape of the level and the text beside it; `title` is what screen readers say.

    A service that is no longer offered has no level.
    """
    shown_text = without_controls(text)
    length = text_width(shown_text)
    width = TEXT_START + length + PADDING
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{HEIGHT}" viewBox="0 0 {width} {HEIGHT}" '
        f'role="img" aria-label="{_escaped(title)}"><title>{_escaped(title)}</title>'
        f'<rect x=".5" y=".5" width="{width - 1}" height="{HEIGHT - 1}" rx="5" fill="{_GROUND}" stroke="{_EDGE}"/>'
        f'<g transform="translate(8 6) scale({_SHAPE_SCALE:.4f})">{painted(level, ground=_GROUND, line_width=3)}</g>'
        f'<text x="{TEXT_START}" y="19" fill="{_INK}" font-family="{_FONT}" font-size="{FONT_SIZE}" '
        f'textLength="{length}" lengthAdjust="spacingAndGlyphs">{_escaped(shown_text)}</text></svg>\n'
    ).encode()


def text_width(text: str) -> int:
    """Return about how wide the text is in pixels; combining marks take no room, East Asian and emoji twice."""
    width = sum(
        0 if unicodedata.combining(c) else WIDE_WIDTH if unicodedata.east_asian_width(c) in "WF" else NARROW_WIDTH
        for c in text
    )
    return round(width)


def _escaped(text: str) -> str:
    return escape(without_controls(text))
