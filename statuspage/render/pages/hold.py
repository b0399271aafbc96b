"""The page for call-centre staff and telephone people: what callers hear on hold, and how their systems fetch it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from statuspage.render.hold import Message, Messages, seconds_of, words_in
from statuspage.render.language import Language, language_of
from statuspage.render.pages.frame import Frame, Head
from statuspage.shown import Shown
from statuspage.translatable import translatable

_EACH_TURN = translatable("It looks for news at each turn.")
_EACH_DOCUMENT = translatable("It asks for news whenever a document has ended.")
_WITHIN_SECONDS = translatable("The copy is at most 15 seconds old, and silent when it may not be true any more.")
_BY_HAND = translatable("It keeps a file until you bring another: do so at each update.")
_SYSTEMS = (
    (
        "Asterisk",
        "statuspage hold sync {site} /var/lib/asterisk/sounds/status --lang {language}\n"
        "; queues.conf, with the sound files that you make of the text\n"
        "periodic-announce=status/{language}/message-1,status/{language}/message-2,status/{language}/message-3\n"
        "periodic-announce-frequency=45",
        _WITHIN_SECONDS,
    ),
    (
        "FreeSWITCH",
        "statuspage hold sync {site} /var/lib/freeswitch/status --lang {language}\n"
        '<param name="announce-sound" value="/var/lib/freeswitch/status/{language}/message-1.wav"/>\n'
        '<param name="announce-frequency" value="45"/>',
        _WITHIN_SECONDS,
    ),
    (
        "Twilio, Telnyx, SignalWire",
        '<Enqueue waitUrl="{site}/hold/{language}/twiml-1.xml" waitUrlMethod="GET">support</Enqueue>',
        _EACH_DOCUMENT,
    ),
    ("VoiceXML", "{site}/hold/{language}.vxml", _EACH_TURN),
    (
        "Amazon Connect",
        "statuspage hold --lang {language} --render message-connect.wav\n"
        "aws s3 cp message-connect.wav s3://BUCKET/status/{language}.wav",
        _BY_HAND,
    ),
    (
        "Genesys Cloud",
        "statuspage hold --lang {language} --render message.wav",
        _BY_HAND,
    ),
    (
        "Microsoft Teams",
        "statuspage hold --lang {language} --render message-16k.wav\n"
        "$file = Import-CsOnlineAudioFile -ApplicationId HuntGroup -FileName status.wav "
        "-Content ([IO.File]::ReadAllBytes('message-16k.wav'))\n"
        "Set-CsCallQueue -Identity QUEUE -MusicOnHoldAudioFileId $file.Id",
        _BY_HAND,
    ),
    ("3CX", "statuspage hold --lang {language} --render message.wav", _BY_HAND),
)
"""Each telephone system with what to give it, and how it sees a change (HOLD.md §1)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wording:
    """One of the three wordings."""

    text: str
    length: str
    """`43 words, 17 seconds`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Spoken:
    """The wordings of one language."""

    language: str
    name: str
    wordings: tuple[Wording, ...]
    """Empty when nothing is to be said."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TelephoneSystem:
    """What to give one telephone system."""

    name: str
    lines: str
    caching: str


def render_hold_page(shown: Shown, messages: Messages, frame: Frame) -> dict[str, bytes]:
    """Return `hold/index.html`."""
    text = frame.language.text
    head = Head(
        path="hold/index.html",
        title=text("What callers hear"),
        description=text("The message that callers hear on hold, to read, to play and to fetch."),
        level=None,
    )
    spoken = tuple(_spoken(language, wordings, frame.language) for language, wordings in messages.items())
    return frame.page(
        head,
        "hold.html",
        since=shown.updated_at,
        spoken=spoken,
        systems=_systems(shown.site.url, next(iter(messages), "en"), frame.language),
    )


def _spoken(language: str, messages: Sequence[Message], shown_in: Language) -> Spoken:
    texts = (" ".join(message) for message in messages if message)
    wordings = tuple(Wording(text=text, length=_length(text, shown_in)) for text in texts)
    return Spoken(language=language, name=language_of(language).name, wordings=wordings)


def _length(text: str, language: Language) -> str:
    words, seconds = words_in(text), seconds_of(text)
    return language.text("{words} words, {seconds} seconds", words=words, seconds=seconds)


def _systems(site: str, spoken: str, language: Language) -> tuple[TelephoneSystem, ...]:
    return tuple(
        TelephoneSystem(name=name, lines=lines.format(site=site, language=spoken), caching=language.text(caching))
        for name, lines, caching in _SYSTEMS
    )
