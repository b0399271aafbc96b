"""How far colours stand apart, as WCAG counts it, and the colours that a stylesheet names."""

from __future__ import annotations

import re
from collections.abc import Mapping

STATES = ("ok", "deg", "part", "maj", "mnt", "unk")
TEXTS = ("ink", "soft", "link")
_PROPERTY = re.compile(r"--([a-z-]+):\s*(#[0-9a-f]{3,6})\b")
_DARK = re.compile(r"@media[^{]*prefers-color-scheme:\s*dark[^{]*\{(.*?)\}\s*\}", re.DOTALL)


def luminance(colour: str) -> float:
    """Return how light `#1c1b19` or `rgb(28, 27, 25)` is, from 0 to 1; a transparent colour is white paper."""
    parts = [int(part, 16) for part in _pairs(colour)] if colour.startswith("#") else _numbers(colour)
    if len(parts) > 3 and parts[3] == 0:
        return 1.0
    red, green, blue = (_linear(part / 255) for part in parts[:3])
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _pairs(colour: str) -> list[str]:
    digits = colour[1:]
    return [digit * 2 for digit in digits] if len(digits) == 3 else [digits[at : at + 2] for at in (0, 2, 4)]


def _numbers(colour: str) -> list[float]:
    return [float(part) for part in re.findall(r"[\d.]+", colour)]


def _linear(part: float) -> float:
    return part / 12.92 if part <= 0.04045 else float(((part + 0.055) / 1.055) ** 2.4)


def ratio(one: str, other: str) -> float:
    """Return 1 for the same colour and 21 for black on white."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def colours(stylesheet: str) -> dict[str, dict[str, str]]:
    """Return the named colours of each scheme, `light` and `dark`, whichever of two names ground and tints have."""
    dark = _DARK.search(stylesheet)
    assert dark, "the stylesheet has no dark scheme"
    light = _named(stylesheet.replace(dark[0], ""))
    return {"light": light, "dark": light | _named(dark[1])}


def _named(text: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for name, colour in _PROPERTY.findall(text):
        found.setdefault(name, colour)  # a later one is for paper
    names = {"bg": "ground"} | {f"{state}-t": f"{state}-tint" for state in STATES}
    return {names.get(name, name): colour for name, colour in found.items()}


def of_texts(scheme: Mapping[str, str]) -> dict[str, float]:
    """Return the ratio of each colour of text on the ground and on every tint: `soft on maj-tint`."""
    grounds = ("ground", *(f"{state}-tint" for state in STATES))
    return {f"{text} on {ground}": ratio(scheme[text], scheme[ground]) for text in TEXTS for ground in grounds}


def of_shapes(scheme: Mapping[str, str]) -> dict[str, float]:
    """Return the ratio of each shape and bar to the ground, of the shape in the band to its tint, and of the sign."""
    on_ground = {f"{state} on ground": ratio(scheme[state], scheme["ground"]) for state in (*STATES, "tick")}
    on_tint = {f"{state} on its tint": ratio(scheme[state], scheme[f"{state}-tint"]) for state in STATES}
    return on_ground | on_tint
