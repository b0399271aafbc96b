"""Which characters may pass: bytes of a file to text, and text as every page, feed and calendar can carry it."""

from __future__ import annotations

import re

from statuspage.errors import Unreadable

_UNFIT = re.compile("[\0-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
"""What XML forbids or advises against: controls, halves of characters, and what Unicode calls no character."""
_LINE_ENDS = re.compile("\r\n|[\r\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029]")


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


def first_unfit(text: str) -> tuple[int, str] | None:
    """Return line and name, `U+0000`, of the first character that no page can show; None when there is none."""
    # Nothing unfit is printable, and that is known in half the time.
    found = None if text.replace("\n", " ").isprintable() else _UNFIT.search(text)
    if found is None:
        return None
    return text.count("\n", 0, found.start()) + 1, f"U+{ord(found[0]):04X}"


def without_controls(text: str) -> str:
    """Return the text without the characters that no page can show; tabs and line ends stay."""
    return _UNFIT.sub("", text)


def clean_text(text: str) -> str:
    """Return the text with plain newlines and without the characters that no page can show."""
    return without_controls(_LINE_ENDS.sub("\n", text))


def one_line(text: str) -> str:
    """Return the text as one line, one space between its words, without the characters that no page can show."""
    return " ".join(clean_text(text).split())
