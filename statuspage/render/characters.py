"""What XML and calendars cannot carry: control characters that someone pasted into a title."""

from __future__ import annotations

_CONTROLS = {code: None for code in (*range(0x20), *range(0x7F, 0xA0), 0xFFFE, 0xFFFF) if chr(code) not in "\t\n\r"}


def without_controls(text: str) -> str:
    """Return the text without characters that are not allowed in XML; tabs and line ends stay."""
    return text.translate(_CONTROLS)
