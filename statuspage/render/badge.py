"""The badge: a shape and a word, in SVG, for the site and for each component."""

from __future__ import annotations

import unicodedata
from html import escape

from statuspage.render.characters import without_controls
from statuspage.render.words import LEVEL_WORD, STATE_WORD
from statuspage.shown import LEVEL_OF_STATE, Level, Shown, ShownComponent

HEIGHT = 28
TEXT_START = 32
PADDING = 10
FONT_SIZE = 14
NARROW_WIDTH = 7.3
WIDE_WIDTH = 14.0
"""Estimates of one character in the font size; `textLength` makes any font keep to the sum."""
NAME_LIMIT = 48
RETIRED_WORD = "No longer offered"

_SHAPE = {
    Level.WORKING: '<circle cx="8" cy="8" r="8"/><path class="m" d="m4.4 8.3 2.5 2.5 4.8-5.3"/>',
    Level.PLANNED: '<path d="M1 1h14v14H1z"/><path class="m" d="M8 4v4.3l3 1.9"/>',
    Level.SLOW: '<path d="M8 .5 16 15H0z"/><path class="m" d="M8 5.6v4.2M8 11.9v1.2"/>',
    Level.PARTIAL: '<path d="m8 0 8 8-8 8-8-8z"/><path class="m" d="M4.5 8h7"/>',
    Level.MAJOR: '<path d="M4.7 0h6.6L16 4.7v6.6L11.3 16H4.7L0 11.3V4.7z"/><path class="m" d="m5 5 6 6m0-6-6 6"/>',
}
_COLOUR = {
    Level.WORKING: ("#2e7d57", "#57b487"),
    Level.PLANNED: ("#2b66ac", "#83b4f2"),
    Level.SLOW: ("#9a6a00", "#dfae47"),
    Level.PARTIAL: ("#b84e08", "#f2955a"),
    Level.MAJOR: ("#b3261e", "#ff8c82"),
}
"""Of the shape, on light and on dark ground."""
_RETIRED_SHAPE = '<circle cx="8" cy="8" r="8"/><path class="m" d="M4.5 8h7"/>'
_RETIRED_COLOUR = ("#6f6a62", "#9c978f")
_STYLE = (
    "rect{{fill:#fcfbf9;stroke:#4f4b45}}"
    "text{{fill:#1c1b19;font:{size}px system-ui,-apple-system,Segoe UI,Roboto,Arial,sans-serif}}"
    "g{{fill:{light}}}.m{{fill:none;stroke:#fcfbf9;stroke-width:2}}"
    "@media(prefers-color-scheme:dark){{rect{{fill:#141517;stroke:#bab5ad}}text{{fill:#edebe7}}"
    "g{{fill:{dark}}}.m{{stroke:#141517}}}}"
)


def render_badges(shown: Shown) -> dict[str, bytes]:
    """Return `badge.svg` of the whole page and one for each component, retired ones too."""
    word = LEVEL_WORD[shown.level]
    return {
        "badge.svg": badge(shown.level, text=word, title=f"{shown.site.title}: {word}"),
        **{_path(c): _in_use(shown, c) for c in shown.components},
        **{_path(c): _component_badge(shown, c, level=None, word=RETIRED_WORD) for c in shown.retired},
    }


def _path(component: ShownComponent) -> str:
    return f"components/{component.source.id}/badge.svg"


def _in_use(shown: Shown, component: ShownComponent) -> bytes:
    state = component.state
    return _component_badge(shown, component, level=LEVEL_OF_STATE[state], word=STATE_WORD[state])


def _component_badge(shown: Shown, component: ShownComponent, *, level: Level | None, word: str) -> bytes:
    name = component.source.name
    return badge(level, text=f"{_short(name)}: {word}", title=f"{shown.site.title}: {name}: {word}")


def _short(name: str) -> str:
    return name if len(name) <= NAME_LIMIT else name[: NAME_LIMIT - 1].rstrip() + "…"


def badge(level: Level | None, *, text: str, title: str) -> bytes:
    """Return an SVG with the shape of the level and the text beside it; `title` is what screen readers say.

    A service that is no longer offered has no level.
    """
    shown_text = without_controls(text)
    length = text_width(shown_text)
    width = TEXT_START + length + PADDING
    light, dark = _COLOUR[level] if level else _RETIRED_COLOUR
    shape = _SHAPE[level] if level else _RETIRED_SHAPE
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{HEIGHT}" viewBox="0 0 {width} {HEIGHT}" '
        f'role="img" aria-label="{_escaped(title)}"><title>{_escaped(title)}</title>'
        f"<style>{_STYLE.format(size=FONT_SIZE, light=light, dark=dark)}</style>"
        f'<rect x=".5" y=".5" width="{width - 1}" height="{HEIGHT - 1}" rx="5"/>'
        f'<g transform="translate(8 6)">{shape}</g>'
        f'<text x="{TEXT_START}" y="19" textLength="{length}" lengthAdjust="spacingAndGlyphs">'
        f"{_escaped(shown_text)}</text></svg>\n"
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
