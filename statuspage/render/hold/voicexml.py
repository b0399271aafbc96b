"""The wordings as one VoiceXML 2.1 document: a form that says them one after the other, with a pause between two."""

from __future__ import annotations

from collections.abc import Sequence
from xml.sax.saxutils import escape, quoteattr

VOICEXML_NAMESPACE = "http://www.w3.org/2001/vxml"
_PAUSE = '      <prompt><break time="1500ms"/></prompt>\n'


def voicexml_document(messages: Sequence[Sequence[str]], language: str) -> str:
    """Return the document; where nothing is to be said, one that says nothing and ends."""
    prompts = [_prompt(message) for message in messages if message]
    block = f"    <block>\n{_PAUSE.join(prompts)}    </block>\n" if prompts else "    <block/>\n"
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<vxml version="2.1" xmlns="{VOICEXML_NAMESPACE}" xml:lang={quoteattr(language)}>\n'
        f"  <form>\n{block}  </form>\n</vxml>\n"
    )


def _prompt(message: Sequence[str]) -> str:
    sentences = "".join(f"<s>{escape(sentence)}</s>" for sentence in message)
    return f"      <prompt><p>{sentences}</p></prompt>\n"
