"""Bytes of a file to text as the rest may trust it: UTF-8, one kind of line end, nothing that XML cannot hold."""

from __future__ import annotations

import re

from statuspage.errors import Unreadable

_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_BLANKS_ALONE = re.compile(r"^[ \t]+$", re.MULTILINE)


def decode(content: bytes) -> str:
    """Return the text without byte-order mark and with single line feeds; raise Unreadable where it is not UTF-8."""
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError as error:
        what = f"is not UTF-8 text: byte {error.start} is 0x{content[error.start]:02x}; save it as UTF-8"
        raise Unreadable(what) from error
    return even_lines(text)


def even_lines(text: str) -> str:
    """Return the text without byte-order mark and with single line feeds."""
    text = text.removeprefix("\ufeff")
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text


def first_strange(text: str) -> tuple[int, str] | None:
    """Return line and name, `U+0000`, of the first character that XML cannot hold; None when there is none."""
    found = _NOT_XML.search(text)
    if found is None:
        return None
    return text.count("\n", 0, found.start()) + 1, f"U+{ord(found[0]):04X}"


def without_strange(text: str) -> str:
    """Return the text without the characters that XML 1.0 cannot hold."""
    return _NOT_XML.sub("", text)


def without_blanks_alone(text: str) -> str:
    """Return the text with every line of nothing but blanks empty."""
    return _BLANKS_ALONE.sub("", text)
