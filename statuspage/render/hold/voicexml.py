"""The wordings as one VoiceXML 2.1 document: a form that says them one after the other, with a pause between two."""

from __future__ import annotations

from collections.abc import Sequence
from xml.sax.saxutils import escape, quoteattr

VOICEXML_NAMESPACE = "http://www.w3.org/2001/vxml"
_PAUSE = '      <prompt><break time="1500ms"/></prompt>\n'


def voicexml_document(messages: Sequence[Sequence[str]], language: str, played: Sequence[str | None]) -> str:
    """Return the document; where nothing is to be said, one that says nothing and ends.

    `played` has the address of the sound of each message; its words are said where there is none, or none comes.
    """
    told = zip(messages, played, strict=True)
    prompts = [_prompt(message, address) for message, address in told if message]
    block = f"    <block>\n{_PAUSE.join(prompts)}    </block>\n" if prompts else "    <block/>\n"
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<vxml version="2.1" xmlns="{VOICEXML_NAMESPACE}" xml:lang={quoteattr(language)}>\n'
        f"  <form>\n{block}  </form>\n</vxml>\n"
    )


def _prompt(message: Sequence[str], address: str | None) -> str:
    sentences = f"<p>{''.join(f'<s>{escape(sentence)}</s>' for sentence in message)}</p>"
    said = f"<audio src={quoteattr(address)}>{sentences}</audio>" if address else sentences
    return f"      <prompt>{said}</prompt>\n"
