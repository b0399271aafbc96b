"""The grounds that pages stand on, and how far a colour stands out from them (WCAG 2.2, relative luminance)."""

from __future__ import annotations

import re
from collections.abc import Iterable

LIGHT_GROUNDS = ("#fcfbf9", "#e9f3ec", "#fbf1da", "#fbeadd", "#fae8e5", "#e7eff8", "#f0eeea")
"""The ground of a page in a light scheme and the tints of its band, as in `render/assets/status.css`."""
DARK_GROUNDS = ("#141517", "#15251d", "#2a2414", "#2e2016", "#351c1a", "#182431", "#232427")
LINK_CONTRAST = 7.0
"""What every text holds against its ground (WCAG 2.2, success criterion 1.4.6)."""
HEX = re.compile(r"#[0-9a-fA-F]{6}")


def contrast(first: str, second: str) -> float:
    """Return how far two colours `#rrggbb` stand apart, from 1 (the same) to 21 (black and white)."""
    darker, lighter = sorted((_luminance(first), _luminance(second)))
    return (lighter + 0.05) / (darker + 0.05)


def least_contrast(colour: str, grounds: Iterable[str]) -> tuple[float, str]:
    """Return how far a colour stands out at least, and the ground on which that is so."""
    return min((contrast(colour, ground), ground) for ground in grounds)


def _luminance(colour: str) -> float:
    red, green, blue = (_linear(int(colour[place : place + 2], 16) / 255) for place in (1, 3, 5))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(part: float) -> float:
    return part / 12.92 if part <= 0.04045 else float(((part + 0.055) / 1.055) ** 2.4)
