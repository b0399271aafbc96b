"""The wordings as SSML that every speech engine takes: `speak`, `p`, `s` and `break` only (HOLD.md §5)."""

from __future__ import annotations

from collections.abc import Sequence
from xml.sax.saxutils import escape

SSML_NAMESPACE = "http://www.w3.org/2001/10/synthesis"
_PAUSE = '  <break time="1500ms"/>\n'


def ssml_document(messages: Sequence[Sequence[str]], language: str) -> str:
    """Return one document with a paragraph for each message that has sentences, and a pause between two."""
    paragraphs = [_paragraph(message) for message in messages if message]
    opening = f'<speak version="1.0" xmlns="{SSML_NAMESPACE}" xml:lang="{escape(language)}"'
    body = f"{opening}>\n{_PAUSE.join(paragraphs)}</speak>" if paragraphs else f"{opening}/>"
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{body}\n'


def _paragraph(message: Sequence[str]) -> str:
    sentences = "\n".join(f"    <s>{escape(sentence)}</s>" for sentence in message)
    return f"  <p>\n{sentences}\n  </p>\n"
