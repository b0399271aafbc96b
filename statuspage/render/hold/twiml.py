"""The wordings as TwiML, the document that Twilio, Telnyx and SignalWire ask for while a caller waits.

One plays a wording, then music, and names the next: the three go round without a program that answers. Twilio asks for
the first by POST unless it is told otherwise; the redirects say GET, because a host for files answers nothing else.
"""

from __future__ import annotations

from collections.abc import Sequence
from xml.sax.saxutils import escape, quoteattr

PAUSE_SECONDS = 40
"""Between two wordings where there is no music (HOLD.md §2: every 45 to 60 seconds, from the end)."""
_USUAL_TERRITORY = {"en": "en-GB", "de": "de-DE", "ar": "arb"}
"""As voices of Amazon and Google are asked for; Arabic is the one that is written everywhere."""
PLAYED, SAID = "twiml-{}.xml", "twiml-{}-say.xml"
"""Names of documents: those that play sound where it is there, and those that leave the speaking to the system."""


def twiml_documents(
    messages: Sequence[Sequence[str]], played: Sequence[str | None], *, folder: str, tag: str, music: str | None
) -> dict[str, str]:
    """Return the documents by name, `twiml-1.xml` and `twiml-1-say.xml` and so on.

    `played` has the address of the sound of each message, None where it is not there: then its words are said.
    `folder` is the address of the documents, with the final slash. Where nothing is to be said each holds music or a
    pause, and names itself: it is asked again for news.
    """
    count = len(messages)
    documents = {}
    for name in (PLAYED, SAID):
        for number, message in enumerate(messages, start=1):
            then = folder + name.format(number % count + 1 if message else number)
            told = [_play(address)] if name == PLAYED and (address := played[number - 1]) else _said(message, tag)
            documents[name.format(number)] = _document(told if message else [], music=music, then=then)
    return documents


def _document(told: Sequence[str], *, music: str | None, then: str) -> str:
    """Return one document: the message, music or a pause, and the address to ask next."""
    between = _play(music) if music else f'<Pause length="{PAUSE_SECONDS}"/>'
    verbs = [*told, between, f'<Redirect method="GET">{escape(then)}</Redirect>']
    body = "".join(f"  {verb}\n" for verb in verbs)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<Response>\n{body}</Response>\n'


def _said(message: Sequence[str], tag: str) -> list[str]:
    voice = quoteattr(_USUAL_TERRITORY.get(tag, tag))
    return [f"<Say language={voice}>{escape(' '.join(message))}</Say>"]


def _play(address: str) -> str:
    return f"<Play>{escape(address)}</Play>"
