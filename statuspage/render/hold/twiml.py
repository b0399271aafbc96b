"""The wordings as documents that Twilio-compatible telephone systems fetch while a caller waits.

One plays a wording, then music, and names the next: the three go round without a program that answers. Twilio asks for
the first by POST unless it is told otherwise; the redirects say GET, because a host for files answers nothing else.
"""

from __future__ import annotations

from collections.abc import Sequence
from xml.sax.saxutils import escape, quoteattr

PAUSE_SECONDS = 40
"""Between two wordings where there is no music (HOLD.md §2: every 45 to 60 seconds, from the end)."""
_USUAL_TERRITORY = {"en": "en-GB", "de": "de-DE"}


def twiml_documents(messages: Sequence[Sequence[str]], *, folder: str, tag: str, music: str | None) -> dict[str, str]:
    """Return `twiml-1.xml` and so on by name; `folder` is their address, with the final slash.

    Where nothing is to be said each holds music or a pause, and names itself: it is asked again for news.
    """
    count = len(messages)
    return {
        _name(number): twiml_document(
            message,
            tag=tag,
            music=music,
            then=folder + _name((number + 1) % count if message else number),
        )
        for number, message in enumerate(messages)
    }


def twiml_document(message: Sequence[str], *, tag: str, music: str | None, then: str) -> str:
    """Return one document: the message, music or a pause, and the address to ask next."""
    voice = quoteattr(_USUAL_TERRITORY.get(tag, tag))
    parts = [f"  <Say language={voice}>{escape(' '.join(message))}</Say>"] if message else []
    parts.append(f"  <Play>{escape(music)}</Play>" if music else f'  <Pause length="{PAUSE_SECONDS}"/>')
    parts.append(f'  <Redirect method="GET">{escape(then)}</Redirect>')
    body = "\n".join(parts)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<Response>\n{body}\n</Response>\n'


def _name(number: int) -> str:
    return f"twiml-{number + 1}.xml"
